import type { Placed } from '@surety/core/evidence';
import type { Json } from '@surety/core/terms';

/** What became durable, for whoever keeps something beside the world. */
export interface Committed {
  readonly entries: readonly Placed[];
  readonly disclosed: ReadonlyMap<string, Json>;
  /** Signed, of the head after it. */
  readonly checkpoint: string;
}

/** What another node made durable, and this one has folded now. */
export type Followed = Pick<Committed, 'entries' | 'checkpoint'>;
