/** Committed draws: a seed is sealed before the week, revealed after it; nobody selects, and anybody can draw again. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, encodeUtf8, toHex } from '../crypto/bytes.ts';

/** `active` audits judges, `uniform` proves promotion, `double` asks a second person. */
export type DrawPurpose = 'active' | 'uniform' | 'double';

const TWO_48 = 281474976710656;

/** The seed of a lane and week, and the witnessed root after its commitment (empty where there is no witness). */
export interface DrawSource {
  readonly seed: Uint8Array;
  readonly root: Uint8Array;
}

/** What is entered before the week’s first conversation: SHA-256(seed), in hex. */
export const commitment = (seed: Uint8Array): string => toHex(sha256(seed));

/**
 * The draw of one item, a whole number below 2⁴⁸.
 *
 *   the first 6 bytes, big-endian, of HMAC-SHA256(SHA-256(seed ‖ root), purpose + "\n" + id)
 */
export function draw({ seed, root }: DrawSource, purpose: DrawPurpose, id: string): number {
  const bytes = hmac(sha256, sha256(concatBytes(seed, root)), encodeUtf8(`${purpose}\n${id}`));
  return bytes.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Whether a draw falls within the share π: below floor(π·2⁴⁸). */
export const isDrawn = (drawn: number, pi: number): boolean => drawn < Math.floor(pi * TWO_48);

/**
 * The uniform audits of a week that has ended, in the order of their draws (equal draws by id): all within the share
 * and, where those are too few, the next ones. A prefix of a random order is uniform given its length.
 */
export function uniformAudits(
  source: DrawSource,
  ids: readonly string[],
  pi: number,
  atLeast: number,
): readonly string[] {
  const draws = ids
    .map((id) => ({ id, drawn: draw(source, 'uniform', id) }))
    .sort((a, b) => a.drawn - b.drawn || (a.id < b.id ? -1 : 1));
  return draws.filter(({ drawn }, rank) => rank < atLeast || isDrawn(drawn, pi)).map(({ id }) => id);
}
