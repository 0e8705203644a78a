/** The proof vectors of transparency-dev/merkle, where they are at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeBase64 } from '../../crypto/index.ts';
import { verifyConsistency, verifyInclusion } from './verify-proof.ts';

const ROOT = fileURLToPath(new URL('../../../../../', import.meta.url));
const FOLDER = resolve(process.env.SURETY_SHARED ?? resolve(ROOT, '../shared'), 'vectors/merkle');
const isThere = existsSync(FOLDER);
if (!isThere) console.warn(`skipped: Merkle proof vectors, looked for in ${FOLDER}`);

interface Case {
  readonly name: string;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}
interface Inclusion extends Case {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string;
  readonly leafHash: string;
}
interface Consistency extends Case {
  readonly size1: number;
  readonly size2: number;
  readonly root1: string;
  readonly root2: string;
}

const casesOf = <C>(name: string): C[] =>
  isThere ? (JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8')) as C[]) : [];
const bytes = (text: string): Uint8Array => decodeBase64(text) ?? new Uint8Array();
const disagree = <C extends Case>(cases: readonly C[], verify: (given: C) => boolean): string[] =>
  cases.filter((given) => verify(given) === given.wantErr).map(({ name }) => name);

describe.skipIf(!isThere)('the Merkle vectors', () => {
  it('agree on all 98 inclusion proofs', () => {
    const cases = casesOf<Inclusion>('inclusion.json');
    expect(cases).toHaveLength(98);
    const verify = ({ leafIdx: index, treeSize: size, root, leafHash, proof }: Inclusion): boolean =>
      verifyInclusion({ index, size, root: bytes(root), leaf: bytes(leafHash), proof: (proof ?? []).map(bytes) });
    expect(disagree(cases, verify)).toEqual([]);
  });

  it('agree on 97 of 98 consistency proofs: one has roots that are not 32 bytes, which we refuse', () => {
    const cases = casesOf<Consistency>('consistency.json');
    expect(cases).toHaveLength(98);
    const verify = ({ size1, size2, root1, root2, proof }: Consistency): boolean =>
      verifyConsistency({
        oldSize: size1,
        newSize: size2,
        oldRoot: bytes(root1),
        newRoot: bytes(root2),
        proof: (proof ?? []).map(bytes),
      });
    expect(disagree(cases, verify)).toEqual(['additional/sizes-are-equal-one-and-proof-is-empty']);
  });
});
