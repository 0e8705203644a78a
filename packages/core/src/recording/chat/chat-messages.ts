/** Lists of chat messages, OpenAI's and tau2-bench's dialect of them, to the one form of `message.ts`. */
import { err, ok, type Result } from '../../result.ts';
import { isJsonObject, type Json, type JsonObject, ownMember } from '../../terms/json.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { type Message, type RecordedCall, readName, readResult, readText, readTime } from './message.ts';

/** Where the dialects differ: the part of a call that holds name and arguments, and what a result answers to. */
export interface Dialect {
  readonly body: (call: JsonObject) => Json | undefined;
  readonly answers: (result: JsonObject) => Json | undefined;
}

export const OPENAI: Dialect = {
  body: (call) => ownMember(call, 'function'),
  answers: (result) => ownMember(result, 'tool_call_id'),
};

export const TAU2: Dialect = { body: (call) => call, answers: (result) => ownMember(result, 'id') };

type Reader = (raw: JsonObject, index: number, dialect: Dialect) => Result<Message | undefined, string>;

const READERS: Readonly<Record<string, Reader>> = {
  user: readCustomer,
  assistant: readAgent,
  tool: readTool,
  // The older form of OpenAI's tool message, without an id.
  function: readTool,
};

const PROMPTS: readonly Json[] = ['system', 'developer'];

/** All messages that agent and customer saw, in order; the error names the first message that cannot be read. */
export function readMessages(list: readonly Json[], dialect: Dialect): Result<readonly Message[], string> {
  const { messages: limit } = RECORDING_LIMITS;
  if (list.length > limit) return err(`the conversation has ${list.length} messages; at most ${limit} are read`);
  const messages: Message[] = [];
  let index = 0;
  for (const [at, raw] of list.entries()) {
    const role = ownMember(raw, 'role');
    if (PROMPTS.includes(role ?? null)) continue;
    const reader = typeof role === 'string' && Object.hasOwn(READERS, role) ? READERS[role] : undefined;
    if (!isJsonObject(raw) || !reader) return err(`message ${at + 1} has ${sayRole(role)}`);
    const message = reader(raw, index, dialect);
    if (!message.ok) return err(`message ${at + 1}: ${message.error}`);
    if (message.value) messages.push(message.value);
    index += 1;
  }
  return ok(messages);
}

function sayRole(role: Json | undefined): string {
  const known = 'user, assistant, tool, system, developer';
  return `${typeof role === 'string' ? `the role ${JSON.stringify(role.slice(0, 40))}` : 'no role'}; known are ${known}`;
}

const isOfCustomer = (raw: Json): boolean => ownMember(raw, 'requestor') === 'user';

function readCustomer(raw: JsonObject, index: number): Result<Message | undefined, string> {
  const text = readText(ownMember(raw, 'content'), 'the content');
  if (!text.ok) return text;
  // A customer who works a device of their own (tau2-bench): the agent never sees those calls.
  if (text.value === '' && listOf(raw, 'tool_calls').length > 0) return ok(undefined);
  return ok({ from: 'customer', index, text: text.value, at: timeOf(raw) });
}

function readAgent(raw: JsonObject, index: number, dialect: Dialect): Result<Message, string> {
  const text = readText(ownMember(raw, 'content') ?? ownMember(raw, 'refusal'), 'the content');
  if (!text.ok) return text;
  const calls: RecordedCall[] = [];
  for (const [position, call] of callsOf(raw).entries()) {
    if (isOfCustomer(call)) continue;
    const read = readCall(call, position, dialect);
    if (!read.ok) return read;
    calls.push(read.value);
  }
  return ok({ from: 'agent', index, text: text.value, calls, at: timeOf(raw) });
}

/** `tool_calls`, or the one `function_call` of OpenAI's older form. */
function callsOf(raw: JsonObject): readonly Json[] {
  const older = ownMember(raw, 'function_call');
  const calls = listOf(raw, 'tool_calls');
  return calls.length === 0 && isJsonObject(older) ? [{ function: older }] : calls;
}

function readCall(raw: Json, position: number, dialect: Dialect): Result<RecordedCall, string> {
  const body = isJsonObject(raw) ? dialect.body(raw) : undefined;
  const tool = ownMember(body, 'name');
  if (typeof tool !== 'string') return err(`its call ${position + 1} names no tool`);
  const name = readName(tool, 'the name of a tool');
  if (!name.ok) return name;
  const call_id = readName(ownMember(raw, 'id'), 'the id of a call');
  if (!call_id.ok) return call_id;
  return ok({ position, call_id: call_id.value, tool: name.value ?? '', args: ownMember(body, 'arguments') ?? '' });
}

function readTool(raw: JsonObject, index: number, dialect: Dialect): Result<Message | undefined, string> {
  if (isOfCustomer(raw)) return ok(undefined);
  const call_id = readName(dialect.answers(raw), 'the id of the call it answers');
  if (!call_id.ok) return call_id;
  const tool = readName(ownMember(raw, 'name'), 'the name of a tool');
  if (!tool.ok) return tool;
  const text = readResult(ownMember(raw, 'content'), 'the content');
  if (!text.ok) return text;
  const failed = ownMember(raw, 'error') === true || ownMember(raw, 'is_error') === true;
  return ok({ from: 'tool', index, call_id: call_id.value, tool: tool.value, text: text.value, failed });
}

function listOf(raw: JsonObject, key: string): readonly Json[] {
  const list = ownMember(raw, key);
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}

const timeOf = (raw: JsonObject): number | undefined => readTime(ownMember(raw, 'at') ?? ownMember(raw, 'timestamp'));
