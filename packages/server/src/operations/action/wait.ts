/** Waits until a hold is answered, or until the time is over: woken by what becomes durable here, and looking besides. */
import type { Context } from '../context.ts';
import { fromWireId } from '../personal/names.ts';

/** Another node may have recorded the answer. */
const LOOK_MS = 250;

export async function waitForAnswer({ writer }: Context, actionId: string, seconds: number): Promise<void> {
  const id = fromWireId(actionId);
  const until = performance.now() + seconds * 1_000;
  while (writer.world.holds.has(id) && !writer.isLeaving && performance.now() < until) {
    await new Promise((go) => setTimeout(go, Math.min(LOOK_MS, Math.max(1, until - performance.now()))));
  }
}
