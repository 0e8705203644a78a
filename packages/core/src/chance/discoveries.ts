/** Which of many e-values are discoveries, when many were looked at. */

/**
 * e-BH: rejects the k largest, k the largest with e_(k) ≥ K/(kα). Whatever depends on whatever, the expected share of
 * false ones among them is at most α.                    Wang & Ramdas (2022), JRSSB 84: 822–852
 */
export function eBenjaminiHochberg(e: readonly number[], alpha: number): readonly number[] {
  const order = e.map((_, index) => index).sort((a, b) => (e[b] ?? 0) - (e[a] ?? 0) || a - b);
  let kept = 0;
  order.forEach((index, rank) => {
    if ((e[index] ?? 0) >= e.length / ((rank + 1) * alpha)) kept = rank + 1;
  });
  return order.slice(0, kept).sort((a, b) => a - b);
}
