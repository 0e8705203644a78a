/**
 * Cosignatures of witnesses (C2SP tlog-cosignature, type 0x04):
 *
 *     message   = "cosignature/v1" LF "time " seconds LF checkpoint text
 *     signature = uint64 big-endian seconds || Ed25519(message)
 */
import { concatBytes, type Ed25519, encodeUtf8, nobleEd25519 } from '../../crypto/index.ts';
import { invariant } from '../../result.ts';

const TIME_BYTES = 8;
export const COSIGNATURE_BYTES = TIME_BYTES + 64;

/** `seconds` is POSIX time and not 0. */
export function cosign(seed: Uint8Array, text: string, seconds: number, ed25519: Ed25519 = nobleEd25519): Uint8Array {
  invariant(Number.isSafeInteger(seconds) && seconds > 0, 'a cosignature has a time after 1970');
  return concatBytes(timeBytes(seconds), ed25519.sign(seed, messageOf(text, seconds)));
}

/** The time of a cosignature, in seconds; `undefined` where it does not verify. */
export function verifyCosignature(
  publicKey: Uint8Array,
  text: string,
  signature: Uint8Array,
  ed25519: Ed25519 = nobleEd25519,
): number | undefined {
  if (signature.length !== COSIGNATURE_BYTES) return undefined;
  let seconds = 0;
  for (const byte of signature.subarray(0, TIME_BYTES)) seconds = seconds * 256 + byte;
  // A time of 0 would be a signature that can be kept back and shown whenever it suits.
  if (!Number.isSafeInteger(seconds) || seconds === 0) return undefined;
  const isGood = ed25519.verify(publicKey, messageOf(text, seconds), signature.subarray(TIME_BYTES));
  return isGood ? seconds : undefined;
}

const messageOf = (text: string, seconds: number): Uint8Array => encodeUtf8(`cosignature/v1\ntime ${seconds}\n${text}`);

function timeBytes(seconds: number): Uint8Array {
  const bytes = new Uint8Array(TIME_BYTES);
  for (let i = TIME_BYTES - 1, rest = seconds; rest > 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}
