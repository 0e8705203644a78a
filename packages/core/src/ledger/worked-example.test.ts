/** The worked example of the ledger's format, to the byte. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64, encodeUtf8, fromHex, toHex } from '../crypto/index.ts';
import { openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { cosignatureLine } from './note/note.ts';
import {
  COSIGNATURE,
  ED25519,
  formatPrivateKey,
  formatVkey,
  parsePrivateKey,
  parseVkey,
  privateKey,
} from './note/note-key.ts';
import { formatReceipt, parseReceipt, verifyReceipt } from './receipt.ts';
import { encodeBundle } from './tile/bundle.ts';
import { CompactRange } from './tree/compact-range.ts';
import { leafHash, nodeHash, rootOf } from './tree/merkle.ts';
import { proveInclusion } from './tree/prove.ts';

interface Example {
  readonly log_seed: string;
  readonly witness_seed: string;
  readonly log_name: string;
  readonly witness_name: string;
  readonly cosigned_at: number;
  readonly entries: readonly string[];
  readonly lengths: readonly number[];
  readonly bundle_starts: string;
  readonly leaves: readonly string[];
  readonly node_0_1: string;
  readonly root: string;
  readonly log_vkey: string;
  readonly witness_vkey: string;
  readonly checkpoint: string;
  readonly receipt_of_1: readonly string[];
}

const example = JSON.parse(
  readFileSync(new URL('../../../../fixtures/entries/worked-example.json', import.meta.url), 'utf8'),
) as Example;
const entries = example.entries.map(encodeUtf8);
const leaves = entries.map((entry) => leafHash(entry));
const log = privateKey(example.log_name, fromHex(example.log_seed), ED25519);
const witness = privateKey(example.witness_name, fromHex(example.witness_seed), COSIGNATURE);
const keys = [log.key, witness.key];

describe('the worked example', () => {
  it('has entries of these lengths in this bundle', () => {
    expect(entries.map(({ length }) => length)).toEqual(example.lengths);
    expect(toHex(encodeBundle(entries)).startsWith(example.bundle_starts)).toBe(true);
  });

  it('has these leaves, this node and this root', () => {
    expect(leaves.map(toHex)).toEqual(example.leaves);
    const [first, second, third] = leaves as [Uint8Array, Uint8Array, Uint8Array];
    expect(toHex(nodeHash(first, second))).toBe(example.node_0_1);
    expect(toHex(nodeHash(nodeHash(first, second), third))).toBe(example.root);
    expect(toHex(rootOf(leaves))).toBe(example.root);
    const range = new CompactRange();
    for (const leaf of leaves) range.append(leaf);
    expect(toHex(range.root())).toBe(example.root);
    expect(toHex(range.toBytes())).toBe(example.node_0_1 + example.leaves[2]);
  });

  it('has these keys', () => {
    expect(formatVkey(log.key)).toBe(example.log_vkey);
    expect(formatVkey(witness.key)).toBe(example.witness_vkey);
    for (const { key } of [log, witness]) expect(parseVkey(formatVkey(key))).toEqual({ ok: true, value: key });
    expect(parsePrivateKey(formatPrivateKey(log))).toEqual({ ok: true, value: log });
  });

  it('has this checkpoint, signed and cosigned', () => {
    const checkpoint = { origin: example.log_name, size: 3, root: fromHex(example.root) };
    const signed = signCheckpoint(checkpoint, [log]);
    const text = parseCheckpoint(signed);
    if (!text.ok) throw new Error(text.error.detail);
    const cosigned = signed + cosignatureLine(witness, text.value.text, example.cosigned_at);
    expect(cosigned).toBe(example.checkpoint);
    expect(openCheckpoint(example.checkpoint, keys)).toMatchObject({
      ok: true,
      value: { ...checkpoint, verified: [{ key: log.key }, { key: witness.key, time: example.cosigned_at }] },
    });
  });

  it('has this receipt of entry 1', () => {
    const proof = proveInclusion(leaves, 1);
    expect(proof.map(encodeBase64)).toEqual(example.receipt_of_1);
    const text = formatReceipt({ entry: entries[1], index: 1, proof, checkpoint: example.checkpoint });
    expect(text.split('\n').slice(0, 6)).toEqual([
      'c2sp.org/tlog-proof@v1',
      `extra ${encodeBase64(encodeUtf8(example.entries[1] as string))}`,
      'index 1',
      ...example.receipt_of_1,
      '',
    ]);
    const receipt = parseReceipt(text);
    if (!receipt.ok) throw new Error(receipt.error.detail);
    expect(verifyReceipt(receipt.value, { keys })).toMatchObject({ ok: true, value: { index: 1, entry: entries[1] } });
    expect(decodeBase64(example.receipt_of_1[0] as string)).toEqual(leaves[0]);
  });
});
