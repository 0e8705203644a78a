import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase64, encodeUtf8 } from '../crypto/index.ts';
import { signCheckpoint } from './checkpoint.ts';
import { privateKey } from './note/note-key.ts';
import { formatReceipt, parseReceipt, type ReceiptTrust, verifyReceipt } from './receipt.ts';
import { leafHash, rootOf } from './tree/merkle.ts';
import { proveInclusion } from './tree/prove.ts';

const log = privateKey('log.example.com', new Uint8Array(32).fill(1));
const ENTRIES = Array.from({ length: 7 }, (_, i) => encodeUtf8(`{"entry":${i}}`));
const LEAVES = ENTRIES.map((entry) => leafHash(entry));
const signed = (size: number, from = LEAVES): string =>
  signCheckpoint({ origin: 'log.example.com', size, root: rootOf(from.slice(0, size)) }, [log]);
const receiptOf = (index: number, size = 7, entry = ENTRIES[index]): string =>
  formatReceipt({ entry, index, proof: proveInclusion(LEAVES, index, size), checkpoint: signed(size) });

function codeOf(text: string, trust: Partial<ReceiptTrust> = {}): string {
  const receipt = parseReceipt(text);
  if (!receipt.ok) return receipt.error.code;
  const verified = verifyReceipt(receipt.value, { keys: [log.key], ...trust });
  return verified.ok ? `entry ${verified.value.index} of ${verified.value.checkpoint.size}` : verified.error.code;
}

describe('a receipt', () => {
  it('of any entry at any size proves it', () => {
    for (let size = 1; size <= 7; size++) {
      for (let index = 0; index < size; index++) {
        expect(codeOf(receiptOf(index, size))).toBe(`entry ${index} of ${size}`);
      }
    }
  });

  it('without its entry proves the one that is given', () => {
    const bare = formatReceipt({ index: 2, proof: proveInclusion(LEAVES, 2), checkpoint: signed(7) });
    expect(codeOf(bare)).toBe('receipt_entry');
    expect(codeOf(bare, { entry: ENTRIES[2] })).toBe('entry 2 of 7');
    expect(codeOf(bare, { entry: ENTRIES[3] })).toBe('receipt_proof');
    expect(codeOf(receiptOf(2), { entry: ENTRIES[2] })).toBe('entry 2 of 7');
    expect(codeOf(receiptOf(2), { entry: ENTRIES[3] })).toBe('receipt_entry');
  });

  it('proves nothing for another entry, another index, another tree or an unknown log', () => {
    expect(codeOf(receiptOf(2, 7, ENTRIES[3]))).toBe('receipt_proof');
    expect(codeOf(receiptOf(2).replace('index 2', 'index 3'))).toBe('receipt_proof');
    expect(codeOf(receiptOf(2).replace('index 2', 'index 7'))).toBe('receipt_proof');
    expect(codeOf(receiptOf(2).replace(signed(7), signed(7, [...LEAVES].reverse())))).toBe('receipt_proof');
    expect(codeOf(receiptOf(2), { keys: [] })).toBe('log_signature_missing');
  });

  const lines = receiptOf(2).split('\n');
  const without = (at: number): string => lines.filter((_, i) => i !== at).join('\n');
  const hash = encodeBase64(new Uint8Array(32));
  it.each<[string, string]>([
    ['no header', without(0)],
    ['another version', receiptOf(2).replace('@v1', '@v2')],
    ['no index', without(2)],
    ['an index with a leading zero', receiptOf(2).replace('index 2', 'index 02')],
    ['an index that is not safe', receiptOf(2).replace('index 2', 'index 9007199254740992')],
    ['a short hash', receiptOf(2).replace(lines[3] as string, encodeBase64(new Uint8Array(31)))],
    ['a hash that is not base64', receiptOf(2).replace(lines[3] as string, '?')],
    ['64 hashes', receiptOf(2).replace(lines[3] as string, Array(62).fill(hash).join('\n'))],
    ['extra that is not base64', receiptOf(2).replace(lines[1] as string, 'extra ?')],
    ['extra after its index', [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n')],
    ['no empty line', receiptOf(2).replaceAll('\n\n', '\n')],
    ['a carriage return', receiptOf(2).replace('@v1\n', '@v1\r\n')],
    ['nothing', ''],
  ])('with %s is malformed', (_, text) => {
    expect(codeOf(text)).toBe('receipt_malformed');
  });

  it('proves nothing after any one character is changed', () => {
    const text = receiptOf(2);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('A', 'z', '0', '3', '\n', ' ', '='), (at, letter) => {
        fc.pre(text[at] !== letter);
        expect(codeOf(text.slice(0, at) + letter + text.slice(at + 1))).not.toMatch(/^entry/);
      }),
      { numRuns: 400, seed: 7 },
    );
  });
});
