/** Proofs made from the leaf hashes of a whole tree; a server makes them from tiles. */
import { type Sha256, sha256 } from '../../crypto/index.ts';
import { joinRoots, rootWithin } from './merkle.ts';
import { type ProofPlan, planConsistency, planInclusion } from './plan.ts';

/** That leaf `index` is in the tree of the first `size` leaves. */
export function proveInclusion(
  leaves: readonly Uint8Array[],
  index: number,
  size: number = leaves.length,
  sha: Sha256 = sha256,
): Uint8Array[] {
  return follow(planInclusion(index, size), leaves, sha);
}

/** That the tree of the first `size` leaves begins with the tree of the first `old`. */
export function proveConsistency(
  leaves: readonly Uint8Array[],
  old: number,
  size: number = leaves.length,
  sha: Sha256 = sha256,
): Uint8Array[] {
  return follow(planConsistency(old, size), leaves, sha);
}

const follow = (plan: ProofPlan, leaves: readonly Uint8Array[], sha: Sha256): Uint8Array[] =>
  plan.map((nodes) =>
    joinRoots(
      nodes.map(({ level, index }) => rootWithin(leaves, index * 2 ** level, (index + 1) * 2 ** level, sha)),
      sha,
    ),
  );
