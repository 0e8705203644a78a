/** Which share of each item people are asked about, when they can answer only so many. */

/**
 * π_i = clip(½B/N + ½B·u_i/Σu, π_min, 1): half of the budget evenly, half where the judges are least sure.
 *                                          Zrnic & Candès (2024), arXiv:2403.03208
 */
export function inclusionProbabilities(u: readonly number[], budget: number, piMin: number): readonly number[] {
  const half = (0.5 * budget) / u.length;
  const sum = u.reduce((total, one) => total + one, 0);
  return u.map((one) => Math.min(1, Math.max(piMin, half + (sum === 0 ? half : (0.5 * budget * one) / sum))));
}
