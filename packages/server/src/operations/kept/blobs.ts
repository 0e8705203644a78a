/** Content that is not personal, by its SHA-256: the files of pacts. Durable before an entry names it. */
import { decodeUtf8, encodeUtf8, sha256Hex } from '@surety/core/crypto';
import type { DataOf } from '@surety/core/evidence';
import type { Store } from '../../store/port.ts';

type Blob = DataOf<'pact.proposed'>['files'][number]['content'];

export const blobOf = (bytes: Uint8Array, media: string): Blob => ({
  blob: sha256Hex(bytes),
  bytes: bytes.length,
  media,
});

/** Keeps texts; those already there stay as they are. */
export async function keepBlobs(store: Store, texts: ReadonlyMap<string, string>): Promise<void> {
  await store.side(async (tx) => {
    for (const [sha256, text] of texts) await tx.putBlob(sha256, encodeUtf8(text));
  });
}

export async function readBlob(store: Store, sha256: string): Promise<string | undefined> {
  const bytes = await store.blob(sha256);
  return bytes && decodeUtf8(bytes);
}
