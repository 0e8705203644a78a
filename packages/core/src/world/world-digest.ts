/** One digest of everything that entries give: whoever folds them anywhere gets the same 64 hex digits. */
import { canonical, encodeUtf8, sha256Hex } from '../crypto/index.ts';
import type { Placed } from '../evidence/kinds.ts';
import { fold } from './fold.ts';
import { toPieces, World } from './world.ts';

export function worldDigest(world: World): string {
  const text = [...toPieces(world)].map((piece) => canonical(piece)).join('\n');
  return sha256Hex(encodeUtf8(text));
}

/** As a buyer recomputes it, in Node or a browser: parsed entries, from the first one on. */
export function digestOfEntries(entries: Iterable<Placed>): string {
  const world = new World();
  for (const entry of entries) fold(world, entry);
  return worldDigest(world);
}
