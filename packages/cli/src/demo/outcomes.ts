/** The sample helpdesk: it tells the ledger what became of each visit, with a key of its own. */
import { type Surety, SuretyError, surety } from '@surety/sdk';
import type { Later } from './people.ts';
import type { Visit } from './visit.ts';

const DEADLINE_MS = 20_000;

export class Outcomes {
  readonly #client: Surety;

  constructor(url: string, key: string) {
    this.#client = surety({ url, key, deadlineMs: DEADLINE_MS });
  }

  async tell({ id, agent }: Visit, { outcome, closed_by, rating }: Later): Promise<void> {
    try {
      await this.#client.outcome.record({
        conversation_id: id,
        agent,
        outcome,
        ...(closed_by === undefined ? {} : { closed_by }),
        ...(rating === undefined ? {} : { rating }),
      });
    } catch (error) {
      // A visit in which the agent did nothing is not on the record.
      if (!(error instanceof SuretyError) || error.code !== 'conversation.unknown') throw error;
    }
  }
}
