import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, encodeUtf8, sha256, toHex } from '../../crypto/index.ts';
import { CompactRange } from './compact-range.ts';
import { emptyRoot, joinRoots, leafHash, nodeHash, rootOf } from './merkle.ts';
import { planConsistency, planInclusion, planRoot } from './plan.ts';
import { proveConsistency, proveInclusion } from './prove.ts';
import { levelWithin, parseSize, splitOf } from './size.ts';
import { verifyConsistency, verifyInclusion } from './verify-proof.ts';

const MAX = 140;
/** The leaves of every tree here: the hashes of the texts 0, 1, 2 and so on. */
const LEAVES = Array.from({ length: MAX }, (_, i) => leafHash(encodeUtf8(String(i))));
const first = (size: number): Uint8Array[] => LEAVES.slice(0, size);
const ROOTS = Array.from({ length: MAX + 1 }, (_, size) => mth(first(size)));
const rootAt = (size: number): Uint8Array => ROOTS[size] as Uint8Array;
const leafAt = (index: number): Uint8Array => LEAVES[index] as Uint8Array;

/** The definitions of RFC 6962, letter for letter and slow. */
function mth(d: readonly Uint8Array[]): Uint8Array {
  if (d.length === 0) return sha256(new Uint8Array());
  if (d.length === 1) return d[0] as Uint8Array;
  const k = below(d.length);
  return sha256(concatBytes(Uint8Array.of(1), mth(d.slice(0, k)), mth(d.slice(k))));
}
function path(m: number, d: readonly Uint8Array[]): Uint8Array[] {
  if (d.length === 1) return [];
  const k = below(d.length);
  return m < k ? [...path(m, d.slice(0, k)), mth(d.slice(k))] : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
}
function subproof(m: number, d: readonly Uint8Array[], b: boolean): Uint8Array[] {
  if (m === d.length) return b ? [] : [mth(d)];
  const k = below(d.length);
  if (m <= k) return [...subproof(m, d.slice(0, k), b), mth(d.slice(k))];
  return [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
}
function below(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

const inTree = fc
  .integer({ min: 1, max: MAX })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1) }));
const twoSizes = fc
  .integer({ min: 1, max: MAX })
  .chain((size) => fc.record({ size: fc.constant(size), old: fc.integer({ min: 1, max: size }) }));
const flipped = (hash: Uint8Array, bit: number): Uint8Array =>
  hash.map((byte, i) => (i === (bit >> 3) % hash.length ? byte ^ (1 << (bit & 7)) : byte));

describe('a tree', () => {
  it('has the root of the definition, at once and leaf by leaf', () => {
    const range = new CompactRange();
    for (let size = 0; size <= MAX; size++) {
      expect(rootOf(first(size))).toEqual(rootAt(size));
      expect(range.root()).toEqual(rootAt(size));
      expect(range.size).toBe(size);
      if (size < MAX) range.append(leafAt(size));
    }
    expect(rootOf([])).toEqual(emptyRoot());
  });

  it('has the roots of the fixture', () => {
    const url = new URL('../../../../../fixtures/merkle/roots.json', import.meta.url);
    const { roots } = JSON.parse(readFileSync(url, 'utf8')) as { roots: { size: number; root: string }[] };
    const range = new CompactRange();
    for (const { size, root } of roots) {
      while (range.size < size) range.append(leafHash(encodeUtf8(String(range.size))));
      expect(toHex(range.root())).toBe(root);
    }
  });

  it('goes on from the bytes of its frontier', () => {
    fc.assert(
      fc.property(twoSizes, ({ old, size }) => {
        const range = new CompactRange();
        for (const leaf of first(old)) range.append(leaf);
        const again = CompactRange.fromBytes(old, range.toBytes());
        const clone = range.clone();
        for (const leaf of LEAVES.slice(old, size)) again?.append(leaf);
        expect(again?.root()).toEqual(rootAt(size));
        expect(clone.root()).toEqual(rootAt(old));
        expect(CompactRange.fromBytes(old, range.toBytes().subarray(1))).toBeUndefined();
      }),
      { seed: 7 },
    );
    expect(CompactRange.fromBytes(3, new Uint8Array(32))).toBeUndefined();
    expect(CompactRange.fromBytes(1.5, new Uint8Array(32))).toBeUndefined();
    expect(CompactRange.fromBytes(0, new Uint8Array())?.root()).toEqual(emptyRoot());
  });

  it('does not share what it holds with its clone', () => {
    const range = new CompactRange();
    range.append(leafAt(0));
    const clone = range.clone();
    clone.append(leafAt(1));
    expect([range.size, clone.size]).toEqual([1, 2]);
    expect(range.root()).toEqual(rootAt(1));
  });
});

