/** RFC 4648, section 4: base64 with padding, and canonical: one text for one byte string, every other is refused. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CODES = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const VALUES = new Uint8Array(128).fill(0xff);
CODES.forEach((code, value) => {
  VALUES[code] = value;
});

const letter = (value: number): string => ALPHABET.charAt(value & 63);

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  const whole = bytes.length - (bytes.length % 3);
  for (let i = 0; i < whole; i += 3) {
    const three = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    text += letter(three >> 18) + letter(three >> 12) + letter(three >> 6) + letter(three);
  }
  if (bytes.length - whole === 1) {
    const last = bytes[whole] as number;
    return `${text}${letter(last >> 2)}${letter(last << 4)}==`;
  }
  if (bytes.length - whole === 2) {
    const last = ((bytes[whole] as number) << 8) | (bytes[whole + 1] as number);
    return `${text}${letter(last >> 10)}${letter(last >> 4)}${letter(last << 2)}=`;
  }
  return text;
}

/** The bytes of canonical base64; `undefined` for missing padding, white space, other letters and spare bits that are set. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const letters = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < letters; i++) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? (VALUES[code] as number) : 0xff;
    if (value === 0xff) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
