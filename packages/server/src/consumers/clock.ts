/** Asks the world what is due and lets it happen; takes in besides what other nodes appended. */
import { dueAt } from '@surety/core/world';
import type { Context } from '../operations/context.ts';
import { applyDue } from '../operations/hold/expire.ts';
import { advanceTrust, type Looked } from '../operations/trust/advance.ts';
import { type Ticking, tick } from './ticking.ts';

const CLOCK_MS = 250;

export const startClock = (context: Context, onTrouble: (error: unknown) => void): Ticking => {
  const looked: Looked = { size: -1, over: -1, week: -1 };
  return tick(
    CLOCK_MS,
    async () => {
      await context.writer.catchUp();
      await Promise.all(dueAt(context.writer.world, context.clock()).map((due) => applyDue(context, due)));
      await advanceTrust(context, looked);
    },
    onTrouble,
  );
};
