/** Bytes and their texts: UTF-8 (strict) and hex. Nothing of a platform but the two text coders every one has. */
import { hexToBytes } from '@noble/hashes/utils.js';

declare class TextEncoder {
  encode(text: string): Uint8Array;
  encodeInto(text: string, into: Uint8Array): { readonly written: number };
}
declare class TextDecoder {
  constructor(label: string, options: { readonly fatal: boolean; readonly ignoreBOM: boolean });
  decode(bytes: Uint8Array): string;
}

const encoder = new TextEncoder();
// `ignoreBOM` keeps a byte order mark as a character: nothing may vanish between bytes and text.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Where short texts are written first: several times cheaper than an array of the coder's own. */
const scratch = new Uint8Array(12_288);

export const encodeUtf8 = (text: string): Uint8Array =>
  text.length * 3 > scratch.length ? encoder.encode(text) : scratch.slice(0, encoder.encodeInto(text, scratch).written);

/** The text of UTF-8 bytes; `undefined` where they are not UTF-8 (overlong forms and surrogates included). */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

const DIGITS = [...'0123456789abcdef'].map((digit) => digit.charCodeAt(0));
/** A call takes no more arguments than an engine's stack has room for. */
const BYTES_AT_ONCE = 1_024;

/** Made in one piece: a text that is put together digit by digit is copied once more when it is first looked up. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += BYTES_AT_ONCE) {
    const part = Math.min(BYTES_AT_ONCE, bytes.length - from);
    const codes = new Array<number>(part * 2);
    for (let i = 0; i < part; i++) {
      const byte = bytes[from + i] as number;
      codes[i * 2] = DIGITS[byte >> 4] as number;
      codes[i * 2 + 1] = DIGITS[byte & 15] as number;
    }
    text += String.fromCharCode.apply(null, codes);
  }
  return text;
}
export const fromHex = (hex: string): Uint8Array => hexToBytes(hex);

/** The bytes of lowercase hex from outside; `undefined` where it is anything else. */
export const decodeHex = (hex: string): Uint8Array | undefined =>
  /^(?:[0-9a-f]{2})*$/.test(hex) ? hexToBytes(hex) : undefined;

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const part of parts) size += part.length;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Whether two byte strings are equal, in a time that depends on their lengths alone. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}
