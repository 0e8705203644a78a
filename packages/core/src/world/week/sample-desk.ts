/** A desk whose entries tests write down one by one, and what its weeks come to. */
import type { DataOf, Kind, Placed } from '../../evidence/kinds.ts';
import type { WeeklyFigure, WeeklyMetric } from '../../metrics/week/figure.ts';
import { weekAt } from '../../terms/week.ts';
import { fold } from '../fold.ts';
import { World } from '../world.ts';
import { type WeekAsked, type WeekRow, weekRows } from './rows.ts';

/** Monday, 20 April 2026, 00:00 UTC: the week 2026-W17. */
export const MONDAY = 1_776_643_200_000;
export const PACT = `sha256:${'1'.repeat(64)}`;
const commitment = { commitment: '2'.repeat(64) };

type Decided = Partial<DataOf<'action.decided'>>;
type Outcome = DataOf<'outcome.observed'>['outcome'];

export class SampleDesk {
  readonly entries: Placed[] = [];
  at = MONDAY;

  /** The name of the n-th conversation. */
  static conversation(n: number): string {
    return `c_${n.toString(16).padStart(32, '0')}`;
  }

  add<K extends Kind>(type: K, data: DataOf<K>, by = 'person:ken', more: object = {}): this {
    const seq = this.entries.length;
    this.entries.push({ seq, id: `e/${seq}`, type, at: this.at, by, ...more, data } as unknown as Placed);
    return this;
  }

  /** An action in the conversation n, allowed unless said otherwise. */
  act(n: number, given: Decided = {}, action = `a/${this.entries.length}`): string {
    const within = { agent: 'bot', conversation: SampleDesk.conversation(n), ...this.#of(given) };
    this.add(
      'action.proposed',
      { ...within, call: 'c', tool: 'refund', args: commitment, channel: 'chat' },
      'agent:bot',
    );
    this.add(
      'action.decided',
      {
        action,
        ...within,
        tool: 'refund',
        lane: 'refunds',
        state: 'limited',
        decision: 'allow',
        enforced: true,
        reasons: [],
        pact: PACT,
        ...given,
      },
      'agent:bot',
      { stream: 'bot/refunds', n: this.entries.length + 1 },
    );
    return action;
  }

  #of({ agent, customer }: Decided) {
    return { ...(agent === undefined ? {} : { agent }), ...(customer === undefined ? {} : { customer }) };
  }

  /** Held, for a rule or for the state alone. */
  hold(n: number, why: 'fired' | 'state', owner = 'billing'): string {
    const hold = { owner, answer_by: this.at + 1, expires: null, then: 'deny' as const };
    return this.act(n, { decision: 'hold', reasons: [reason(why, 'hold', 'major')], hold });
  }

  executed(n: number, action: string, permitted = true): this {
    const within = { agent: 'bot', conversation: SampleDesk.conversation(n) };
    return this.add('action.executed', { action, ...within, permitted }, 'agent:bot', { stream: 'bot/refunds', n: 1 });
  }

  answer(n: number, hold: string, answer: 'approved' | 'edited' | 'refused' | 'expired', by = 'person:maria'): this {
    const within = { agent: 'bot', conversation: SampleDesk.conversation(n) };
    return this.add('hold.answered', { hold, ...within, answer, args: commitment }, by);
  }

  outcome(n: number, outcome: Outcome, more: Partial<DataOf<'outcome.observed'>> = {}): this {
    const within = { agent: 'bot', conversation: SampleDesk.conversation(n) };
    return this.add('outcome.observed', { ...within, outcome, ...more }, 'system:helpdesk');
  }

  resolved(n: number, closed_by: 'agent' | 'person' | 'silence' | 'automation' = 'agent'): this {
    return this.outcome(n, 'resolved', { closed_by });
  }

  world(): World {
    const world = new World();
    for (const entry of this.entries) fold(world, entry);
    return world;
  }

  rows(asked: Partial<WeekAsked> = {}): WeekRow[] {
    const now = asked.now ?? this.at;
    return weekRows(this.world(), { week: weekAt(MONDAY), termsOf: () => undefined, ...asked, now });
  }

  /** A figure of `bot` in `refunds`. */
  figure(metric: WeeklyMetric, asked: Partial<WeekAsked> = {}): WeeklyFigure {
    const row = this.rows({ agent: 'bot', lane: 'refunds', ...asked })[0];
    const found = row?.figures.find((one) => one.metric === metric);
    if (!found) throw new Error(`There is no ${metric} in this week`);
    return found;
  }
}

type Reason = DataOf<'action.decided'>['reasons'][number];

export const reason = (
  why: string,
  decision: Reason['decision'],
  severity: Reason['severity'],
  enforced = true,
): Reason => ({ id: why === 'state' ? 'state' : 'R-1', why, decision, severity, enforced });

/** Ten conversations that the agent resolved on Monday. */
export function ten(): SampleDesk {
  const desk = new SampleDesk();
  for (let n = 0; n < 10; n++) {
    desk.act(n);
    desk.resolved(n);
  }
  return desk;
}
