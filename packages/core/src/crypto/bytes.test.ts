import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, decodeHex, decodeUtf8, encodeUtf8, equalBytes, toHex } from './bytes.ts';

describe('bytes', () => {
  it('are strict UTF-8: nothing is mended, nothing vanishes', () => {
    const refused = ['c0af', 'eda0bd', 'c3', '80', 'ff', 'f4908080', 'e28082e2', 'f0808080'];
    for (const hex of refused) expect(decodeUtf8(decodeHex(hex) ?? new Uint8Array())).toBeUndefined();
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => decodeUtf8(encodeUtf8(text)) === text));
  });

  it('are lowercase hex or refused', () => {
    expect(decodeHex('00ff')).toEqual(Uint8Array.of(0, 255));
    expect(decodeHex('')).toEqual(new Uint8Array());
    for (const hex of ['0', '0G', 'FF', '0x00', '00\n', ' 00']) expect(decodeHex(hex)).toBeUndefined();
    expect(toHex(Uint8Array.of(1, 171))).toBe('01ab');
    for (const length of [0, 1_023, 1_024, 1_025, 4_097]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 151) % 256);
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
    }
  });

  it('are joined and compared', () => {
    expect(concatBytes(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3));
    expect(concatBytes()).toEqual(new Uint8Array());
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false);
  });
});
