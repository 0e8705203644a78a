/** Asks the world what is due and lets it happen. A timer only looks; what is due follows from the entries. */
import { dueAt } from '@surety/core/world';
import type { Context } from '../operations/context.ts';
import { applyDue } from '../operations/hold/expire.ts';

export interface Ticking {
  stop(): Promise<void>;
}

/** `onTrouble` hears of a look that failed; the next one tries again. */
export function startClock(context: Context, everyMs: number, onTrouble: (error: unknown) => void): Ticking {
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  const look = async (): Promise<void> => {
    try {
      await context.writer.catchUp();
      await Promise.all(dueAt(context.writer.world, context.clock()).map((due) => applyDue(context, due)));
    } catch (error) {
      if (!isStopped) onTrouble(error);
    }
  };
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    running = look().finally(() => {
      isLooking = false;
    });
  }, everyMs);
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
