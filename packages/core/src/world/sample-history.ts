/** Histories of entries that anybody may have written, valid each by itself, for tests of the fold. The same seed, the same history. */
import type { DataOf, Kind, Placed } from '../evidence/kinds.ts';
import { DAY, HOUR, MINUTE } from '../terms/time.ts';

const FIRST_AT = 1_767_225_600_000;
const AGENTS = ['bot', 'other-bot', 'nobody'];
const LANES = ['refunds', 'talk', 'constructor'];
const FOLLOWING = {
  critical: [{ named: 'hold', hold_lane: true as const }],
  major: [
    { named: 'supervise', set_state: 'supervised' as const },
    { named: 'closer', sample_times: 3, for: 14 * DAY },
  ],
};
const TARGETS = [
  {
    target: 'R-8',
    metric: 'policy_violation_rate' as const,
    at_most: 1,
    weeks: 4,
    min_sample: 1,
    then: [{ named: 'supervise', set_state: 'supervised' as const }],
  },
];
const PAUSES = [0, 0, 0, 1, MINUTE, HOUR, DAY, 40 * DAY];

/** Draws numbers below n (Park and Miller's generator), seeded. */
export function below(seed: number): (n: number) => number {
  let state = (seed % 2_147_483_646) + 1;
  return (n) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % n;
  };
}

const hex = (n: number, length: number): string => n.toString(16).padStart(length, '0');
const digest = (n: number): string => `sha256:${hex(n, 64)}`;
const commitment = (n: number): { commitment: string } => ({ commitment: hex(n, 64) });

/** `length` entries of all kinds that change the world; about half of them follow from one another. */
export function sampleHistory(seed: number, length: number): Placed[] {
  const history = new History(below(seed));
  while (history.entries.length < length) history.goOn();
  return history.entries;
}

class History {
  readonly entries: Placed[] = [];
  readonly #draw: (n: number) => number;
  readonly #actions: string[] = [];
  #at = FIRST_AT;

  constructor(draw: (n: number) => number) {
    this.#draw = draw;
  }

