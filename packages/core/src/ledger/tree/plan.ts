/** What a proof is made of: for each of its hashes the perfect subtrees to join (RFC 6962, sections 2.1.1 and 2.1.2). */
import { invariant } from '../../result.ts';
import { isSize, levelWithin, splitOf } from './size.ts';

/** A perfect subtree: MTH(D[index * 2^level : (index + 1) * 2^level]). Once full it never changes. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** The hashes of a proof in order; each is one or more nodes, largest first, joined from the right. */
export type ProofPlan = readonly (readonly TreeNode[])[];

/** PATH(index, D[size]), the leaf's sibling first. */
export function planInclusion(index: number, size: number): ProofPlan {
  invariant(isSize(index) && isSize(size) && index < size, 'a proof is of a leaf in the tree');
  const plan: TreeNode[][] = [];
  for (let from = 0, to = size; to - from > 1; ) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      plan.push(nodesOf(middle, to));
      to = middle;
    } else {
      plan.push(nodesOf(from, middle));
      from = middle;
    }
  }
  return plan.reverse();
}

/** PROOF(old, D[size]), 1 <= old <= size; empty for equal sizes. */
export function planConsistency(old: number, size: number): ProofPlan {
  invariant(isSize(old) && isSize(size) && old > 0 && old <= size, 'an older tree has at least one leaf');
  const plan: TreeNode[][] = [];
  let from = 0;
  let to = size;
  while (old < to) {
    const middle = from + splitOf(to - from);
    if (old <= middle) {
      plan.push(nodesOf(middle, to));
      to = middle;
    } else {
      plan.push(nodesOf(from, middle));
      from = middle;
    }
  }
  // Where the old tree is itself a left edge of the new one, the verifier has its root already.
  if (from > 0) plan.push(nodesOf(from, to));
  return plan.reverse();
}

/** The nodes whose join is the root of a tree. */
export function planRoot(size: number): readonly TreeNode[] {
  invariant(isSize(size), 'a size is a safe integer');
  return nodesOf(0, size);
}

/** D[from:to] as perfect subtrees, largest first. `from` is a multiple of the first, since ranges come from splits. */
function nodesOf(from: number, to: number): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = from; at < to; ) {
    const level = levelWithin(to - at);
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}
