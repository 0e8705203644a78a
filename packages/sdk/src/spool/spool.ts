/** What the gate has not heard yet, in the order it happened: in memory, or in a file that survives a kill. */
import type { BodyOf } from '@surety/core/wire';

/** One thing to tell the gate. A proposal that went on without an answer is told first, then what became of it. */
export type Letter =
  | { readonly proposal: BodyOf<'action.propose'>; readonly report?: BodyOf<'action.report'> }
  | { readonly action: string; readonly report: BodyOf<'action.report'> };

export interface Kept {
  readonly id: number;
  readonly letter: Letter;
}

export interface Spool {
  /** False where it is full: what is kept already is worth more than what comes next. */
  add(letter: Letter): boolean;
  first(): Kept | undefined;
  /** Delivered, or refused for good. Forgetting one twice does no harm. */
  done(id: number): void;
  readonly size: number;
  close(): void;
}

export interface SpoolLimits {
  readonly lettersMax: number;
  readonly bytesMax: number;
}

export const SPOOL_LIMITS: SpoolLimits = Object.freeze({ lettersMax: 10_000, bytesMax: 67_108_864 });

export function memorySpool(limits: SpoolLimits = SPOOL_LIMITS): Spool {
  const kept = new Map<number, { readonly letter: Letter; readonly bytes: number }>();
  let next = 1;
  let bytes = 0;
  return {
    add(letter) {
      const size = JSON.stringify(letter).length;
      if (kept.size >= limits.lettersMax || bytes + size > limits.bytesMax) return false;
      kept.set(next++, { letter, bytes: size });
      bytes += size;
      return true;
    },
    first() {
      for (const [id, { letter }] of kept) return { id, letter };
      return undefined;
    },
    done(id) {
      bytes -= kept.get(id)?.bytes ?? 0;
      kept.delete(id);
    },
    get size() {
      return kept.size;
    },
    close() {},
  };
}
