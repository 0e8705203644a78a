import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, encodeUtf8, type Sha256, toHex } from '../../crypto/index.ts';
import { CompactRange } from '../tree/compact-range.ts';
import { leafHash, rootOf } from '../tree/merkle.ts';
import { planConsistency, planInclusion } from '../tree/plan.ts';
import { proveConsistency, proveInclusion } from '../tree/prove.ts';
import { verifyConsistency, verifyInclusion } from '../tree/verify-proof.ts';
import { decodeBundle, encodeBundle } from './bundle.ts';
import { partialTilesOf, type Tile, type TileAddress } from './tile.ts';
import { TileGrowth } from './tile-growth.ts';
import { parseTilePath, tilePath } from './tile-path.ts';
import { consistencyFromTiles, inclusionFromTiles, rootFromTiles, tilesOf } from './tile-proof.ts';

const sha: Sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const MAX = 65_537;
const LEAVES = Array.from({ length: MAX }, (_, i) => leafHash(encodeUtf8(String(i)), sha));
const SIZES = [1, 2, 3, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537];

/** What a store keeps: rows, and of the last entries the hashes that no row has yet. */
class Rows {
  readonly #rows = new Map<string, Uint8Array>();
  size = 0;

  put(tiles: readonly Tile[], size: number): void {
    for (const { level, n, hashes } of tiles) this.#rows.set(`${level}/${n}`, hashes);
    this.size = size;
  }
  read = ({ level, n }: TileAddress): Uint8Array | undefined =>
    this.#rows.get(`${level}/${n}`) ?? (level === 0 ? this.#tail(n) : undefined);
  get names(): string[] {
    return [...this.#rows].map(([name, { length }]) => `${name}:${length / 32}`).sort();
  }
  #tail(n: number): Uint8Array | undefined {
    const from = n * 256;
    return from < this.size && this.size < from + 256 ? concatBytes(...LEAVES.slice(from, this.size)) : undefined;
  }
}

function grown(size: number, batch = size): Rows {
  const rows = new Rows();
  const growth = TileGrowth.empty(sha);
  for (let at = 0; at < size; at += batch) {
    const to = Math.min(at + batch, size);
    rows.put(growth.append(LEAVES.slice(at, to)), to);
  }
  return rows;
}

const valueOf = <T>(result: { readonly ok: boolean; readonly value?: T }): T => {
  if (!result.ok || result.value === undefined) throw new Error(JSON.stringify(result));
  return result.value;
};

