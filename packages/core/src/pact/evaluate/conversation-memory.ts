/** What a gate keeps of one open conversation: the memory of its trace, and the state of every duty. */

import type { ZoneOffset } from '../../terms/time.ts';
import type { Step } from '../../terms/trace.ts';
import { TraceMemory } from '../facts/trace-memory.ts';
import type { DutyPlan, LanePlan, Pact } from '../pact.ts';
import type { Setting } from '../shape/convert.ts';
import { baseValues, DecisionFrame } from './decision-frame.ts';
import { NOTHING_GIVEN } from './given.ts';

/** Where a duty stands. It opens once, is fulfilled by one of its tools, and is missed when its span has passed. */
export interface DutyState {
  readonly duty: DutyPlan;
  readonly open: boolean;
  readonly missed: boolean;
}

interface Watched {
  readonly duty: DutyPlan;
  opened: boolean;
  openedAt: number | undefined;
  replies: number;
  fulfilled: boolean;
  missed: boolean;
}

export class ConversationMemory {
  readonly trace: TraceMemory;
  readonly #pact: Pact;
  readonly #offset: ZoneOffset;
  readonly #conversation: {
    readonly id: string;
    readonly customer?: string | undefined;
    readonly channel?: string | undefined;
  };
  readonly #watched: readonly Watched[];
  #lastLane: LanePlan | undefined;

  constructor(
    pact: Pact,
    conversation: {
      readonly id: string;
      readonly customer?: string | undefined;
      readonly channel?: string | undefined;
    },
    offset: ZoneOffset,
  ) {
    const setting: Setting = { digits: pact.digits, offset: (zone, at) => offset(zone ?? pact.zone, at) };
    this.trace = new TraceMemory(pact.memory, setting);
    this.#pact = pact;
    this.#offset = offset;
    this.#conversation = conversation;
    this.#watched = pact.duties.map((duty) => ({
      duty,
      opened: false,
      openedAt: undefined,
      replies: 0,
      fulfilled: false,
      missed: false,
    }));
  }

  /**
   * Takes in the next step; tells whether it was a call that succeeded. `now` is when it is looked at.
   * A call comes when its result is known, after the calls of the same turn were decided.
   */
  observe(step: Step, now: number | undefined = step.at): boolean {
    const succeeded = this.trace.observe(step);
    if (step.kind === 'call') this.#lastLane = this.#pact.tools.get(step.tool)?.lane ?? this.#lastLane;
    const replied =
      step.kind === 'reply' || (step.kind === 'call' && succeeded && this.#pact.memory.replies.has(step.tool));
    for (const watched of this.#watched) {
      if (watched.opened) this.#progress(watched, step, succeeded, replied);
      else if (this.#isCalledFor(watched.duty, now)) {
        watched.opened = true;
        watched.openedAt = step.at;
      }
    }
    return succeeded;
  }

  /** The lane of the conversation's latest action. */
  get lastLane(): LanePlan | undefined {
    return this.#lastLane;
  }

  #progress(watched: Watched, step: Step, succeeded: boolean, replied: boolean): void {
    if (watched.fulfilled) return;
    const { within } = watched.duty;
    if ('ms' in within && isLate(watched, step.at)) watched.missed = true;
    if (step.kind === 'call' && succeeded && watched.duty.does.has(step.tool)) watched.fulfilled = true;
    else if (replied) {
      watched.replies++;
      if ('replies' in within && watched.replies >= within.replies) watched.missed = true;
    }
  }

  #isCalledFor(duty: DutyPlan, now: number | undefined): boolean {
    const sources = {
      pact: this.#pact,
      memory: this.trace,
      now,
      offset: this.#offset,
      undatedIsFresh: true,
      given: NOTHING_GIVEN,
    };
    const frame = new DecisionFrame(sources, duty.slots, baseValues(undefined, this.#conversation, now, {}, {}));
    return duty.condition.run(frame) === true;
  }

  /** The duties that have opened, at an instant. A duty in doubt is not open: it binds no action by itself. */
  duties(now: number | undefined): readonly DutyState[] {
    return this.#watched
      .filter(({ opened }) => opened)
      .map((watched) => ({
        duty: watched.duty,
        open: !watched.fulfilled,
        missed: watched.missed || (!watched.fulfilled && isLate(watched, now)),
      }));
  }
}

function isLate({ duty: { within }, openedAt }: Watched, now: number | undefined): boolean {
  return 'ms' in within && openedAt !== undefined && now !== undefined && now - openedAt > within.ms;
}
