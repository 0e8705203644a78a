/** Counts a rehearsal as it runs. What it keeps grows with the pact, never with the recording. */

import { autonomyIn, boundOf, type Evaluation, type Pact } from '../../pact/index.ts';
import { type Cause, type Decision, isStricter } from '../../terms/decision.ts';
import { DAY, HOUR } from '../../terms/time.ts';
import type { DecidedCall } from './rehearsal.ts';
import {
  type ChangedDecision,
  type LabelScore,
  type LimitRow,
  type RehearsalReport,
  type ReviewLoad,
  type RuleRow,
  shareOf,
} from './report.ts';
import { factsWithoutSource, unreadFacts } from './unread-facts.ts';

const SENTENCES_MAX = 5;
const EXAMPLES_MAX = 3;

interface RuleCount {
  looked: number;
  fired: number;
  doubt: number;
  readonly causes: Map<string, { cause: Cause; fact: string | undefined; n: number }>;
  wrong: number;
  right: number;
}

export interface TallyOptions {
  readonly minutes_per_hold: number;
  readonly state: 'suspended' | 'supervised' | 'limited' | 'autonomous';
  /** `conversation_id` and `call_id`, joined by a line end → whether the call was right. Never shown to the gate. */
  readonly labels?: ReadonlyMap<string, boolean> | undefined;
}

const byDecision = (): Record<Decision, number> => ({ allow: 0, hold: 0, deny: 0 });

export class Tally {
  readonly #pact: Pact;
  readonly #options: TallyOptions;
  readonly #rules: ReadonlyMap<string, RuleCount>;
  readonly #tools = new Map<string, { lane: string | null; tool: string; decisions: Record<Decision, number> }>();
  readonly #decisions = byDecision();
  readonly #money = byDecision();
  readonly #firstStops = byDecision();
  readonly #highest = new Map<string, number>();
  readonly #unknownTools = new Map<string, number>();
  readonly #holdsByHour = new Map<number, number>();
  readonly #holdsByOwner = new Map<string, number>();
  readonly #unreadable: string[] = [];
  readonly #changed = new Map<string, { from: Decision; to: Decision; n: number; money: number; examples: string[] }>();
  readonly #labels = { wrong: 0, wrongStopped: 0, right: 0, rightDenied: 0, rightHeld: 0 };
  #unreadableCount = 0;
  #brokenArgs = 0;
  #conversations = 0;
  #untouched = 0;
  #actions = 0;
  #undated = false;
  #first: number | undefined;
  #last: number | undefined;

