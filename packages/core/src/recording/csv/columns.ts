/** The columns of a CSV recording: what each means and the names under which it is known. */
import { err, ok, type Result } from '../../result.ts';

export type Column =
  | 'conversation_id'
  | 'role'
  | 'text'
  | 'at'
  | 'agent'
  | 'customer_id'
  | 'channel'
  | 'tool'
  | 'args'
  | 'call_id'
  | 'result';

const NAMES: Readonly<Record<Column, readonly string[]>> = {
  conversation_id: ['conversation_id', 'conversation', 'ticket_id', 'thread_id', 'chat_id', 'session_id'],
  role: ['role', 'author_role', 'author', 'sender', 'speaker'],
  text: ['text', 'content', 'message', 'body'],
  at: ['at', 'timestamp', 'time', 'created_at', 'sent_at'],
  agent: ['agent', 'agent_name', 'bot', 'bot_name'],
  customer_id: ['customer_id', 'customer', 'user_id', 'requester_id'],
  channel: ['channel'],
  tool: ['tool', 'tool_name', 'function', 'function_name'],
  args: ['args', 'arguments', 'tool_args', 'parameters'],
  call_id: ['call_id', 'tool_call_id'],
  result: ['result', 'tool_result', 'output'],
};

const MEANINGS: ReadonlyMap<string, Column> = new Map(
  (Object.keys(NAMES) as Column[]).flatMap((column) => NAMES[column].map((name) => [name, column] as const)),
);

const ROLES: Readonly<Record<string, 'customer' | 'agent' | 'tool' | 'prompt'>> = {
  user: 'customer',
  customer: 'customer',
  visitor: 'customer',
  end_user: 'customer',
  assistant: 'agent',
  agent: 'agent',
  bot: 'agent',
  ai: 'agent',
  tool: 'tool',
  function: 'tool',
  system: 'prompt',
  developer: 'prompt',
};

/** Where each column stands, from 0. */
export type Columns = ReadonlyMap<Column, number>;

const DELIMITERS = [',', ';', '\t'] as const;

/** Comma, semicolon or tab: whichever stands most often in the first line. */
export function findDelimiter(firstLine: string): string {
  const count = (delimiter: string): number => firstLine.split(delimiter).length;
  return DELIMITERS.reduce<string>((most, other) => (count(other) > count(most) ? other : most), ',');
}

/** The columns that a header names, columns of other names left aside; or what is missing or named twice. */
export function readHeader(fields: readonly string[]): Result<Columns, string> {
  const columns = new Map<Column, number>();
  for (const [index, field] of fields.entries()) {
    const column = MEANINGS.get(normalise(field));
    if (!column) continue;
    if (columns.has(column)) return err(`two columns mean "${column}" (${NAMES[column].join(', ')}); keep one of them`);
    columns.set(column, index);
  }
  const missing = (['conversation_id', 'role'] as const).find((column) => !columns.has(column));
  const nothingSaid = columns.has('text') || columns.has('tool') ? undefined : 'text';
  const lack = missing ?? nothingSaid;
  return lack === undefined ? ok(columns) : err(sayLack(lack));
}

const sayLack = (column: Column): string =>
  `this is neither JSON nor CSV with a known header: the column "${column}" is missing (known names: ${NAMES[column].join(', ')})`;

/** Who wrote a row; `undefined` for a role that is not known. */
export const readRole = (field: string): 'customer' | 'agent' | 'tool' | 'prompt' | undefined => {
  const name = normalise(field);
  return Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
};

const normalise = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
