/** Asks the world what is due and lets it happen; takes in besides what other nodes appended. */
import { dueAt } from '@surety/core/world';
import type { Context } from '../operations/context.ts';
import { applyDue } from '../operations/hold/expire.ts';
import { advanceTrust, type Looked } from '../operations/trust/advance.ts';
import { type Ticking, tick } from './ticking.ts';

const CLOCK_MS = 250;
/** After an outage very much may be due at once: agents wait for no more of it than this. */
const DUE_AT_ONCE = 512;

export const startClock = (context: Context, onTrouble: (error: unknown) => void): Ticking => {
  const looked: Looked = { size: -1, over: -1, week: -1 };
  return tick(
    CLOCK_MS,
    async () => {
      await context.writer.catchUp();
      const due = dueAt(context.writer.world, context.clock(), DUE_AT_ONCE);
      await Promise.all(due.map((one) => applyDue(context, one)));
      await advanceTrust(context, looked);
    },
    onTrouble,
  );
};
