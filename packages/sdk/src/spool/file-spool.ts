/**
 * A spool in one file of JSON lines, appended and synced before anything is sent: `{"id", "letter"}` for what is kept,
 * `{"done"}` for what was delivered. Torn last lines are what a kill leaves, and are skipped. One process at a time.
 */
import { type Kept, type Letter, SPOOL_LIMITS, type Spool, type SpoolLimits } from './spool.ts';

type Fs = typeof import('node:fs');

/** Below this a file full of delivered letters is not worth writing anew. */
const COMPACT_BYTES = 1_048_576;
const open = new Set<string>();

export function openFileSpool(path: string, limits: SpoolLimits = SPOOL_LIMITS): Spool {
  const { fs, resolve } = builtins();
  const file = resolve(path);
  const release = lock(fs, file);
  try {
    return new FileSpool(fs, file, limits, release);
  } catch (error) {
    release();
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The spool ${file} cannot be read and written: ${why}; name a file`);
  }
}

/** Asked of the process, so that nothing but a spool in a file needs Node. */
function builtins(): { readonly fs: Fs; readonly resolve: (path: string) => string } {
  const load = globalThis.process?.getBuiltinModule;
  if (!load) throw new Error('A spool in a file needs Node; leave `spool` out to keep reports in memory');
  return { fs: load('node:fs'), resolve: load('node:path').resolve };
}

class FileSpool implements Spool {
  readonly #fs: Fs;
  readonly #path: string;
  readonly #limits: SpoolLimits;
  readonly #release: () => void;
  readonly #kept = new Map<number, { readonly letter: Letter; readonly bytes: number }>();
  #file: number;
  #next = 1;
  /** Of what is kept, and of the whole file with what was delivered. */
  #bytes = 0;
  #written = 0;
  #torn = false;

  constructor(fs: Fs, path: string, limits: SpoolLimits, release: () => void) {
    this.#fs = fs;
    this.#path = path;
    this.#limits = limits;
    this.#release = release;
    this.#read();
    this.#file = this.#rewrite();
  }

  get size(): number {
    return this.#kept.size;
  }

  add(letter: Letter): boolean {
    const id = this.#next;
    const line = `${JSON.stringify({ id, letter })}\n`;
    if (this.#kept.size >= this.#limits.lettersMax || this.#bytes + line.length > this.#limits.bytesMax) return false;
    this.#next++;
    this.#keep(id, letter, line.length);
    // Kept in memory first: a full disk loses what a kill would, and nothing else.
    this.#write(line);
    this.#fs.fsyncSync(this.#file);
    return true;
  }

  first(): Kept | undefined {
    for (const [id, { letter }] of this.#kept) return { id, letter };
    return undefined;
  }

  done(id: number): void {
    const bytes = this.#kept.get(id)?.bytes;
    if (bytes === undefined) return;
    this.#kept.delete(id);
    this.#bytes -= bytes;
    // Not synced: a delivery that is forgotten happens once more, and the gate knows it again.
    if (this.#kept.size > 0) this.#write(`${JSON.stringify({ done: id })}\n`);
    else {
      this.#fs.ftruncateSync(this.#file, 0);
      this.#written = 0;
    }
    if (this.#written > COMPACT_BYTES && this.#written > 4 * this.#bytes) {
      const old = this.#file;
      this.#file = this.#rewrite();
      this.#fs.closeSync(old);
    }
  }

  close(): void {
    this.#fs.closeSync(this.#file);
    this.#release();
  }

  #keep(id: number, letter: Letter, bytes: number): void {
    this.#kept.set(id, { letter, bytes });
    this.#bytes += bytes;
  }

  #write(line: string): void {
    // A torn line of an earlier failure would swallow this one.
    const text = this.#torn ? `\n${line}` : line;
    this.#torn = true;
    this.#fs.writeFileSync(this.#file, text);
    this.#torn = false;
    this.#written += text.length;
  }

  #read(): void {
    if (!this.#fs.existsSync(this.#path)) return;
    for (const line of this.#fs.readFileSync(this.#path, 'utf8').split('\n')) {
      const value = lineOf(line);
      if (typeof value?.id === 'number' && typeof value.letter === 'object' && value.letter) {
        this.#keep(value.id, value.letter, line.length + 1);
        this.#next = Math.max(this.#next, value.id + 1);
      } else if (typeof value?.done === 'number') {
        this.#bytes -= this.#kept.get(value.done)?.bytes ?? 0;
        this.#kept.delete(value.done);
      }
    }
  }

  /** What is still kept, in a new file that takes the old one's place at once. Personal: readable to its owner alone. */
  #rewrite(): number {
    const fs = this.#fs;
    const lines = [...this.#kept].map(([id, { letter }]) => `${JSON.stringify({ id, letter })}\n`).join('');
    const fresh = fs.openSync(`${this.#path}.new`, 'w', 0o600);
    fs.writeFileSync(fresh, lines);
    fs.fsyncSync(fresh);
    fs.closeSync(fresh);
    fs.renameSync(`${this.#path}.new`, this.#path);
    this.#written = lines.length;
    return fs.openSync(this.#path, 'a', 0o600);
  }
}

function lineOf(line: string): { id?: unknown; letter?: Letter; done?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A file beside it with the process's number; one that is left over from a process that is gone is taken over. */
function lock(fs: Fs, path: string): () => void {
  const file = `${path}.lock`;
  const inUse = (by: string) => new Error(`The spool ${path} is in use by ${by}; give each client a file of its own`);
  if (open.has(path)) throw inUse('another client of this process');
  for (let isLast = false; ; isLast = true) {
    try {
      fs.writeFileSync(file, `${process.pid}`, { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isThere) throw new Error(`The spool ${path} cannot be written: ${error instanceof Error && error.message}`);
      const holder = Number(fs.readFileSync(file, 'utf8'));
      if (isLast || (holder !== process.pid && isAlive(holder))) throw inUse(`process ${holder}`);
      fs.rmSync(file, { force: true });
    }
  }
  open.add(path);
  return () => {
    open.delete(path);
    fs.rmSync(file, { force: true });
  };
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
