/** Messages to steps: calls where they were made, each with the result that answered it before the agent's next calls. */
import { err, ok, type Result } from '../../result.ts';
import type { Json } from '../../terms/json.ts';
import { isJsonObject } from '../../terms/json.ts';
import type { CallStep, Step } from '../../terms/trace.ts';
import { parseJson } from '../json/parse.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { nameCalls } from './call-ids.ts';
import { type AgentMessage, checkText, isExact, type Message, type RecordedCall, type ToolMessage } from './message.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A call of the latest turn that has no result yet. */
interface OpenCall {
  readonly recorded: RecordedCall;
  readonly step: Writable<CallStep>;
}

/**
 * The agent's turn: neighbouring messages with calls and no text between, made before any of their results was known.
 * A result belongs to a call of the latest turn; coming later still, it would show a decision the future: left out.
 */
interface Turn {
  readonly index: number;
  readonly steps: Writable<CallStep>[];
  readonly open: Set<OpenCall>;
  readonly hasText: boolean;
}

/** The steps of one conversation, oldest first; the error says which message cannot be read. */
export function toSteps(messages: readonly Message[]): Result<readonly Step[], string> {
  const names = nameCalls(messages);
  const steps: Step[] = [];
  let turn: Turn | undefined;
  let before: Message | undefined;
  for (const message of messages) {
    if (message.from === 'customer') steps.push({ kind: 'customer', text: message.text, at: message.at });
    else if (message.from === 'tool') answer(turn, message);
    else {
      if (message.text !== '') steps.push({ kind: 'reply', text: message.text, at: message.at });
      if (message.calls.length > 0) {
        const goesOn = before?.from === 'agent' && before.calls.length > 0 && message.text === '';
        if (!turn || !goesOn) turn = { index: message.index, steps: [], open: new Set(), hasText: message.text !== '' };
        const problem = addCalls(turn, message, names);
        if (problem) return err(problem);
        steps.push(...turn.steps.slice(-message.calls.length));
      }
    }
    before = message;
  }
  return ok(steps);
}

function addCalls(turn: Turn, message: AgentMessage, names: ReadonlyMap<RecordedCall, string>): string | undefined {
  for (const recorded of message.calls) {
    const call_id = names.get(recorded) as string;
    const args = readArgs(recorded.args, `the argument text of the call ${JSON.stringify(call_id)}`);
    if (!args.ok) return args.error;
    const step: Writable<CallStep> = {
      kind: 'call',
      call_id,
      tool: recorded.tool,
      ...args.value,
      turn: turn.index,
      at: message.at,
    };
    turn.steps.push(step);
    turn.open.add({ recorded, step });
    const { callsPerTurn } = RECORDING_LIMITS;
    if (turn.steps.length > callsPerTurn)
      return `the call ${JSON.stringify(call_id)} is one too many in its turn; at most ${callsPerTurn} are read`;
  }
  for (const step of turn.steps) {
    step.calls_in_turn = turn.steps.length;
    step.text_in_turn = turn.hasText;
  }
  return undefined;
}

/** Arguments as an object of exact values; whatever else the agent sent stays the text that it was. */
function readArgs(sent: Json, what: string): Result<Pick<CallStep, 'args' | 'args_text'>, string> {
  const text = checkText(typeof sent === 'string' ? sent : JSON.stringify(sent), what);
  if (!text.ok) return text;
  const parsed = typeof sent === 'string' ? parseJson(sent) : ok(sent);
  const args = parsed.ok && isJsonObject(parsed.value) && isExact(parsed.value) ? parsed.value : undefined;
  return ok(args ? { args } : { args: undefined, args_text: text.value });
}

function answer(turn: Turn | undefined, message: ToolMessage): void {
  const call = turn && findCall([...turn.open], message);
  if (!turn || !call) return;
  turn.open.delete(call);
  call.step.result_text = message.text;
  if (message.failed) call.step.ok = false;
}

/** The call with the same id. Where ids are absent or shared, results follow in the order of the calls of their tool. */
function findCall(open: readonly OpenCall[], { call_id, tool, answers }: ToolMessage): OpenCall | undefined {
  if (answers) return open.find(({ recorded }) => recorded === answers);
  const sameId = open.filter(({ recorded }) => recorded.call_id === call_id);
  if (call_id !== undefined && sameId.length === 1) return sameId[0];
  const unnamed = call_id === undefined ? open : open.filter(({ recorded }) => recorded.call_id === undefined);
  const candidates = sameId.length > 0 ? sameId : unnamed;
  return candidates.find(({ recorded }) => tool === undefined || recorded.tool === tool);
}
