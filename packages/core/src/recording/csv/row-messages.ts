/** One row of a CSV recording to the messages it holds: none for a prompt, two for a call with its result beside it. */
import { err, ok, type Result } from '../../result.ts';
import { type AgentMessage, checkText, type Message, type RecordedCall, readName, readTime } from '../chat/message.ts';
import { type Column, type Columns, readRole } from './columns.ts';

/** The text of a cell; empty where the row or the file has none. */
export type Cell = (column: Column) => string;

export const cellsOf =
  (fields: readonly string[], columns: Columns): Cell =>
  (column) =>
    fields[columns.get(column) ?? -1] ?? '';

/** `index` is the row's place in its conversation, prompts not counted. */
export function readRow(cell: Cell, index: number): Result<readonly Message[], string> {
  const role = readRole(cell('role'));
  if (role === undefined) {
    const written = JSON.stringify(cell('role').slice(0, 40));
    return err(`the role ${written} is not known; write user, assistant, tool or system`);
  }
  if (role === 'prompt') return ok([]);
  const text = checkText(cell('text'), 'the text');
  if (!text.ok) return text;
  const at = readTime(cell('at'));
  if (role === 'customer') return ok([{ from: 'customer', index, text: text.value, at }]);
  if (role === 'agent' && cell('tool') === '') return ok([{ from: 'agent', index, text: text.value, calls: [], at }]);
  const names = readCallNames(cell);
  if (!names.ok) return names;
  const result = checkText(cell('result'), 'the result');
  if (!result.ok) return result;
  const { call_id, tool } = names.value;
  const isResult = role === 'tool' && cell('args') === '';
  const answer = role === 'agent' || result.value !== '' ? result.value : text.value;
  if (isResult) return ok([{ from: 'tool', index, call_id, tool, text: answer, failed: false }]);
  const call: RecordedCall = { position: 0, call_id, tool: tool ?? '', args: cell('args') || '{}' };
  const made: AgentMessage = { from: 'agent', index, text: role === 'agent' ? text.value : '', calls: [call], at };
  if (answer === '') return ok([made]);
  return ok([made, { from: 'tool', index, call_id, tool, text: answer, failed: false, answers: call }]);
}

function readCallNames(cell: Cell): Result<{ call_id: string | undefined; tool: string | undefined }, string> {
  const call_id = readName(cell('call_id'), 'the call_id');
  if (!call_id.ok) return call_id;
  const tool = readName(cell('tool'), 'the name of a tool');
  return tool.ok ? ok({ call_id: call_id.value, tool: tool.value }) : tool;
}
