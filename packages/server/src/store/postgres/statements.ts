/** Statements on one PostgreSQL connection, each prepared once under a name of its own. */
import type { ClientBase, QueryResult } from 'pg';
import { ENTRY } from '../portable/reads.ts';
import { type Cell, checkCell, type Finding, type Sql, type SqlRow } from '../portable/sql.ts';

/** Anything that answers a query: a connection, or a pool that picks one. */
export type Asked = Pick<ClientBase, 'query'>;
export type Argument = Cell | readonly (string | number | Uint8Array | null)[];

const names = new Map<string, string>();

export class Statements implements Sql, Finding {
  readonly #asked: Asked;
  readonly #fail: (error: unknown) => unknown;

  constructor(asked: Asked, fail: (error: unknown) => unknown) {
    this.#asked = asked;
    this.#fail = fail;
  }

  async all(text: string, ...values: Cell[]): Promise<SqlRow[]> {
    for (const value of values) checkCell(value);
    return (await this.ask(text, values)).rows;
  }

  async each(text: string, keys: readonly (string | number | Uint8Array)[]): Promise<SqlRow[]> {
    if (keys.length === 0) return [];
    for (const key of keys) checkCell(key);
    return (await this.ask(text.replace('IN ($keys)', '= ANY($1)'), [keys])).rows;
  }

  find(ids: readonly string[]): Promise<SqlRow[]> {
    return this.each(`${ENTRY} WHERE id IN ($keys)`, ids);
  }

  async run(text: string, ...values: Cell[]): Promise<number> {
    for (const value of values) checkCell(value);
    return (await this.ask(text, values)).rowCount ?? 0;
  }

  async ask(text: string, values: readonly Argument[]): Promise<QueryResult<SqlRow>> {
    try {
      return await this.#asked.query<SqlRow>({ name: nameOf(text), text, values: [...values] });
    } catch (error) {
      throw this.#fail(error);
    }
  }
}

function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = `surety_${names.size}`;
  names.set(text, name);
  return name;
}