  constructor(pact: Pact, options: TallyOptions) {
    this.#pact = pact;
    this.#options = options;
    this.#rules = new Map(
      pact.rules.map(({ id }) => [id, { looked: 0, fired: 0, doubt: 0, causes: new Map(), wrong: 0, right: 0 }]),
    );
  }

  /** The decided calls of one conversation; with `other`, what another pact said to the same calls. */
  add(calls: readonly DecidedCall[], other?: readonly DecidedCall[]): void {
    this.#conversations++;
    const first = calls.find(({ evaluation }) => evaluation.effect !== 'allow');
    if (first) this.#firstStops[first.evaluation.effect]++;
    else this.#untouched++;
    for (const [i, call] of calls.entries()) {
      this.#addCall(call);
      const against = other?.[i];
      if (against) this.#addChange(call, against.evaluation.effect);
    }
  }

  addUnreadable(says: string): void {
    this.#unreadableCount++;
    if (this.#unreadable.length < SENTENCES_MAX) this.#unreadable.push(says);
  }

  #addCall(decided: DecidedCall): void {
    const { evaluation, call, at } = decided;
    const { effect, lane } = evaluation;
    const key = `${lane ?? ''}\n${call.tool}`;
    const row = this.#tools.get(key) ?? { lane, tool: call.tool, decisions: byDecision() };
    this.#tools.set(key, row);
    row.decisions[effect]++;
    if (at !== undefined) {
      this.#first = Math.min(this.#first ?? at, at);
      this.#last = Math.max(this.#last ?? at, at);
    } else this.#undated = true;
    if (call.args === undefined) this.#brokenArgs++;
    if (decided.isRead) return;
    this.#actions++;
    this.#decisions[effect]++;
    if (evaluation.money !== undefined) this.#money[effect] += evaluation.money;
    if (!this.#pact.tools.has(call.tool))
      this.#unknownTools.set(call.tool, (this.#unknownTools.get(call.tool) ?? 0) + 1);
    if (effect === 'hold') this.#addHold(evaluation, at);
    this.#addRules(call.tool, evaluation);
    this.#addLimits(evaluation);
    this.#addLabel(decided);
  }

  #addHold(evaluation: Evaluation, at: number | undefined): void {
    const owner = evaluation.owner ?? '';
    this.#holdsByOwner.set(owner, (this.#holdsByOwner.get(owner) ?? 0) + 1);
    if (at === undefined) return;
    const hour = Math.floor(at / HOUR);
    this.#holdsByHour.set(hour, (this.#holdsByHour.get(hour) ?? 0) + 1);
  }

  #addRules(tool: string, { reasons }: Evaluation): void {
    const plan = this.#pact.tools.get(tool);
    const isRefused = reasons.some(({ why }) => why === 'schema' || why === 'default');
    if (!isRefused)
      for (const { id } of [...(plan?.rules ?? []), ...(plan?.limits ?? []), ...this.#pact.duties])
        this.#count(id, (row) => row.looked++);
    for (const { id, why, cause, fact } of reasons) {
      this.#count(id, (row) => {
        if (why !== 'doubt') row.fired++;
        else if (cause) {
          row.doubt++;
          const known = row.causes.get(`${cause} ${fact ?? ''}`) ?? { cause, fact, n: 0 };
          known.n++;
          row.causes.set(`${cause} ${fact ?? ''}`, known);
        }
      });
    }
  }

  #count(id: string, add: (row: RuleCount) => void): void {
    const row = this.#rules.get(id);
    if (row) add(row);
  }

  #addLimits({ charges, effect }: Evaluation): void {
    for (const { limit, amount, used } of charges) {
      const use = effect === 'allow' ? used + amount : used;
      this.#highest.set(limit, Math.max(this.#highest.get(limit) ?? 0, use));
    }
  }

  #addLabel({ conversation, call, evaluation }: DecidedCall): void {
    const right = this.#options.labels?.get(`${conversation.id}\n${call.call_id}`);
    if (right === undefined) return;
    const count = this.#labels;
    const isStopped = evaluation.effect !== 'allow';
    if (right) {
      count.right++;
      if (evaluation.effect === 'deny') count.rightDenied++;
      if (evaluation.effect === 'hold') count.rightHeld++;
    } else {
      count.wrong++;
      if (isStopped) count.wrongStopped++;
    }
    for (const { id, enforced } of evaluation.reasons)
      if (enforced) this.#count(id, (row) => (right ? row.right++ : row.wrong++));
  }

  #addChange({ evaluation, conversation, call }: DecidedCall, from: Decision): void {
    const to = evaluation.effect;
    if (from === to) return;
    const row = this.#changed.get(`${from} ${to}`) ?? { from, to, n: 0, money: 0, examples: [] };
    this.#changed.set(`${from} ${to}`, row);
    row.n++;
    row.money += evaluation.money ?? 0;
    if (row.examples.length < EXAMPLES_MAX) row.examples.push(`${conversation.id} ${call.call_id} ${call.tool}`);
  }

  report(against?: string): RehearsalReport {
    const { name, version, digest, currency } = this.#pact;
    const rules = this.#ruleRows();
    const total = this.#actions;
    return {
      pact: { name, version, digest, currency },
      conversations: this.#conversations,
      untouched: shareOf(this.#untouched, this.#conversations),
      first_stop: {
        hold: shareOf(this.#firstStops.hold, this.#conversations),
        deny: shareOf(this.#firstStops.deny, this.#conversations),
      },
      actions: total,
      decisions: {
        allow: shareOf(this.#decisions.allow, total),
        hold: shareOf(this.#decisions.hold, total),
        deny: shareOf(this.#decisions.deny, total),
      },
      by_tool: [...this.#tools.values()].sort(byLane).map(({ lane, tool, decisions }) => {
        const n = decisions.allow + decisions.hold + decisions.deny;
        return { lane, tool, n, decisions, stopped: shareOf(decisions.hold + decisions.deny, n) };
      }),
      rules,
      never_fired: rules.filter(({ looked, fired }) => looked > 0 && fired.n === 0).map(({ id }) => id),
      always_in_doubt: rules.filter(({ looked, doubt }) => looked > 0 && doubt.n === looked).map(({ id }) => id),
      money: { ...this.#money },
      limits: this.#limitRows(),
      reviewers: this.#load(),
      not_judged: {
        unreadable: this.#unreadableCount,
        unreadable_says: this.#unreadable,
        unknown_tools: [...this.#unknownTools].map(([tool, n]) => ({ tool, n })).sort((a, b) => b.n - a.n),
        broken_args: this.#brokenArgs,
        facts_without_source: factsWithoutSource(rules),
        unread_facts: unreadFacts(rules),
        undated: this.#undated && this.#pact.memory.facts.some(({ maxAge }) => maxAge !== undefined),
      },
      against: against === undefined ? undefined : { pact: against, changed: this.#changes() },
      labels: this.#options.labels ? this.#labelScore() : undefined,
    };
  }

  #ruleRows(): readonly RuleRow[] {
    return this.#pact.rules.map(({ id, says, lane, kind, severity, enforced }) => {
      const count = this.#rules.get(id) as RuleCount;
      const looked = Math.max(count.looked, count.fired + count.doubt);
      const causes = [...count.causes.values()].sort((a, b) => b.n - a.n);
      return {
        id,
        says,
        lane,
        kind,
        severity,
        enforced,
        looked,
        fired: shareOf(count.fired, looked),
        doubt: shareOf(count.doubt, looked),
        causes,
      };
    });
  }

  #limitRows(): readonly LimitRow[] {
    const rows = new Map<string, LimitRow>();
    for (const { limits, lane } of this.#pact.tools.values())
      for (const limit of limits)
        rows.set(limit.id, {
          id: limit.id,
          highest: this.#highest.get(limit.id) ?? 0,
          at_most: boundOf(limit, autonomyIn(lane, this.#options.state)),
          is_money: limit.amount !== undefined,
        });
    return [...rows.values()];
  }

  #load(): ReviewLoad {
    const holds = this.#decisions.hold;
    const span = this.#first === undefined || this.#last === undefined ? 0 : this.#last - this.#first;
    const days = span > 0 ? Math.max(1, Math.ceil(span / DAY)) : undefined;
    const minutes = this.#options.minutes_per_hold;
    const per100 = this.#conversations === 0 ? 0 : (holds * 100) / this.#conversations;
    return {
      holds,
      days,
      holds_per_day: days && holds / days,
      worst_hour: days && Math.max(0, ...this.#holdsByHour.values()),
      holds_per_100_conversations: per100,
      minutes_per_hold: minutes,
      hours_per_day: days && (holds * minutes) / 60 / days,
      hours_per_100_conversations: (per100 * minutes) / 60,
      by_owner: [...this.#holdsByOwner].map(([owner, n]) => ({
        owner,
        holds: n,
        answer_within_ms: this.#pact.file.owners[owner]?.answer_within ?? 0,
      })),
    };
  }

  #changes(): readonly ChangedDecision[] {
    return [...this.#changed.values()].sort(
      (a, b) => Number(isStricter(a.to, a.from)) - Number(isStricter(b.to, b.from)) || b.n - a.n,
    );
  }

  #labelScore(): LabelScore {
    const { wrong, wrongStopped, right, rightDenied, rightHeld } = this.#labels;
    return {
      wrong_stopped: shareOf(wrongStopped, wrong),
      right_denied: shareOf(rightDenied, right),
      right_held: shareOf(rightHeld, right),
      by_rule: [...this.#rules]
        .filter(([, row]) => row.wrong + row.right > 0)
        .map(([id, row]) => ({ id, wrong: row.wrong, right: row.right })),
    };
  }
}

const byLane = (a: { lane: string | null; tool: string }, b: { lane: string | null; tool: string }): number =>
  (a.lane ?? '~').localeCompare(b.lane ?? '~', 'en') || a.tool.localeCompare(b.tool, 'en');
