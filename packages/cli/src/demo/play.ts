/** Plays one visit from the customer's first word to its end; a stopped agent gives the customer to a person. */
import type { SampleAgent } from './agent.ts';
import type { Ending } from './scripts/ending.ts';
import { SCRIPTS } from './scripts/scripts.ts';
import type { Shop } from './shop.ts';
import type { Stock } from './stock.ts';
import { type Done, type Floor, StoppedError, Talk } from './talk.ts';
import type { Visit } from './visit.ts';

export interface Played {
  readonly ending: Ending;
  readonly done: readonly Done[];
  /** Whether something bad was done, and not only tried. */
  readonly isBad: boolean;
}

export async function play(
  visit: Visit,
  stock: Stock,
  parts: { agent: SampleAgent; shop: Shop; floor: Floor },
  script = SCRIPTS[visit.kind],
): Promise<Played> {
  const talk = new Talk(visit, stock, parts);
  try {
    const ending = await script(talk).catch((error: unknown) => {
      if (!(error instanceof StoppedError)) throw error;
      return talk.handsOver('general', 3, 'The agent is stopped');
    });
    return { ending, done: talk.done, isBad: talk.done.some(({ act }) => act.bad !== undefined) };
  } finally {
    talk.leave();
  }
}