describe('tiles', () => {
  it.each(SIZES)('of %s leaves give its root, its frontier, and proofs that verify', (size) => {
    const rows = grown(size, 500);
    const root = rootOf(LEAVES.slice(0, size), sha);
    expect(toHex(valueOf(rootFromTiles(size, rows.read, sha)))).toBe(toHex(root));
    const range = new CompactRange(sha);
    for (const leaf of LEAVES.slice(0, size)) range.append(leaf);
    expect(
      toHex(
        valueOf({ ok: true, value: TileGrowth.at(size, rows.read, sha) })
          .range()
          .toBytes(),
      ),
    ).toBe(toHex(range.toBytes()));
    for (const index of new Set([0, size >> 1, size - 1])) {
      const proof = valueOf(inclusionFromTiles(index, size, rows.read, sha));
      expect(proof).toEqual(proveInclusion(LEAVES, index, size, sha));
      expect(verifyInclusion({ index, size, leaf: LEAVES[index] as Uint8Array, root, proof }, sha)).toBe(true);
    }
    for (const old of new Set([1, (size >> 1) + 1, size])) {
      const proof = valueOf(consistencyFromTiles(old, size, rows.read, sha));
      expect(proof).toEqual(proveConsistency(LEAVES, old, size, sha));
      const oldRoot = rootOf(LEAVES.slice(0, old), sha);
      expect(verifyConsistency({ oldSize: old, newSize: size, oldRoot, newRoot: root, proof }, sha)).toBe(true);
    }
  });

  it('are written at level 0 once when full, above it with each tile that fills below', () => {
    const growth = TileGrowth.empty(sha);
    const written = (count: number): string[] => {
      const from = growth.size;
      return growth
        .append(LEAVES.slice(from, from + count))
        .map(({ level, n, hashes }) => `${level}/${n}:${hashes.length / 32}`);
    };
    expect(written(255)).toEqual([]);
    expect(written(1)).toEqual(['0/0:256', '1/0:1']);
    expect(written(255)).toEqual([]);
    expect(written(513)).toEqual(['0/1:256', '0/2:256', '0/3:256', '1/0:4']);
    written(65_536 - 1_024 - 1);
    expect(written(1)).toEqual(['0/255:256', '1/0:256', '2/0:1']);
    expect(written(1)).toEqual([]);
  });

  it('are the same whatever the batches, and after a start from what is stored', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 1, max: 700 }),
        fc.nat(),
        (size, batch, cut) => {
          const rows = grown(size, batch);
          expect(rows.names).toEqual(grown(size).names);
          const old = cut % size;
          const before = grown(old, batch);
          const growth = TileGrowth.at(old, before.read, sha);
          const copy = growth?.clone();
          before.put(growth?.append(LEAVES.slice(old, size)) ?? [], size);
          expect(before.names).toEqual(rows.names);
          expect(growth?.range().root()).toEqual(valueOf(rootFromTiles(size, rows.read, sha)));
          expect(copy?.size).toBe(old);
        },
      ),
      { numRuns: 20, seed: 7 },
    );
  });

  it('prove for any size at or below the one that is stored', () => {
    const rows = grown(65_537, 5_000);
    const sizes = fc.integer({ min: 1, max: 65_537 });
    fc.assert(
      fc.property(sizes, fc.nat(), (size, k) => {
        const index = k % size;
        expect(inclusionFromTiles(index, size, rows.read, sha)).toEqual({
          ok: true,
          value: proveInclusion(LEAVES, index, size, sha),
        });
        expect(consistencyFromTiles(index + 1, size, rows.read, sha)).toEqual({
          ok: true,
          value: proveConsistency(LEAVES, index + 1, size, sha),
        });
      }),
      { numRuns: 6, seed: 7 },
    );
  });

  it('say which of them a proof needs, each once', () => {
    const size = 65_537;
    const rows = grown(size, 5_000);
    const wanted = tilesOf(planInclusion(300, size));
    expect(wanted.map(({ level, n }) => `${level}/${n}`).sort()).toEqual(['0/1', '0/256', '1/0']);
    const read: string[] = [];
    inclusionFromTiles(300, size, (tile) => {
      read.push(`${tile.level}/${tile.n}`);
      return rows.read(tile);
    });
    expect(new Set(read)).toEqual(new Set(wanted.map(({ level, n }) => `${level}/${n}`)));
    for (const { width } of [...wanted, ...tilesOf(planConsistency(700, size))]) expect(width).toBeLessThanOrEqual(256);
  });

  it('that are absent or too short are named', () => {
    const rows = grown(600);
    const missing = { ok: false, error: { code: 'tile_missing' } };
    expect(inclusionFromTiles(5, 600, () => undefined)).toMatchObject(missing);
    expect(inclusionFromTiles(5, 600, (tile) => rows.read(tile)?.subarray(32), sha)).toMatchObject(missing);
    expect(TileGrowth.at(600, () => undefined, sha)).toBeUndefined();
    expect(TileGrowth.at(600, (tile) => rows.read(tile)?.subarray(32), sha)).toBeUndefined();
  });

  it('are partial where a level does not fill its last one', () => {
    expect(partialTilesOf(0)).toEqual([]);
    expect(partialTilesOf(256)).toEqual([{ level: 1, n: 0, width: 1 }]);
    expect(partialTilesOf(65_536)).toEqual([{ level: 2, n: 0, width: 1 }]);
    expect(partialTilesOf(70_000)).toEqual([
      { level: 0, n: 273, width: 112 },
      { level: 1, n: 1, width: 17 },
      { level: 2, n: 0, width: 1 },
    ]);
  });
});

describe('tile paths', () => {
  it.each([
    ['tile/0/000', 0, 0, 256],
    ['tile/0/x001/x234/067', 0, 1_234_067, 256],
    ['tile/1/999.p/17', 1, 999, 17],
    ['tile/63/x001/000.p/1', 63, 1000, 1],
    ['tile/entries/x005/255.p/255', 'entries', 5255, 255],
  ] as const)('%s', (path, level, n, width) => {
    expect(tilePath(level, n, width)).toBe(path);
    expect(parseTilePath(path)).toEqual({ level, n, width });
  });

  it.each([
    'tile/0/0',
    'tile/0/1234',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x001',
    'tile/00/001',
    'tile/64/001',
    'tile/data/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/01',
    'tile/0/001.p/300',
    '/tile/0/001',
    'tile/0/001/',
    'tile/0/../001',
    'tile/0/001\n',
    'tile/0/x999/x999/x999/x999/x999/999',
  ])('%s is no path', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.nat(63), fc.maxSafeInteger(), fc.integer({ min: 1, max: 256 }), (level, k, width) => {
        const n = Math.abs(k);
        expect(parseTilePath(tilePath(level, n, width))).toEqual({ level, n, width });
      }),
      { seed: 7 },
    );
  });
});

describe('bundles', () => {
  it('hold entries of 0 to 65,535 bytes', () => {
    const entries = [new Uint8Array(), encodeUtf8('{}'), new Uint8Array(65_535).fill(7)];
    const bundle = encodeBundle(entries);
    expect(toHex(bundle.subarray(0, 8))).toBe('000000027b7dffff');
    expect(decodeBundle(bundle, 3)).toEqual({ ok: true, value: entries });
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow('65,535');
  });

  it('have exactly their width and end there', () => {
    const bundle = encodeBundle([encodeUtf8('a'), encodeUtf8('bc')]);
    const refused = { ok: false, error: { code: 'bundle_malformed' } };
    expect(decodeBundle(bundle, 1)).toMatchObject(refused);
    expect(decodeBundle(bundle, 3)).toMatchObject(refused);
    for (let cut = 1; cut < bundle.length; cut++)
      expect(decodeBundle(bundle.subarray(0, -cut), 2)).toMatchObject(refused);
  });
});
