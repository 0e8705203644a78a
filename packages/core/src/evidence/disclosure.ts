/**
 * Salted commitments, which stand in entries in place of personal values, and the disclosures that open them:
 *
 *     commitment = SHA-256("surety.commitment.v1" || LF || salt || JCS([label, value]))
 */
import { z } from 'zod';
import {
  canonical,
  canonicalBytes,
  concatBytes,
  decodeUtf8,
  encodeUtf8,
  fromHex,
  parseStrict,
  type Sha256,
  sha256,
  toHex,
} from '../crypto/index.ts';
import { err, invariant, ok, type Result } from '../result.ts';
import { isJsonObject, type Json } from '../terms/json.ts';
import { Commitment } from './kinds/shapes.ts';
import { DEPTH_MAX, profileProblem } from './profile.ts';

export const DISCLOSURE_LIMITS = Object.freeze({ saltBytes: 32, valueBytesMax: 1_048_576 });

const hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const value = z.custom<Json>((given) => given !== undefined, 'any JSON');

export const Disclosure = z.strictObject({ commitment: hex32, label: z.string(), salt: hex32, value });
export type Disclosure = z.infer<typeof Disclosure>;

export interface DisclosureRefusal {
  readonly code: 'disclosure_malformed' | 'disclosure_mismatch';
  /** One sentence for a person. */
  readonly detail: string;
}

const PREFIX = encodeUtf8('surety.commitment.v1\n');

/** Six bytes are the most that one UTF-16 unit takes in canonical form: an escape such as `\\u0001`. */
const BYTES_A_UNIT = 6;

/** Whether a value is small enough to be disclosed: what is larger could be committed to and never be read again. */
export function isDisclosable(given: Json): boolean {
  if (typeof given === 'string' && given.length * BYTES_A_UNIT + 2 <= DISCLOSURE_LIMITS.valueBytesMax) return true;
  return canonicalBytes(given).length <= DISCLOSURE_LIMITS.valueBytesMax;
}

/** Binds a value without showing it. The salt is 32 random bytes, new for every commitment. */
export function commit(salt: Uint8Array, label: string, given: Json, sha: Sha256 = sha256): Commitment {
  invariant(salt.length === DISCLOSURE_LIMITS.saltBytes, 'a salt is 32 bytes');
  invariant(!profileProblem(given) && label.isWellFormed(), 'what is committed to is in the entry profile');
  return { commitment: toHex(sha(concatBytes(PREFIX, salt, canonicalBytes([label, given])))) };
}

/** The opening of a commitment; it lives outside the ledger. */
export function disclose(salt: Uint8Array, label: string, given: Json, sha: Sha256 = sha256): Disclosure {
  return { ...commit(salt, label, given, sha), label, salt: toHex(salt), value: given };
}

export const disclosureBytes = (disclosure: Disclosure): Uint8Array => canonicalBytes(disclosure);

/** Reads the canonical bytes of a disclosure and checks that it opens its commitment. */
export function readDisclosure(bytes: Uint8Array, sha: Sha256 = sha256): Result<Disclosure, DisclosureRefusal> {
  const text = decodeUtf8(bytes);
  if (text === undefined) return malformed('A disclosure is UTF-8.');
  const read = parseStrict(text, DEPTH_MAX + 1);
  if (!read.ok) return malformed(`A disclosure is JSON without surprises: ${read.error.code} at ${read.error.at}.`);
  const parsed = Disclosure.safeParse(read.value);
  if (!parsed.success) return malformed('A disclosure has commitment, label, salt and value, and nothing else.');
  if (canonical(read.value) !== text) return malformed('A disclosure is in canonical form (RFC 8785).');
  return checkDisclosure(parsed.data, sha);
}

/** Whether a disclosure opens the commitment it names. */
export function checkDisclosure(disclosure: Disclosure, sha: Sha256 = sha256): Result<Disclosure, DisclosureRefusal> {
  const { commitment, label, salt, value: given } = disclosure;
  if (profileProblem(given) || !label.isWellFormed()) return malformed('A disclosed value is in the entry profile.');
  if (!isDisclosable(given)) {
    return malformed(`A disclosed value has at most ${DISCLOSURE_LIMITS.valueBytesMax} bytes.`);
  }
  if (commit(fromHex(salt), label, given, sha).commitment === commitment) return ok(disclosure);
  return err({ code: 'disclosure_mismatch', detail: `This disclosure does not open ${commitment}.` });
}

/** Every commitment inside a value, in the order of its members. */
export function* commitmentsIn(given: Json): Generator<string> {
  if (Array.isArray(given)) {
    for (const member of given) yield* commitmentsIn(member);
  } else if (isJsonObject(given)) {
    const commitment = Commitment.safeParse(given);
    if (commitment.success) yield commitment.data.commitment;
    else for (const member of Object.values(given)) yield* commitmentsIn(member);
  }
}

const malformed = (detail: string) => err({ code: 'disclosure_malformed' as const, detail });
