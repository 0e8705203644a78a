/** The sample helpdesk: it tells the ledger what became of each visit, with a key of its own. */
import { formatTime } from '@surety/core/terms';
import { type Surety, SuretyError, surety } from '@surety/sdk';
import type { Later } from './later.ts';
import type { Visit } from './visit.ts';

const DEADLINE_MS = 20_000;

export class Outcomes {
  readonly #client: Surety;

  constructor(url: string, key: string) {
    this.#client = surety({ url, key, deadlineMs: DEADLINE_MS });
  }

  /** `at`: when it happened, where that is not now. */
  async tell({ id, agent }: Visit, { afterSeconds: _, ...what }: Later, at?: number): Promise<void> {
    try {
      await this.#client.outcome.record({
        conversation_id: id,
        agent,
        ...what,
        ...(at === undefined ? {} : { at: formatTime(Math.round(at)) }),
      });
    } catch (error) {
      // A visit in which the agent did nothing is not on the record.
      if (!(error instanceof SuretyError) || error.code !== 'conversation.unknown') throw error;
    }
  }
}
