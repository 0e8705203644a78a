/** Statements on one SQLite connection, each prepared once. */
import type Sqlite from 'better-sqlite3';
import { type Cell, checkCell, type Sql, type SqlRow } from '../portable/sql.ts';

type Fail = (error: unknown) => unknown;

export class Statements implements Sql {
  readonly #db: Sqlite.Database;
  readonly #fail: Fail;
  readonly #prepared = new Map<string, Sqlite.Statement<Cell[], SqlRow>>();

  constructor(db: Sqlite.Database, fail: Fail) {
    this.#db = db;
    this.#fail = fail;
  }

  async all(text: string, ...values: Cell[]): Promise<SqlRow[]> {
    return this.guarded(() => this.prepare(text).all(...checked(values)));
  }

  /** One lookup a key is the fast form here: no round trip, and a list of any length. */
  async each(text: string, keys: readonly (string | number | Uint8Array)[]): Promise<SqlRow[]> {
    return this.guarded(() => {
      const lookup = this.prepare(text.replace('IN ($keys)', '= $1'));
      const found: SqlRow[] = [];
      for (const key of new Set(keys)) found.push(...lookup.all(key));
      return found;
    });
  }

  async run(text: string, ...values: Cell[]): Promise<number> {
    return this.guarded(() => this.prepare(text).run(...checked(values)).changes);
  }

  prepare(text: string): Sqlite.Statement<Cell[], SqlRow> {
    const known = this.#prepared.get(text);
    if (known) return known;
    const statement = this.#db.prepare<Cell[], SqlRow>(text.replace(/\$\d+/g, '?'));
    this.#prepared.set(text, statement);
    return statement;
  }

  guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#fail(error);
    }
  }
}

function checked(values: Cell[]): Cell[] {
  for (const value of values) checkCell(value);
  return values;
}
