/** Stored rows as entries, and the commitments in them. */
import type { Placed } from '@surety/core/evidence';
import type { Json } from '@surety/core/terms';
import type { Row } from '../../store/port.ts';
import type { Opened } from '../operation.ts';

/** Rows of our own store, whose hashes were checked, as entries. */
export function toPlaced({ body }: Row): Placed {
  const { v: _, ...entry } = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString()) as Placed & {
    v: 1;
  };
  return entry as Placed;
}

export const openedFrom =
  (values: ReadonlyMap<string, Json>): Opened =>
  (commitment) =>
    commitment === undefined ? undefined : values.get(commitment.commitment);

/** The commitments an entry makes, wherever they stand in it. */
export function commitmentsOf({ data }: Placed): string[] {
  return Object.values(data as Record<string, unknown>).flatMap((value) => {
    const commitment =
      typeof value === 'object' && value !== null ? (value as { commitment?: unknown }).commitment : undefined;
    return typeof commitment === 'string' ? [commitment] : [];
  });
}
