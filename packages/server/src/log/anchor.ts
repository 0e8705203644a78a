/** The anchor (ledger, section 7.2): the last checkpoint, kept outside the database, so that an old backup is noticed. */
import { readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseCheckpoint } from '@surety/core/ledger';
import { syncFolder, writeAndSync } from './durable-files.ts';
import { LogError } from './log-error.ts';

const INTERVAL_MS = 1_000;

/** The checkpoint of an anchor's file; `undefined` where there is none yet. */
export function readAnchor(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new LogError('anchor_damaged', `${path} cannot be read: give Surety's user the right to.`, undefined, error);
  }
}

/**
 * Keeps the newest committed checkpoint, at most once a second and at shutdown.
 * @example anchor.keep(head.checkpoint); …; await anchor.flush();
 */
export class Anchor {
  readonly #path: string;
  readonly #now: () => number;
  #newest: { readonly size: number; readonly note: string } | undefined;
  #written = -1;
  #writtenAt = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> | undefined;
  #broken: LogError | undefined;

  /** `now` gives milliseconds of a clock that does not go back. */
  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
  }

  /** Remembers a checkpoint, and writes it where the last one is a second old. Only for what is committed. */
  async keep(checkpoint: string): Promise<void> {
    const parsed = parseCheckpoint(checkpoint);
    if (!parsed.ok) throw new LogError('bad_checkpoint', `An anchor is a checkpoint. ${parsed.error.detail}`);
    const { size } = parsed.value;
    if (size <= (this.#newest?.size ?? this.#written)) return;
    this.#newest = { size, note: checkpoint };
    if (this.#writing || this.#now() - this.#writtenAt < INTERVAL_MS) return;
    await this.#write();
  }

  /** Writes what is not written yet. */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#newest && this.#newest.size > this.#written) await this.#write();
  }

  #write(): Promise<void> {
    this.#writing = this.#replace().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #replace(): Promise<void> {
    // fsync is never tried twice: the kernel may have dropped the pages, and the second would succeed.
    if (this.#broken) throw this.#broken;
    const { size, note } = this.#newest as { size: number; note: string };
    this.#writtenAt = this.#now();
    try {
      await replaceDurably(this.#path, note);
      this.#written = size;
    } catch (error) {
      this.#broken = new LogError('durability', `The anchor ${this.#path} cannot be written.`, undefined, error);
      throw this.#broken;
    }
  }
}

async function replaceDurably(path: string, text: string): Promise<void> {
  await writeAndSync(`${path}.new`, text);
  await rename(`${path}.new`, path);
  await syncFolder(dirname(path));
}
