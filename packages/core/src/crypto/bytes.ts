/** Bytes and their texts: UTF-8 (strict), hex, without anything of a platform. */
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

export const encodeUtf8 = (text: string): Uint8Array => utf8ToBytes(text);
export const toHex = (bytes: Uint8Array): string => bytesToHex(bytes);
export const fromHex = (hex: string): Uint8Array => hexToBytes(hex);

/** The text of UTF-8 bytes; `undefined` where they are not UTF-8 (overlong forms and surrogates included). */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const parts: string[] = [];
  let units: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const read = codePointAt(bytes, i);
    if (!read) return undefined;
    units.push(read.point);
    i += read.size;
    if (units.length >= 8_192) {
      parts.push(String.fromCodePoint(...units));
      units = [];
    }
  }
  return parts.join('') + String.fromCodePoint(...units);
}

/** Least code point that a sequence of so many bytes may stand for. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000] as const;

function codePointAt(bytes: Uint8Array, at: number): { point: number; size: number } | undefined {
  const first = bytes[at] as number;
  if (first < 0x80) return { point: first, size: 1 };
  const size =
    first >= 0xf0 && first < 0xf8 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0;
  if (size === 0) return undefined;
  let point = first & (0xff >> (size + 1));
  for (let k = 1; k < size; k++) {
    const next = bytes[at + k];
    if (next === undefined || (next & 0xc0) !== 0x80) return undefined;
    point = (point << 6) | (next & 0x3f);
  }
  const isValid = point >= (LEAST[size] as number) && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return isValid ? { point, size } : undefined;
}
