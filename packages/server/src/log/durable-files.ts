/** Files that have to be there after a crash: their bytes are synced, then their name in its folder. */
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export async function writeAndSync(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  await using(await open(path, 'w', mode), async (file) => {
    await file.writeFile(content);
    await file.sync();
  });
}

export async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders; there a rename is durable with the file.
  if (process.platform === 'win32') return;
  await using(await open(path, 'r'), (folder) => folder.sync());
}

/** How many files wait for the disk at once: one sync is slow, many together are not. */
const WINDOW = 16;

/** A new folder full of files; nothing of it is certain before `finish`. */
export class DurableTree {
  readonly #root: string;
  readonly #folders = new Map<string, Promise<unknown>>();
  readonly #writing = new Set<Promise<void>>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Resolves as soon as there is room for the next; a failure is told by a later call or by `finish`. */
  async write(path: string, content: string | Uint8Array): Promise<void> {
    const whole = join(this.#root, path);
    await this.#makeFolder(dirname(whole));
    const writing = writeAndSync(whole, content, 0o644).then(() => {
      this.#writing.delete(writing);
    });
    // Without this a failure before anybody waits for it would end the process.
    writing.catch(() => undefined);
    this.#writing.add(writing);
    if (this.#writing.size >= WINDOW) await Promise.race(this.#writing);
  }

  async finish(): Promise<void> {
    await Promise.all(this.#writing);
    // Children first: a folder's name is in the one above.
    const folders = [...this.#folders.keys()].sort((a, b) => b.length - a.length);
    for (const folder of folders) await syncFolder(folder);
  }

  #makeFolder(folder: string): Promise<unknown> {
    const known = this.#folders.get(folder);
    if (known) return known;
    const made = folder === this.#root ? mkdir(folder) : this.#makeFolder(dirname(folder)).then(() => mkdir(folder));
    this.#folders.set(folder, made);
    return made;
  }
}

async function using(file: FileHandle, run: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    await run(file);
  } finally {
    await file.close();
  }
}
