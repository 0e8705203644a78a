/** Asks the gate about one call, and says what its answer comes to; where none comes, the last guide speaks. */
import type { ActionAnswer } from '@surety/core/wire';
import { type ExactArgs, exactArgs } from './exact-args.ts';
import { type Gate, isStopped } from './gate.ts';
import { type Denied, denied, held, type NotNow, type Ruling, SENTENCES } from './outcome.ts';
import { type ToolCall, toProposal } from './proposal.ts';
import { isUnanswered, SuretyError } from './surety-error.ts';
import { untilAnswered } from './until-answered.ts';

const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 1_000;

export async function ruleOn(gate: Gate, tool: string, exact: ExactArgs, call: ToolCall): Promise<Ruling> {
  const end = performance.now() + (call.wait ?? 0);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LAST_PAUSE_MS)) {
    if (isStopped(gate, tool)) return stopped(null);
    const ruling = await ask(gate, tool, exact, call, end);
    const left = end - performance.now();
    if (!isHeldForTheGate(ruling) || left <= 0) return ruling;
    await new Promise((resolve) => setTimeout(resolve, Math.min(pauseMs, left)));
  }
}

export const stopped = (action: string | null): NotNow =>
  denied({ why: 'stopped', action, reasons: [] }, SENTENCES.stopped, action !== null);

const isHeldForTheGate = (ruling: Ruling): boolean =>
  'outcome' in ruling && 'held' in ruling.outcome && ruling.outcome.held.why === 'unreachable';

async function ask(gate: Gate, tool: string, exact: ExactArgs, call: ToolCall, end: number): Promise<Ruling> {
  const answerBy = performance.now() + gate.deadlineMs;
  // What happened before is told before: its results are facts for this one.
  await gate.delivery.flush(gate.deadlineMs / 2);
  let answer: ActionAnswer;
  try {
    const body = toProposal(gate.agent, tool, exact, call);
    answer = await gate.call('action.propose', { body }, { deadlineMs: answerBy - performance.now() });
  } catch (error) {
    if (!(error instanceof SuretyError)) throw error;
    return withoutAnswer(gate, tool, exact, error);
  }
  gate.guide.notice(answer.lane, answer.pact);
  return onAnswer(gate, tool, exact, answer, end);
}

function onAnswer(
  gate: Gate,
  tool: string,
  exact: ExactArgs,
  answer: ActionAnswer,
  end: number,
): Ruling | Promise<Ruling> {
  const { id: action, decision, enforced, reasons, tell_the_agent } = answer;
  if (decision === 'deny' && enforced) {
    const why = reasons.some((reason) => reason.why === 'stopped') ? 'stopped' : 'gate';
    return denied({ why, action, reasons }, tell_the_agent, true);
  }
  // In shadow nothing is stopped, and what the agent asked for runs.
  const isInShadow = !enforced || (decision === 'allow' && gate.guide.find(tool)?.mode === 'shadow');
  if (isInShadow) return { run: { args: exact.value, action, hand_over: null } };
  const args = judgedArgs(exact, answer);
  if (!args) return denied({ why: 'args', action, reasons }, SENTENCES.other_args, true);
  if (decision === 'allow') return { run: { args: args.value, action, hand_over: null } };
  return untilAnswered(gate, answer, args, end);
}

/** What the gate judged: these arguments, or its own spelling of them; undefined where the digest is of neither. */
function judgedArgs(exact: ExactArgs, { args_sha256, args }: ActionAnswer): ExactArgs | undefined {
  if (args_sha256 === exact.sha256) return exact;
  const spelled = args === undefined ? undefined : exactArgs(args);
  return spelled?.sha256 === args_sha256 ? spelled : undefined;
}

/**
 * No decision. Reads (the gate allows every one) and lanes in shadow go on; all else holds or is denied by the guide,
 * and what it does not know is denied. A conflict never runs: the id belongs to another action.
 */
function withoutAnswer({ guide }: Gate, tool: string, exact: ExactArgs, error: SuretyError): Ruling {
  const { code } = error;
  const at: Pick<Denied, 'action' | 'reasons' | 'code'> = { action: null, reasons: [], code };
  if (code === 'request.conflict') return denied({ why: 'conflict', ...at }, error.message, true);
  const known = guide.find(tool);
  if (known?.is === 'read' || known?.mode === 'shadow')
    return { run: { args: exact.value, action: null, hand_over: null } };
  if (!isUnanswered(error))
    return denied({ why: 'problem', ...at }, `This could not be checked: ${error.message}`, false);
  return known?.when_unreachable === 'hold'
    ? held({ why: 'unreachable', action: null, hold: null, reasons: [] }, SENTENCES.held_unreachable)
    : denied({ why: 'unreachable', ...at }, SENTENCES.denied_unreachable, false);
}
