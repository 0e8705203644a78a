/** What the sample desk must know after a restart, in a file beside its ledger; that file also marks the folder as a sample. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Args, ToolName } from './shop.ts';
import type { AgentName, Visit } from './visit.ts';

/** An act that waited for a person when it was written down. */
export interface Parked {
  readonly agent: AgentName;
  readonly id: string;
  readonly n: number;
  readonly customer: Visit['customer'];
  readonly action: string;
  readonly no: number;
  readonly call_id: string;
  readonly tool: ToolName;
  readonly args: Args;
  readonly bad: string | null;
}

export interface Pages {
  readonly says: string;
  readonly seed: number;
  /** When the history begins, in milliseconds. */
  readonly begins: number;
  /** Visits of the history. */
  readonly visits: number;
  /** The next visit's number; those before have begun. */
  next: number;
  /** The next number of a visit that somebody asked for. */
  asked: number;
  keys: Readonly<Record<string, string>>;
  parked: readonly Parked[];
  /** Whether a worse model stands behind bolt. */
  isWorse: boolean;
}

const FILE = 'sample-desk.json';
const SAYS = 'Everything in this folder is sample data: no customer, order or agent in it exists.';

export class Diary {
  readonly pages: Pages;
  readonly #path: string;

  private constructor(path: string, pages: Pages) {
    this.#path = path;
    this.pages = pages;
  }

  static find(folder: string): Diary | undefined {
    const path = join(folder, FILE);
    if (!existsSync(path)) return undefined;
    return new Diary(path, JSON.parse(readFileSync(path, 'utf8')) as Pages);
  }

  static begin(folder: string, { seed, begins, visits }: Pick<Pages, 'seed' | 'begins' | 'visits'>): Diary {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const diary = new Diary(join(folder, FILE), {
      says: SAYS,
      seed,
      begins,
      visits,
      next: 0,
      asked: 0,
      keys: {},
      parked: [],
      isWorse: false,
    });
    diary.write();
    return diary;
  }

  /** It holds keys of the API: for this user alone. */
  write(): void {
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(this.pages, null, 1)}\n`, { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }
}
