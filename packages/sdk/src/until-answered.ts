/** What became of a hold: looks at once, and as long as the caller waits. An approval is for exactly the held arguments. */
import { type ActionAnswer, type AnswerOf, WIRE_LIMITS } from '@surety/core/wire';
import { type ExactArgs, exactArgs } from './exact-args.ts';
import type { Gate } from './gate.ts';
import { denied, held, type Ruling, SENTENCES } from './outcome.ts';
import { isUnanswered, SuretyError } from './surety-error.ts';

type Standing = AnswerOf<'action.show'>;

const PAUSE_MS = 250;

export async function untilAnswered(gate: Gate, answer: ActionAnswer, args: ExactArgs, end: number): Promise<Ruling> {
  const { signal, release } = gate.stops.signal();
  try {
    for (let isFirst = true; ; isFirst = false) {
      const left = end - performance.now();
      const standing = await look(gate, answer.id, isFirst ? 0 : left, signal);
      const ruling = standing && ruleBy(standing, answer, args);
      if (ruling) return ruling;
      if (signal.aborted && gate.stops.isStopped(answer.lane))
        return denied({ why: 'stopped', action: answer.id, reasons: [] }, SENTENCES.stopped, false);
      if (end - performance.now() <= 0) return stillHeld(answer);
      if (!standing) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  } finally {
    release();
  }
}

const stillHeld = ({ id, hold, reasons, tell_the_agent }: ActionAnswer): Ruling =>
  held({ why: 'hold', action: id, hold: hold ?? null, reasons }, tell_the_agent);

/** Undefined where nobody could tell now: the hold stands. */
async function look(gate: Gate, id: string, leftMs: number, signal: AbortSignal): Promise<Standing | undefined> {
  const wait = Math.min(WIRE_LIMITS.waitSeconds, Math.max(0, Math.ceil(leftMs / 1_000)));
  const deadlineMs = wait === 0 ? gate.deadlineMs : Math.min(leftMs, wait * 1_000 + gate.deadlineMs);
  try {
    const query = wait === 0 ? {} : { wait };
    return await gate.call('action.show', { params: { id }, query }, { deadlineMs, signal });
  } catch (error) {
    if (!(error instanceof SuretyError)) throw error;
    if (!isUnanswered(error)) gate.warn(`What became of ${id} cannot be seen (${error.code}): ${error.message}`);
    return undefined;
  }
}

/** Undefined while it is open. */
function ruleBy(standing: Standing, { id: action, reasons }: ActionAnswer, args: ExactArgs): Ruling | undefined {
  const { hold, may_run, edited_args, reported, tell_the_agent } = standing;
  const answered = hold?.answer ?? 'open';
  if (answered === 'open') return undefined;
  if (answered === 'refused' || answered === 'expired')
    return denied({ why: answered, action, reasons }, tell_the_agent, true);
  if (reported !== null) return denied({ why: 'used', action, reasons }, SENTENCES.used, true);
  // An agent that is stopped may yet be resumed.
  if (!may_run) return denied({ why: 'expired', action, reasons }, tell_the_agent || SENTENCES.lapsed, false);
  if (answered === 'approved') return { run: { args: args.value, action, hand_over: null } };
  const edited = edited_args === undefined ? undefined : exactArgs(edited_args);
  if (!edited) return denied({ why: 'args', action, reasons }, SENTENCES.other_args, true);
  return { run: { args: edited.value, action, hand_over: null } };
}
