/** A lane with one simulated agent: its conversations, weeks and reviews go through the same step as real ones. */
import type { SlotEntry } from '../../trust/entry.ts';
import { newcomer, openEpoch } from '../../trust/epoch.ts';
import { DAY_SECONDS, type TrustLimits } from '../../trust/limits.ts';
import { planOf } from '../../trust/plan.ts';
import { type AgentTrust, type Slot, unloggedSlot } from '../../trust/slot.ts';
import { step, type TrustRecord } from '../../trust/step.ts';
import type { Draw } from './seeded.ts';

/** Shares of conversations in which a violation of at least that severity escapes, and in which one is blocked. */
export interface Behaviour {
  readonly critical: number;
  readonly major: number;
  readonly minor: number;
  readonly attempts: number;
}

/** What comes in of one stratum, in the order of the reference mix, and how the agent behaves there. */
export interface Arriving {
  readonly share: number;
  readonly behaves: Behaviour;
}

export interface LaneOptions {
  /** Conversations a day. */
  readonly perDay: number;
  readonly arriving: readonly Arriving[];
  /** Every escaped critical reaches someone and is proven, so that it stops the agent; else a person stopped it in time. */
  readonly areCriticalsProven?: boolean;
  /** A person releases a suspended agent after so many days. */
  readonly releasedAfterDays?: number;
}

const AGENT = 'agent';
const WEEK_SECONDS = 7 * DAY_SECONDS;

/** A slot that nobody is in. Nobody disputes what is simulated, so it keeps no log. */
export const emptyLane = (limits: TrustLimits): Slot => unloggedSlot(planOf(limits));

/** A slot whose agent was put in a state, with the allowed rates as its baseline. */
export function slotIn(limits: TrustLimits, state: AgentTrust['state']): Slot {
  const empty = emptyLane(limits);
  const { attempts } = empty;
  const { agent, attempts: taken } = openEpoch(empty.plan, { agent: newcomer(AGENT), attempts }, state, 0, true);
  return { ...empty, agents: [agent], attempts: taken };
}

export class SimulatedLane {
  slot: Slot;
  /** Conversations so far. */
  n = 0;
  readonly #options: LaneOptions;
  readonly #draw: Draw;
  #seq = 0;
  #nextWeek = WEEK_SECONDS;
  #suspendedAt: number | undefined;

  constructor(slot: Slot, options: LaneOptions, draw: Draw) {
    this.slot = slot;
    this.#options = options;
    this.#draw = draw;
    if (slot.agents.length === 0) this.register();
  }

  get agent(): AgentTrust {
    return this.slot.agents[0] as AgentTrust;
  }

  /** Seconds from the start to the present conversation. */
  get at(): number {
    return Math.floor((this.n * DAY_SECONDS) / this.#options.perDay);
  }

  /** The lane as it stands, going on by itself with other arrivals and other chances. */
  branch(arriving: readonly Arriving[], draw: Draw): SimulatedLane {
    const branched = new SimulatedLane(this.slot, { ...this.#options, arriving }, draw);
    branched.n = this.n;
    branched.#seq = this.#seq;
    branched.#nextWeek = this.#nextWeek;
    branched.#suspendedAt = this.#suspendedAt;
    return branched;
  }

  /** The agent comes in, or comes again. */
  register(): readonly TrustRecord[] {
    return this.#take({ type: 'registered', seq: ++this.#seq, at: this.at, agent: AGENT });
  }

  /** So many conversations, or up to the first record that is looked for, which is returned. */
  run(conversations: number, isLookedFor: (record: TrustRecord) => boolean = () => false): TrustRecord | undefined {
    for (const end = this.n + conversations; this.n < end; this.n++) {
      const { at } = this;
      if (at >= this.#nextWeek || this.#suspendedAt !== undefined)
        for (const entry of this.#due(at))
          for (const record of this.#take(entry)) if (isLookedFor(record)) return record;
      for (const record of this.#take(this.#conversation(at))) {
        if (!isLookedFor(record)) continue;
        this.n++;
        return record;
      }
    }
    return undefined;
  }

  /** Each week passes and is signed; a suspended agent is released in time. */
  *#due(at: number): Iterable<SlotEntry> {
    const { releasedAfterDays } = this.#options;
    for (; at >= this.#nextWeek; this.#nextWeek += WEEK_SECONDS) {
      yield { type: 'outcomeWeek', seq: ++this.#seq, at: this.#nextWeek, agent: AGENT, pass: true };
      yield { type: 'weeklyReview', seq: ++this.#seq, at: this.#nextWeek, agent: AGENT, decision: 'widen' };
    }
    if (this.#suspendedAt === undefined || releasedAfterDays === undefined) return;
    const release = this.#suspendedAt + releasedAfterDays * DAY_SECONDS;
    if (at >= release) yield { type: 'released', seq: ++this.#seq, at, agent: AGENT };
  }

  #conversation(at: number): SlotEntry {
    const { arriving, areCriticalsProven = false } = this.#options;
    const stratum = arriving.length === 1 ? 0 : this.#stratum(arriving);
    const { critical, major, minor, attempts } = (arriving[stratum] as Arriving).behaves;
    const [escaping, trying] = [this.#draw(), this.#draw()];
    const escaped = escaping < critical ? 'critical' : escaping < major ? 'major' : escaping < minor ? 'minor' : 'none';
    const blocked = trying < attempts ? 'minor' : 'none';
    const confirmed = areCriticalsProven && escaped === 'critical';
    return { type: 'observed', seq: ++this.#seq, at, agent: AGENT, stratum, escaped, blocked, confirmed };
  }

  #stratum(arriving: readonly Arriving[]): number {
    let rest = this.#draw();
    for (let h = 0; h < arriving.length - 1; h++) {
      rest -= (arriving[h] as Arriving).share;
      if (rest < 0) return h;
    }
    return arriving.length - 1;
  }

  #take(entry: SlotEntry): readonly TrustRecord[] {
    const { slot, records } = step(this.slot, entry);
    this.slot = slot;
    if (records.length > 0) this.#suspendedAt = this.agent.state === 'suspended' ? entry.at : undefined;
    return records;
  }
}
