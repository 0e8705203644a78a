/** The people of the sample desk: they answer holds, look at a sample of what was done, and tell what became of it. */
import { type Surety, SuretyError, surety } from '@surety/sdk';
import { Draw } from './draw.ts';
import type { Args } from './shop.ts';
import type { Act, Done } from './talk.ts';
import type { Visit } from './visit.ts';

export type Answer =
  | { readonly answer: 'approve' }
  | { readonly answer: 'edit'; readonly args: Args }
  | { readonly answer: 'refuse'; readonly reason: string; readonly note?: string };

/** A hold as the queue shows it, as far as an answer needs it. */
export interface OpenHold {
  readonly id: string;
  readonly action: string;
  readonly owner: string;
  readonly tool: string;
  readonly since: number;
  readonly args: unknown;
  readonly args_sha256: string | null;
  readonly isTaken: boolean;
}

const DEADLINE_MS = 20_000;
const LARGEST_ALONE = 50;

export class People {
  readonly #url: string;
  readonly #key: string;
  readonly #known = new Map<string, Surety>();

  constructor(url: string, localKey: string) {
    this.#url = url;
    this.#key = localKey;
  }

  as(name: string): Surety {
    const known = this.#known.get(name);
    if (known) return known;
    const client = surety({ url: this.#url, key: this.#key, as: name, deadlineMs: DEADLINE_MS });
    this.#known.set(name, client);
    return client;
  }

  async openHolds(agent?: string): Promise<OpenHold[]> {
    const { cards } = await this.as('floor.lead').hold.list(agent === undefined ? {} : { agent });
    return cards.flatMap(({ owner, holds }) =>
      holds.map(({ id, action, tool, since, args, args_sha256, acknowledged }) => ({
        id,
        action,
        owner,
        tool,
        since: Date.parse(since),
        args,
        args_sha256,
        isTaken: acknowledged !== null,
      })),
    );
  }

  /** What the pact will not have, or what somebody was quicker with, is let be. */
  async answer(hold: OpenHold, answer: Answer, isBackup: boolean): Promise<void> {
    const { id, args_sha256, owner } = hold;
    if (args_sha256 === null) return;
    const lead = this.as(`${owner}.${isBackup ? 'backup' : 'lead'}`);
    const { answer: verb, ...rest } = answer;
    try {
      await lead.hold.answer({ id }, { answer: verb, args_sha256, ...(rest as object) });
    } catch (error) {
      if (!(error instanceof SuretyError) || error.status !== 409) throw error;
      if (error.code === 'hold.answered' || error.code === 'request.conflict' || verb === 'refuse') return;
      await lead.hold.answer({ id }, { answer: 'refuse', args_sha256, reason: 'against_the_pact' });
    }
  }

  /** Somebody takes it up; the answer follows when they have looked. */
  async takeUp({ id, owner }: OpenHold, isBackup: boolean): Promise<void> {
    try {
      await this.as(`${owner}.${isBackup ? 'backup' : 'lead'}`).hold.acknowledge({ id }, {});
    } catch (error) {
      if (!(error instanceof SuretyError) || error.status !== 409) throw error;
    }
  }

  /** A quality analyst's word on what was done. */
  async judge({ act, action }: Done): Promise<void> {
    const verdict = act.bad === undefined ? ('ok' as const) : ('violation' as const);
    await this.as('quality.analyst').verdict.give({
      action,
      verdict,
      ...(act.bad === undefined ? {} : { severity: severityOf(act.bad), confirmed: true, note: act.bad }),
    });
  }
}

const MINOR = new Set(['wrong_label', 'wrong_queue']);
const severityOf = (bad: string): 'minor' | 'major' => (MINOR.has(bad) ? 'minor' : 'major');

/** A held act, and the number of its visit. */
export type Held = Pick<Act, 'no' | 'tool' | 'args' | 'bad'> & Pick<Visit, 'n'>;

/** What a person answers, drawn from the visit and the act: mostly the obvious. */
export function answerTo({ n, no, tool, args, bad }: Held, seed: number): Answer {
  const draw = new Draw(seed ^ 0x5eed, n * 64 + no);
  if (bad !== undefined) return { answer: 'refuse', reason: bad };
  const amount = tool === 'issue_refund' ? Number(args['amount']) : 0;
  if (amount > LARGEST_ALONE && draw.chance(0.2)) return { answer: 'edit', args: { ...args, amount: LARGEST_ALONE } };
  if (tool === 'send_reply' && draw.chance(0.1))
    return { answer: 'edit', args: { ...args, text: `${String(args['text'])} Let us know if anything is unclear.` } };
  if (draw.chance(tool === 'issue_refund' ? 0.12 : 0.03)) return { answer: 'refuse', reason: 'not_needed' };
  return { answer: 'approve' };
}
