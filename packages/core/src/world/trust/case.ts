/** One conversation of one agent in one lane: what was found in it so far, and what is still awaited. Counted once. */
import type { DataOf } from '../../evidence/kinds.ts';
import type { Decision, Severity } from '../../terms/decision.ts';
import { HOUR } from '../../terms/time.ts';
import type { Worst } from '../../trust/index.ts';
import { type Decided, type DecidedReason, isAsking, isBroken } from '../counted.ts';
import { withOne } from '../few.ts';

/** Evidence that is not complete after this long is missing. From the first action: nobody can put it off. */
export const MATURITY_MS = 72 * HOUR;
/** A recording is complete as soon as anything comes after it. */
const RECORDED_MS = 1;

/** A case keeps the names of this many actions that were denied or refused: a later verdict on one of them is old news. */
const STOPPED_MOST = 50;

/** What awaits an answer or a report, with what it will count as. */
export interface Awaited {
  readonly action: string;
  /** Counts as escaped where the action runs. */
  readonly ifRun: Worst;
  /** Counts as blocked where the system refuses it: it was tried against a rule that nobody enforced. */
  readonly ifFailed: Worst;
  /** Counts as blocked where a person refuses it. */
  readonly ifRefused: Worst;
  /** Counts as escaped where a person refuses it: no rule had fired. */
  readonly ifOnlyRefused: Worst;
}

export interface Case {
  readonly agent: string;
  readonly lane: string;
  readonly conversation: string;
  readonly isRecorded: boolean;
  readonly since: number;
  /** The pact of its first decision. */
  readonly pact: string | null;
  /** Of which kind of work it was at its first decision. */
  readonly stratum: string | null;
  escaped: Worst;
  blocked: Worst;
  /** An escaped critical that reached someone, proven by a check or a person. */
  confirmed: boolean;
  /** Actions that nobody reported on in time, and recorded ones that a person would have had to decide. */
  unproven: number;
  awaited: Awaited[];
  stopped: string[];
  /** Actions and duties whose violation has had its consequences. */
  followed: string[] | null;
  isCounted: boolean;
}

/** Written out: a spread that more follows would make an object that the engine has no plan for. */
export const newCase = ({
  agent,
  lane,
  conversation,
  isRecorded,
  since,
  pact,
  stratum,
}: Pick<Case, 'agent' | 'lane' | 'conversation' | 'isRecorded' | 'since' | 'pact' | 'stratum'>): Case => ({
  agent,
  lane,
  conversation,
  isRecorded,
  since,
  pact,
  stratum,
  escaped: 'none',
  blocked: 'none',
  confirmed: false,
  unproven: 0,
  awaited: [],
  stopped: [],
  followed: null,
  isCounted: false,
});

/** When a case is over, whatever is still missing. */
export const endOf = ({ since, isRecorded }: Case): number => since + (isRecorded ? RECORDED_MS : MATURITY_MS);

const GRAVITY: Readonly<Record<Worst, number>> = { none: 0, minor: 1, major: 2, critical: 3 };
export const worse = (a: Worst, b: Worst): Worst => (b !== 'none' && GRAVITY[b] > GRAVITY[a] ? b : a);

/** Found in one entry. */
export interface Found {
  readonly escaped: Worst;
  readonly blocked: Worst;
  readonly confirmed: boolean;
  /** What escaped is proven, however grave it is. */
  readonly proven: boolean;
}
export const NOTHING: Found = { escaped: 'none', blocked: 'none', confirmed: false, proven: false };
export const escapes = (escaped: Worst, proven = false): Found =>
  escaped === 'none' ? NOTHING : { escaped, blocked: 'none', confirmed: proven && escaped === 'critical', proven };
export const blocks = (blocked: Worst): Found =>
  blocked === 'none' ? NOTHING : { escaped: 'none', blocked, confirmed: false, proven: false };
export const isFound = ({ escaped, blocked }: Found): boolean => escaped !== 'none' || blocked !== 'none';

function worstOf(reasons: readonly DecidedReason[], isOne: (reason: DecidedReason) => boolean): Worst {
  let worst: Worst = 'none';
  for (const reason of reasons) if (isOne(reason)) worst = worse(worst, reason.severity);
  return worst;
}

/** The duty was missed; that is past stopping. */
const isMissed = ({ why }: DecidedReason): boolean => why === 'duty';

/** No rule fired, and still it would not have gone on: a doubt, arguments that fit no schema. */
const isOpen = ({ why, decision }: DecidedReason): boolean =>
  decision !== 'allow' && (why === 'doubt' || why === 'schema' || why === 'default');

const NO_HAND_OVER = {};

