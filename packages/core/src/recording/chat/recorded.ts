/** One JSON value to one conversation, by its shape. Only what is named here is read: never a reward, a task or a label. */
import { err, ok, type Result } from '../../result.ts';
import { isJsonObject, type Json, type JsonObject, ownMember } from '../../terms/json.ts';
import type { Conversation } from '../../terms/trace.ts';
import type { Tally } from '../item.ts';
import { type Dialect, OPENAI, readMessages, TAU2 } from './chat-messages.ts';
import { readName, readTime } from './message.ts';
import { toSteps } from './steps.ts';

/** Which list a value stands in: `simulations` is that of tau2-bench results. */
export type Container = 'file' | 'simulations';

/** The conversation in a value, or a sentence that says what is missing and how to mend it. */
export function toConversation(value: Json, container: Container, tally: Tally): Result<Conversation, string> {
  if (!isJsonObject(value)) return err('a conversation must be a JSON object; see the formats in the documentation');
  const messages = ownMember(value, 'messages');
  const traj = ownMember(value, 'traj');
  if (container === 'simulations' && Array.isArray(messages)) return readSimulation(value, messages, tally);
  if (Array.isArray(traj)) return readTauBench(value, traj, tally);
  if (Array.isArray(messages)) return readChat(value, messages);
  if (ownMember(value, 'role') !== undefined) {
    return err('this is a single message; put the messages of a conversation into {"id", "messages": […]}');
  }
  return err('this object has no list "messages" (or "traj", of tau-bench), so it is not a recorded conversation');
}

/** `{id, agent?, customer_id?, channel?, at?, messages}`. */
function readChat(value: JsonObject, messages: readonly Json[]): Result<Conversation, string> {
  const names: Record<'id' | 'agent' | 'customer_id' | 'channel', string | undefined> = {
    id: undefined,
    agent: undefined,
    customer_id: undefined,
    channel: undefined,
  };
  for (const key of Object.keys(names) as (keyof typeof names)[]) {
    const name = readName(ownMember(value, key), `"${key}"`);
    if (!name.ok) return name;
    names[key] = name.value;
  }
  const { id, ...others } = names;
  if (id === undefined) return err('the conversation has no "id"; give each conversation an id of its own');
  return assemble(id, { ...others, at: readTime(ownMember(value, 'at')) }, messages, OPENAI);
}

/** tau-bench: `{task_id, trial, traj}`, of which the id is made. */
function readTauBench(value: JsonObject, traj: readonly Json[], tally: Tally): Result<Conversation, string> {
  const id = nameByTask(value, tally);
  return id.ok ? assemble(id.value, {}, traj, OPENAI) : id;
}

/** tau2-bench: `{id, task_id, trial, messages}`. */
function readSimulation(value: JsonObject, messages: readonly Json[], tally: Tally): Result<Conversation, string> {
  const own = readName(ownMember(value, 'id'), '"id"');
  if (!own.ok) return own;
  const id = own.value === undefined ? nameByTask(value, tally) : ok(own.value);
  return id.ok ? assemble(id.value, { at: readTime(ownMember(value, 'start_time')) }, messages, TAU2) : id;
}

/** `task3-trial0`, and `task3-trial0-2` where a file has that twice. */
function nameByTask(value: JsonObject, tally: Tally): Result<string, string> {
  const task = readName(ownMember(value, 'task_id'), '"task_id"');
  if (!task.ok) return task;
  const trial = readName(ownMember(value, 'trial'), '"trial"');
  if (!trial.ok) return trial;
  return tally.nameOnce(`task${task.value ?? ''}-trial${trial.value ?? '0'}`);
}

function assemble(
  id: string,
  head: Omit<Conversation, 'id' | 'steps'>,
  list: readonly Json[],
  dialect: Dialect,
): Result<Conversation, string> {
  const messages = readMessages(list, dialect);
  if (!messages.ok) return messages;
  const steps = toSteps(messages.value);
  if (!steps.ok) return steps;
  return ok({ id, ...head, steps: steps.value });
}