  goOn(): void {
    this.#pick([
      () => this.#propose(),
      () => this.#propose(),
      () => this.#decide(this.#action()),
      () => this.#ofAction(),
      () => this.#ofHold(),
      () => this.#ofAgent(),
      () => this.#ofPact(),
      () => this.#ofOthers(),
    ])();
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#draw(from.length)] as T;
  }

  #maybe<T extends object>(one: T): T | Record<never, never> {
    return this.#draw(2) === 0 ? one : {};
  }

  #add<K extends Kind>(type: K, data: DataOf<K>, id?: string, more: object = {}): void {
    const seq = this.entries.length;
    this.#at += this.#pick(PAUSES);
    const by = this.#pick(['person:ken', 'person:dana.kim', 'agent:bot', 'consumer:clock']);
    this.entries.push({ seq, id: id ?? `e/${seq}`, type, at: this.#at, by, ...more, data } as unknown as Placed);
  }

  #conversation(): string {
    return `c_${hex(this.#draw(20), 32)}`;
  }

  #within() {
    const customer = `s_${'abcdefgh'.charAt(this.#draw(8)).repeat(26)}`;
    return { agent: this.#pick(AGENTS), conversation: this.#conversation(), ...this.#maybe({ customer }) };
  }

  #charges() {
    const one = { limit: this.#pick(['R-1', 'R-2']), amount: this.#draw(500) };
    const windowed = { ...one, key: this.#pick(AGENTS), window: this.#pick([HOUR, DAY, 7 * DAY]) };
    return this.#pick([[], [windowed], [{ ...one, limit: 'R-3', key: this.#conversation() }]]);
  }

  #action(): string {
    const isKnown = this.#actions.length > 0 && this.#draw(9) > 0;
    return isKnown ? this.#pick(this.#actions) : `a/${hex(this.#draw(9), 32)}`;
  }

  #propose(): void {
    const id = `a/${hex(this.#actions.length + 100, 32)}`;
    const args = commitment(this.#actions.length);
    const named = this.#maybe({ named: commitment(3) });
    this.#add('action.proposed', { ...this.#within(), call: 'c', tool: 'refund', args, ...named }, id);
    this.#actions.push(id);
    if (this.#draw(6) > 0) this.#decide(id);
  }

  #decide(id: string): void {
    const decision = this.#pick(['allow', 'hold', 'deny'] as const);
    const expires = this.#pick([null, this.#at + HOUR]);
    const then = this.#pick(['deny', 'keep_holding', 'route_to_owner'] as const);
    const hold = { owner: 'billing', answer_by: this.#at + HOUR, expires, then };
    this.#add('action.decided', {
      action: id,
      ...this.#within(),
      tool: this.#pick(['refund', 'hand_over']),
      lane: this.#pick([null, ...LANES]),
      state: 'limited',
      decision,
      enforced: this.#draw(4) > 0,
      reasons: [{ id: 'R-1', why: this.#pick(['limit', 'duty']), decision, severity: 'major', enforced: true }],
      pact: this.#pick([null, digest(1)]),
      ...this.#maybe({ charges: this.#charges() }),
      ...(decision === 'hold' ? this.#maybe({ hold }) : {}),
      ...(this.#draw(8) === 0 ? { routed_to: { queue: null, owner: 'billing' } } : {}),
      ...(this.#draw(4) === 0 ? { approval: this.#action() } : {}),
      ...(this.#draw(9) === 0 ? { imported: true } : {}),
    });
  }

  #ofAction(): void {
    const about = { action: this.#action(), ...this.#within() };
    if (this.#draw(2) === 0) this.#add('action.executed', { ...about, permitted: true });
    else this.#add('action.failed', { ...about, why: this.#pick(['failed', 'unreported']) });
  }

  #ofHold(): void {
    const about = { hold: this.#action(), ...this.#within() };
    if (this.#draw(4) === 0) this.#add('hold.acknowledged', about);
    this.#add('hold.answered', {
      ...about,
      answer: this.#pick(['approved', 'edited', 'refused', 'expired']),
      args: commitment(6),
      ...this.#maybe({ charges: this.#charges() }),
      ...this.#maybe({ edited_args: commitment(7) }),
      ...this.#maybe({ then: this.#pick(['deny', 'route_to_owner'] as const) }),
    });
  }

  #ofAgent(): void {
    const agent = this.#pick(AGENTS);
    const lane = this.#pick(LANES);
    const to = this.#pick(['limited', 'suspended'] as const);
    this.#pick([
      () => this.#add('agent.registered', { agent, party: 'operator' }),
      () => this.#add('agent.changed', { agent, version: 2 + this.#draw(5), class: 'minor' }),
      () => this.#add('agent.stopped', { agent, ...this.#maybe({ lane }) }),
      () => this.#add('agent.resumed', { agent, ...this.#maybe({ lane }), reason: commitment(8) }),
      () => this.#add('state.moved', { agent, lane, from: 'supervised', to, reason: 'by_hand' }),
    ])();
  }

  #ofPact(): void {
    const which = { digest: digest(this.#draw(4)), pact: this.#pick(['shop', 'mail']), version: 1 + this.#draw(3) };
    const bound = { agents: [this.#pick(AGENTS)], lanes: LANES.slice(this.#draw(3)), from: this.#at };
    this.#pick([
      () => this.#add('pact.proposed', { ...which, author: 'dana', agents: AGENTS, files: [], ...this.#terms() }),
      () => this.#add('pact.signed', { digest: which.digest }),
      () => this.#add('pact.published', { ...which, ...bound }),
    ])();
  }

  /** As one says it that some entry before has caused, or none. */
  #sampled() {
    const entry = this.#draw(this.entries.length + 1);
    return { lane: this.#pick(LANES), named: 'closer', entry, times: 2 + this.#draw(5), until: this.#at + 30 * DAY };
  }

  #missed() {
    const missed = { target: 'R-8', metric: 'csat' as const, week: '2026-W09', weeks: 4, n: 30, best: 1, bound: 2 };
    return { lane: this.#pick(LANES), named: 'supervise', to: 'supervised' as const, missed };
  }

  #judge(): void {
    const { agent, conversation } = this.#within();
    const severity = this.#pick(['minor', 'major', 'critical'] as const);
    const about = {
      agent,
      conversation,
      lane: this.#pick([null, ...LANES]),
      ...this.#maybe({ action: this.#action() }),
    };
    const said = { ...about, verdict: this.#pick(['violation', 'ok', 'unsure'] as const), severity };
    if (this.#draw(2) === 0) this.#add('verdict.given', { ...said, ...this.#maybe({ confirmed: true }) });
    else this.#add('check.done', { ...said, check: 'grounded' });
  }

  /** What a pact says about trust in its lanes: rates so wide that little evidence moves much. */
  #terms() {
    const wide = { critical: 200_000, major: 300_000, minor: 400_000, attempts: 400_000 };
    const terms = {
      owner: 'billing',
      enforced: this.#draw(4) > 0,
      allowed: wide,
      relaxed: wide,
      ceiling: 'autonomous' as const,
      sign_off: { limited: this.#draw(2) > 0, autonomous: false },
      dwell: { limited: 0, autonomous: HOUR },
      lease: 30 * DAY + 1,
      on_change: 'limited' as const,
      outcome_weeks: 0,
      on_violation: FOLLOWING,
      targets: TARGETS,
    };
    return this.#maybe({ lanes: Object.fromEntries(LANES.map((lane) => [lane, terms])) });
  }

  #ofOthers(): void {
    const place = { stream: `bot/${this.#pick(LANES)}`, n: this.entries.length + 1 };
    const agent = this.#pick(AGENTS);
    const handed = { cause: 'stop', agent, conversations: [this.#conversation()], owner: 'billing' };
    const outcome = this.#pick(['resolved', 'reopened', 'csat'] as const);
    this.#pick([
      () => this.#add('trace.observed', { ...this.#within(), steps: 1, ...this.#maybe({ content: commitment(5) }) }),
      () => this.#add('outcome.observed', { ...this.#within(), outcome }),
      () => this.#add('consequence.applied', { consequence: this.#pick(['hand_over', 'notify']), ...handed }),
      () => this.#add('consequence.applied', { consequence: 'sample_times', ...handed, ...this.#sampled() }),
      () => this.#add('consequence.applied', { consequence: 'set_state', ...handed, ...this.#missed() }),
      () => this.#add('week.reviewed', { agent, lane: this.#pick(LANES), week: '2026-W09', decision: 'widen' }),
      () => this.#judge(),
      () => this.#add('subject.erased', { subject: `s_${'a'.repeat(26)}`, disclosures: 3, reason: 'asked' }),
      () => this.#add('drill.done', { drill: 'stop', passed: true, took_ms: 4 }, undefined, place),
    ])();
  }
}
