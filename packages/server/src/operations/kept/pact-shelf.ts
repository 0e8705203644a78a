/** Compiled pacts by digest: rebuilt from their kept files, whose digest is checked again. */
import { encodeUtf8 } from '@surety/core/crypto';
import { loadPact, type Pact } from '@surety/core/pact';
import type { PactStanding } from '@surety/core/world';
import type { Store } from '../../store/port.ts';
import { readBlob } from './blobs.ts';

export class PactShelf {
  readonly #store: Store;
  readonly #pacts = new Map<string, Pact>();

  constructor(store: Store) {
    this.#store = store;
  }

  find(digest: string): Pact | undefined {
    return this.#pacts.get(digest);
  }

  put(pact: Pact): void {
    this.#pacts.set(pact.digest, pact);
  }

  async get(standing: PactStanding): Promise<Pact> {
    const known = this.#pacts.get(standing.digest);
    if (known) return known;
    const [main] = standing.files;
    const texts = await this.texts(standing);
    const loaded = loadPact(main?.path ?? '', encodeUtf8(texts.get(main?.path ?? '') ?? ''), (path) => {
      const text = texts.get(path);
      return text === undefined ? undefined : encodeUtf8(text);
    });
    if (loaded.pact?.digest !== standing.digest)
      throw new Error(`The kept files of the pact ${standing.digest} are no longer what was signed`);
    this.put(loaded.pact);
    return loaded.pact;
  }

  /** The files of a pact as text, its own first. */
  async texts({ files }: PactStanding): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    for (const { path, blob } of files) {
      const text = await readBlob(this.#store, blob);
      if (text !== undefined) texts.set(path, text);
    }
    return texts;
  }
}
