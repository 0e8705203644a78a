/** Content that is not personal, by its SHA-256: the files of pacts. Durable before an entry names it. */
import { sha256Hex } from '@surety/core/crypto';
import type { DataOf } from '@surety/core/evidence';
import type { Store } from '../../store/port.ts';

type Blob = DataOf<'pact.proposed'>['files'][number]['content'];

const nameOf = (sha256: string): string => `blob/${sha256}`;

export const blobOf = (bytes: Uint8Array, media: string): Blob => ({
  blob: sha256Hex(bytes),
  bytes: bytes.length,
  media,
});

/** Keeps texts; those already there stay as they are. */
export async function keepBlobs(store: Store, texts: ReadonlyMap<string, string>): Promise<void> {
  await store.side(async (tx) => {
    for (const [sha256, text] of texts)
      if ((await tx.meta(nameOf(sha256))) === undefined) await tx.putMeta(nameOf(sha256), text);
  });
}

export const readBlob = (store: Store, sha256: string): Promise<string | undefined> => store.meta(nameOf(sha256));
