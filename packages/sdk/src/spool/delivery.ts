/** Brings what is spooled to the gate, in order and one at a time; while it is away, asks again later. */
import { WIRE_LIMITS } from '@surety/core/wire';
import type { CallRoute } from '../routes.ts';
import { isUnanswered, SuretyError } from '../surety-error.ts';
import type { Letter, Spool } from './spool.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 15_000;
/** A letter at which the server fails this often, while it answers otherwise, would hold up all others for ever. */
const DEFECTS_MAX = 5;

export class Delivery {
  readonly #spool: Spool;
  readonly #call: CallRoute;
  readonly #warn: (sentence: string) => void;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = FIRST_RETRY_MS;
  #defects = 0;
  #closed = false;

  constructor(spool: Spool, call: CallRoute, warn: (sentence: string) => void) {
    this.#spool = spool;
    this.#call = call;
    this.#warn = warn;
  }

  get waiting(): number {
    return this.#spool.size;
  }

  keep(letter: Letter): void {
    try {
      if (!this.#spool.add(letter)) this.#warn('The spool is full; what became of an action is lost to the ledger');
    } catch (error) {
      this.#warn(`The spool cannot be written, so a kill now would lose it: ${messageOf(error)}`);
    }
  }

  /** Tries now, for so long; whether everything arrived. */
  async flush(withinMs: number): Promise<boolean> {
    if (this.#spool.size === 0) return true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.#drain(), end]);
    clearTimeout(timer);
    return this.#spool.size === 0;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#spool.close();
  }

  #drain(): Promise<void> {
    this.#running ??= this.#deliverAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #deliverAll(): Promise<void> {
    clearTimeout(this.#timer);
    for (let kept = this.#spool.first(); kept && !this.#closed; kept = this.#spool.first()) {
      try {
        await this.#deliver(kept.letter);
      } catch (error) {
        if (!(error instanceof SuretyError) || (isUnanswered(error) && !this.#isHopeless(error)))
          return this.#later(error);
        this.#warn(`The gate refused what became of an action (${error.code}): ${error.message}`);
      }
      if (this.#closed) return;
      this.#forget(kept.id);
      this.#defects = 0;
      this.#retryMs = FIRST_RETRY_MS;
    }
  }

  #forget(id: number): void {
    try {
      this.#spool.done(id);
    } catch (error) {
      this.#warn(`The spool cannot be written, so what was delivered may be sent again: ${messageOf(error)}`);
    }
  }

  async #deliver(letter: Letter): Promise<void> {
    const id = 'action' in letter ? letter.action : (await this.#call('action.propose', { body: letter.proposal })).id;
    if (!letter.report) return;
    try {
      await this.#call('action.report', { params: { id }, body: letter.report });
    } catch (error) {
      if (!(error instanceof SuretyError) || isUnanswered(error) || letter.report.result === undefined) throw error;
      // A result that cannot be kept is worth less than the word that the action ran.
      await this.#call('action.report', { params: { id }, body: { ...letter.report, result: undefined } });
    }
  }

  #isHopeless({ code }: SuretyError): boolean {
    this.#defects = code === 'server.defect' ? this.#defects + 1 : 0;
    return this.#defects >= DEFECTS_MAX;
  }

  #later(error: unknown): void {
    if (this.#closed) return;
    if (error instanceof SuretyError && error.status === 401) this.#warn(`The gate takes no reports: ${error.message}`);
    this.#timer = setTimeout(() => void this.#drain(), this.#retryMs * (0.5 + Math.random() / 2));
    this.#timer.unref?.();
    this.#retryMs = Math.min(2 * this.#retryMs, LAST_RETRY_MS);
  }
}

/** What a tool answered, as JSON that fits into a report; undefined where it does not. */
export function reportable(result: unknown): unknown {
  try {
    const text = JSON.stringify(result);
    return text === undefined || text.length > WIRE_LIMITS.bodyBytes / 4 ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
