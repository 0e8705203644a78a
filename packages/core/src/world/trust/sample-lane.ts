/** One agent in one lane and the ledger as the server writes it, for tests: after each entry, whatever follows from it. */
import type { LaneTerms } from '../../evidence/kinds/agent.ts';
import type { Draft, Placed } from '../../evidence/kinds.ts';
import { DAY, HOUR } from '../../terms/time.ts';
import { fold } from '../fold.ts';
import { World } from '../world.ts';
import { nextFollowing } from './follow.ts';
import { gateState } from './gate-state.ts';
import { laneView } from './lane-view.ts';

const START = 1_767_225_600_000;
export const DIGEST = `sha256:${'a'.repeat(64)}`;
const LOOSE = { critical: 50_000, major: 100_000, minor: 150_000, attempts: 100_000 };
export const TERMS: LaneTerms = {
  owner: 'billing',
  enforced: true,
  allowed: { critical: 10_000, major: 20_000, minor: 50_000, attempts: 50_000 },
  relaxed: LOOSE,
  per_day: 10,
  ceiling: 'autonomous',
  sign_off: { limited: true, autonomous: true },
  dwell: { limited: 7 * DAY, autonomous: 7 * DAY },
  lease: 180 * DAY,
  on_change: 'limited',
  outcome_weeks: 0,
};
export const commitment = { commitment: '0'.repeat(64) };
export const fired = (severity: 'minor' | 'major' | 'critical', decision: 'deny' | 'hold') => ({
  id: 'R-1',
  why: 'fired',
  decision,
  severity,
  enforced: true,
});
export const BY_STATE = { id: 'state', why: 'state', decision: 'hold', severity: 'major', enforced: true };

export class Desk {
  readonly entries: Placed[] = [];
  world = new World();
  now = START;
  #n = 0;

  constructor(terms: LaneTerms = TERMS) {
    this.add('agent.registered', { agent: 'bot', party: 'acme' });
    this.publish(terms, DIGEST);
  }

  publish(terms: LaneTerms, digest: string, more: object = {}): void {
    const named = { digest, pact: 'shop', version: 1 };
    this.add('pact.proposed', { ...named, author: 'pat', agents: ['bot'], files: [], lanes: { refunds: terms } });
    this.add('pact.published', { ...named, agents: ['bot'], lanes: ['refunds'], from: this.now, ...more });
  }

  add(type: Placed['type'], data: object, by = 'person:ken', id?: string): void {
    const seq = this.world.size;
    this.#take({ seq, id: id ?? `e/${seq}`, type, at: this.now, by, data } as unknown as Placed);
    for (let next = nextFollowing(this.world); next.length > 0; next = nextFollowing(this.world)) this.follow(next);
  }

  follow(drafts: readonly Draft[]): void {
    for (const draft of drafts)
      this.#take({ ...draft, seq: this.world.size, at: this.now, by: 'system:trust' } as Placed);
  }

  #take(entry: Placed): void {
    this.entries.push(entry);
    fold(this.world, entry);
  }

  /** A new conversation, or the last one again. */
  conversation(isNew = true): { agent: string; conversation: string } {
    if (isNew) this.#n++;
    return { agent: 'bot', conversation: `c_${String(this.#n).padStart(32, '0')}` };
  }

  decide(data: object, within = this.conversation()): string {
    const action = `a/${this.world.size}`;
    this.add('action.proposed', { ...within, call: 'c', tool: 'refund', args: commitment }, 'agent:bot', action);
    const lane = 'refunds';
    const plain = {
      tool: 'refund',
      lane,
      state: 'limited',
      decision: 'allow',
      enforced: true,
      reasons: [],
      pact: DIGEST,
    };
    this.add('action.decided', { action, ...within, ...plain, ...data }, 'agent:bot');
    return action;
  }

  held(reasons: readonly object[], within = this.conversation()): string {
    const hold = { owner: 'billing', answer_by: this.now + HOUR, expires: null, then: 'deny' };
    return this.decide({ decision: 'hold', reasons, hold }, within);
  }

  executed(action: string, permitted = true): void {
    this.add('action.executed', { action, ...this.conversation(false), permitted }, 'agent:bot');
  }

  answer(hold: string, answer: 'approved' | 'refused'): void {
    this.add('hold.answered', { hold, ...this.conversation(false), answer, args: commitment });
  }

  resolve(): void {
    this.add('outcome.observed', { ...this.conversation(false), outcome: 'resolved' }, 'person:desk');
  }

  /** Conversations that are allowed, run and are resolved. */
  clean(n: number, everyMs = 0): void {
    for (let i = 0; i < n; i++) {
      this.executed(this.decide({}));
      this.resolve();
      this.now += everyMs;
    }
  }

  review(decision: 'keep' | 'widen' | 'narrow', by = 'person:cara'): void {
    this.add('week.reviewed', { agent: 'bot', lane: 'refunds', week: '2026-W02', decision }, by);
  }

  setState(to: string): void {
    const from = this.state();
    this.add('state.moved', { agent: 'bot', lane: 'refunds', from, to, reason: 'by_hand' });
  }

  state = () => gateState(this.world, 'bot', 'refunds', this.now);
  trust() {
    const member = this.world.trust.find('bot', 'refunds');
    const trust = member && this.world.trust.trustOf(member);
    if (!member || !trust) throw new Error('bot is not in refunds');
    return { ...trust, violations: member.violations };
  }
  view() {
    const view = laneView(this.world, 'bot', 'refunds', this.now, true);
    if (!view) throw new Error('bot is not in refunds');
    return view;
  }
  moves = () =>
    this.entries.flatMap((entry) =>
      entry.type === 'state.moved' ? [`${entry.data.from} → ${entry.data.to}: ${entry.data.reason}`] : [],
    );
  consequences = () =>
    this.entries.flatMap((entry) => (entry.type === 'consequence.applied' ? [entry.data.consequence] : []));
}