/** Takes in a decision on an action that is no hand-over; gives what is found at once. */
export function takeDecision(one: Case, action: string, effect: Decision, reasons: readonly DecidedReason[]): Found {
  if (reasons.length === 0 && effect === 'allow') {
    keepAwaited(one, { action, ifRun: 'none', ifFailed: 'none', ifRefused: 'none', ifOnlyRefused: 'none' });
    return NOTHING;
  }
  const breach = worstOf(reasons, (reason) => isBroken(NO_HAND_OVER, reason));
  const asking = worstOf(reasons, isAsking);
  const missed = worstOf(reasons, isMissed);
  if (effect === 'deny') {
    keepStopped(one, action);
    return { ...escapes(missed, true), blocked: breach };
  }
  // A recording went on where the gate would have asked: nobody knows what a person would have said.
  if (one.isRecorded && breach === 'none' && reasons.some(isOpen)) one.unproven++;
  if (effect === 'hold') keepAwaited(one, held(action, reasons, worse(breach, asking)));
  else {
    const ifRun = worse(breach, asking);
    keepAwaited(one, { action, ifRun, ifFailed: breach, ifRefused: 'none', ifOnlyRefused: 'none' });
  }
  return escapes(missed, true);
}

function held(action: string, reasons: readonly DecidedReason[], fired: Worst): Awaited {
  const isFired = fired !== 'none';
  const others = worstOf(reasons, (reason) => reason.decision === 'hold' && !isAsking(reason) && !isMissed(reason));
  return {
    action,
    ifRun: isFired ? fired : others,
    ifFailed: 'none',
    ifRefused: fired,
    ifOnlyRefused: isFired ? 'none' : others,
  };
}

/** A hand-over reaches a person always; what it broke only redirected it. */
export const takeHandOver = (decided: Pick<Decided, 'routed_to'>, reasons: readonly DecidedReason[]): Found =>
  blocks(worstOf(reasons, (reason) => isBroken(decided, reason)));

export function takeAnswer(one: Case, action: string, answer: DataOf<'hold.answered'>['answer']): Found {
  const awaited = settle(one, action);
  if (answer === 'refused' || answer === 'expired') keepStopped(one, action);
  if (!awaited || answer !== 'refused') return NOTHING;
  return awaited.ifRefused === 'none' ? escapes(awaited.ifOnlyRefused) : blocks(awaited.ifRefused);
}

/** It ran. Where the gate had not let it, it escaped whatever the reason was; a rule that had fired proves it. */
export function takeExecution(one: Case, action: string, permitted: boolean): Found {
  const awaited = settle(one, action);
  if (permitted || one.isRecorded) return escapes(awaited?.ifRun ?? 'none', true);
  const fired = awaited?.ifRefused ?? (one.stopped.includes(action) ? one.blocked : 'none');
  const escaped = worse(worse(awaited?.ifRun ?? 'none', fired), 'major');
  // That it ran although nothing had let it needs no more proof; that it was critical does.
  return escapes(escaped, escaped !== 'critical' || fired === 'critical');
}

export function takeFailure(one: Case, action: string, why: DataOf<'action.failed'>['why']): Found {
  const awaited = settle(one, action);
  if (!awaited) return NOTHING;
  if (why === 'failed') return blocks(awaited.ifFailed);
  one.unproven++;
  return NOTHING;
}

/** A person's verdict, a failed check, a jury's word. What was stopped is counted as stopped already. */
export function takeVerdict(
  one: Case,
  { verdict, severity = 'major', action, confirmed }: Judged,
  isProof: boolean,
): Found {
  if (verdict !== 'violation') return NOTHING;
  const isAwaited = one.awaited.some((awaited) => awaited.action === action);
  if (action !== undefined && (isAwaited || one.stopped.includes(action))) return blocks('none');
  return escapes(severity, isProof && (confirmed ?? action !== undefined));
}

interface Judged {
  readonly verdict: 'violation' | 'ok' | 'unsure';
  readonly severity?: Severity | undefined;
  readonly action?: string | undefined;
  readonly confirmed?: boolean | undefined;
}

function keepAwaited(one: Case, awaited: Awaited): void {
  one.awaited = withOne(one.awaited, awaited);
}

/** No longer awaited. */
export function settle(one: Case, action: string): Awaited | undefined {
  const { awaited } = one;
  // What comes last is reported on first, nearly always.
  for (let at = awaited.length - 1; at >= 0; at--)
    if (awaited[at]?.action === action) return at === awaited.length - 1 ? awaited.pop() : awaited.splice(at, 1)[0];
  return undefined;
}

/** Whether the violation by this action, or of this duty, has had its consequences already; from now on it has. */
export function isFollowed(one: Case, about: string | undefined): boolean {
  if (about === undefined) return false;
  if (one.followed?.includes(about)) return true;
  one.followed ??= [];
  one.followed.push(about);
  if (one.followed.length > STOPPED_MOST) one.followed.shift();
  return false;
}

function keepStopped(one: Case, action: string): void {
  one.stopped.push(action);
  if (one.stopped.length > STOPPED_MOST) one.stopped.shift();
}

export function add(one: Case, found: Found): void {
  if (found === NOTHING) return;
  one.escaped = worse(one.escaped, found.escaped);
  one.blocked = worse(one.blocked, found.blocked);
  one.confirmed ||= found.confirmed;
}