describe('an inclusion proof', () => {
  it('of any leaf of any tree is that of the definition, and proves', () => {
    fc.assert(
      fc.property(inTree, ({ index, size }) => {
        const proof = proveInclusion(LEAVES, index, size);
        expect(proof).toEqual(path(index, first(size)));
        expect(verifyInclusion({ index, size, leaf: leafAt(index), root: rootAt(size), proof })).toBe(true);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('fails when any bit of leaf, root or proof is another, at another index, and with a hash more or less', () => {
    fc.assert(
      fc.property(inTree, fc.nat(255), fc.nat(), ({ index, size }, bit, k) => {
        const proof = proveInclusion(LEAVES, index, size);
        const claim = { index, size, leaf: leafAt(index), root: rootAt(size), proof };
        const at = k % Math.max(1, proof.length);
        const refused = [
          { ...claim, leaf: flipped(claim.leaf, bit) },
          { ...claim, root: flipped(claim.root, bit) },
          ...(proof.length > 0 ? [{ ...claim, proof: proof.map((h, i) => (i === at ? flipped(h, bit) : h)) }] : []),
          ...(proof.length > 0 ? [{ ...claim, proof: proof.slice(1) }] : []),
          { ...claim, proof: [...proof, leafAt(0)] },
          { ...claim, proof: proof.length > 0 ? proof.map((h) => h.subarray(1)) : [new Uint8Array(31)] },
          ...(size > 1 ? [{ ...claim, index: (index + 1) % size }] : []),
          { ...claim, index: size },
        ];
        for (const other of refused) expect(verifyInclusion(other)).toBe(false);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s as index or size', (number) => {
    const claim = { index: 0, size: 1, leaf: leafAt(0), root: rootAt(1), proof: [] };
    expect(verifyInclusion(claim)).toBe(true);
    expect(verifyInclusion({ ...claim, index: number })).toBe(false);
    expect(verifyInclusion({ ...claim, size: number })).toBe(false);
  });
});

describe('a consistency proof', () => {
  it('of any two sizes is that of the definition, and proves', () => {
    fc.assert(
      fc.property(twoSizes, ({ old, size }) => {
        const proof = proveConsistency(LEAVES, old, size);
        expect(proof).toEqual(subproof(old, first(size), true));
        const claim = { oldSize: old, newSize: size, oldRoot: rootAt(old), newRoot: rootAt(size), proof };
        expect(verifyConsistency(claim)).toBe(true);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it('fails when any bit of a root or the proof is another, and with a hash more or less', () => {
    fc.assert(
      fc.property(twoSizes, fc.nat(255), fc.nat(), ({ old, size }, bit, k) => {
        const proof = proveConsistency(LEAVES, old, size);
        const claim = { oldSize: old, newSize: size, oldRoot: rootAt(old), newRoot: rootAt(size), proof };
        const at = k % Math.max(1, proof.length);
        const refused = [
          { ...claim, oldRoot: flipped(claim.oldRoot, bit) },
          { ...claim, newRoot: flipped(claim.newRoot, bit) },
          ...(proof.length > 0 ? [{ ...claim, proof: proof.map((h, i) => (i === at ? flipped(h, bit) : h)) }] : []),
          ...(proof.length > 0 ? [{ ...claim, proof: proof.slice(1) }] : []),
          { ...claim, proof: [...proof, leafAt(0)] },
          { ...claim, oldSize: size + 1 },
          { ...claim, oldSize: 0 },
        ];
        for (const other of refused) expect(verifyConsistency(other)).toBe(false);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('shows nothing about an empty tree', () => {
    const claim = { oldSize: 0, newSize: 1, oldRoot: emptyRoot(), newRoot: rootAt(1), proof: [] };
    expect(verifyConsistency(claim)).toBe(false);
    expect(verifyConsistency({ ...claim, newSize: 0, newRoot: emptyRoot() })).toBe(true);
  });
});

describe('a tree beyond 32 bits', () => {
  it('splits exactly', () => {
    expect(splitOf(2 ** 40 + 1)).toBe(2 ** 40);
    expect(splitOf(2 ** 40)).toBe(2 ** 39);
    expect(splitOf(2 ** 53 - 1)).toBe(2 ** 52);
    expect(levelWithin(2 ** 53 - 1)).toBe(52);
    expect(planRoot(2 ** 53 - 1)).toHaveLength(53);
  });

  it.each([2 ** 32 - 1, 2 ** 32, 2 ** 32 + 5, 2 ** 40 + 3, 2 ** 52 + 2 ** 33 + 7])(
    'proves its last leaf, at size %s',
    (old) => {
      const roots = planRoot(old).map(({ level, index }) => leafHash(encodeUtf8(`${level}/${index}`)));
      const known = new Map(planRoot(old).map(({ level, index }, i) => [`${level}/${index}`, roots[i] as Uint8Array]));
      const range = new CompactRange(sha256, old, roots);
      const oldRoot = range.root();
      const leaf = leafAt(0);
      range.append(leaf);
      const size = old + 1;
      const follow = (plan: ReturnType<typeof planInclusion>): Uint8Array[] =>
        plan.map((nodes) =>
          joinRoots(
            nodes.map(
              ({ level, index }) => (level === 0 && index === old ? leaf : known.get(`${level}/${index}`)) ?? leaf,
            ),
          ),
        );
      const root = range.root();
      expect(verifyInclusion({ index: old, size, leaf, root, proof: follow(planInclusion(old, size)) })).toBe(true);
      const proof = follow(planConsistency(old, size));
      expect(verifyConsistency({ oldSize: old, newSize: size, oldRoot, newRoot: root, proof })).toBe(true);
      expect(verifyInclusion({ index: old - 2 ** 32, size, leaf, root, proof })).toBe(false);
    },
  );
});

it('a node is SHA-256 of 0x01 and both sides', () => {
  const [a, b] = [leafAt(0), leafAt(1)];
  expect(nodeHash(a, b)).toEqual(sha256(concatBytes(Uint8Array.of(1), a, b)));
  expect(toHex(leafHash(new Uint8Array()))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
});

it.each([
  ['0', 0],
  ['10', 10],
  ['9007199254740991', 2 ** 53 - 1],
  ['9007199254740992', undefined],
  ['18446744073709551615', undefined],
  ['01', undefined],
  ['+1', undefined],
  ['-1', undefined],
  ['1.0', undefined],
  ['1e3', undefined],
  ['', undefined],
  [' 1', undefined],
  ['1\n', undefined],
])('the size %j is %s', (text, size) => {
  expect(parseSize(text)).toBe(size);
});
