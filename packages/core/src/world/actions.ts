/** Actions between their decision and what came of them, and the holds that wait for a person or were answered. */
import type { DataOf, Placed } from '../evidence/kinds.ts';
import type { Decision } from '../terms/decision.ts';
import { DAY } from '../terms/time.ts';
import { RESERVATION_MS } from './limit-book.ts';

/** An approval is used once, within this long. */
export const APPROVAL_MS = DAY;

export interface OpenAction {
  readonly id: string;
  readonly agent: string;
  readonly conversation: string;
  readonly customer: string | null;
  readonly tool: string;
  readonly lane: string | null;
  /** What took effect: a held action in a shadow lane goes on. */
  readonly effect: Decision;
  readonly expires: number;
  readonly charged: boolean;
}

export type HoldThen = 'deny' | 'keep_holding' | 'route_to_owner';

export interface HoldAnswer {
  /** The entry with the answer. */
  readonly seq: number;
  readonly answer: 'approved' | 'edited' | 'refused' | 'expired';
  readonly by: string;
  readonly at: number;
  /** The commitment of the arguments that may run; null where none may. */
  readonly args: string | null;
  readonly reason: string | null;
  /** An approval that was used may not be used again. */
  used: boolean;
}

export interface HoldStanding {
  /** The action that is held; a hold has its id. */
  readonly action: string;
  readonly agent: string;
  readonly conversation: string;
  readonly customer: string | null;
  readonly tool: string;
  readonly lane: string | null;
  readonly pact: string;
  readonly args: string;
  /** The entry with the decision. */
  readonly seq: number;
  readonly owner: string;
  readonly at: number;
  readonly answer_by: number;
  /** When silence is the answer; null: never. */
  readonly expires: number | null;
  readonly then: HoldThen;
  readonly reasons: readonly string[];
  acknowledged: { readonly by: string; readonly at: number } | null;
  answered: HoldAnswer | null;
}

export type Actions = Map<string, OpenAction>;
export type Holds = Map<string, HoldStanding>;

/** What took effect of a decision. */
export const effectOf = ({ decision, enforced }: { decision: Decision; enforced: boolean }): Decision =>
  enforced ? decision : 'allow';

export function openAction({ data, at }: Placed<'action.decided'>): OpenAction {
  const { action: id, agent, conversation, customer = null, tool, lane, charges } = data;
  return {
    id,
    agent,
    conversation,
    customer,
    tool,
    lane,
    effect: effectOf(data),
    expires: at + RESERVATION_MS,
    charged: (charges?.length ?? 0) > 0,
  };
}

export function openHold({ data, at, seq }: Placed<'action.decided'>, args: string): HoldStanding | undefined {
  if (!data.hold || data.pact === null) return undefined;
  const { action, agent, conversation, customer = null, tool, lane, pact, reasons, hold } = data;
  return {
    action,
    agent,
    conversation,
    customer,
    tool,
    lane,
    pact,
    args,
    seq,
    owner: hold.owner,
    at,
    answer_by: hold.answer_by,
    expires: hold.expires,
    then: hold.then,
    reasons: reasons.map(({ id }) => id),
    acknowledged: null,
    answered: null,
  };
}

export function acknowledge(holds: Holds, { data, by, at }: Placed<'hold.acknowledged'>): void {
  const hold = holds.get(data.hold);
  if (hold && !hold.acknowledged) hold.acknowledged = { by, at };
}

export function answer(hold: HoldStanding, { seq, data, by, at }: Placed<'hold.answered'>): void {
  hold.answered = { seq, answer: data.answer, by, at, args: runnable(data), reason: data.reason ?? null, used: false };
}

function runnable({ answer: given, args, edited_args }: DataOf<'hold.answered'>): string | null {
  if (given === 'approved') return args.commitment;
  return given === 'edited' ? (edited_args?.commitment ?? null) : null;
}

/** Answered so long ago that nobody will ask for it again. */
export const isForgotten = ({ answered }: HoldStanding, now: number): boolean =>
  answered !== null && now >= answered.at + 2 * APPROVAL_MS;

/** An approval that may still be used at an instant. */
export const isUsable = ({ answered }: HoldStanding, now: number): boolean =>
  answered !== null && answered.args !== null && !answered.used && now < answered.at + APPROVAL_MS;
