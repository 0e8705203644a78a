/** Quota thinning: promotion is proven on the reference mix, whatever mix comes in. */

/** How many of each stratum were admitted, and in all. */
export interface Quota {
  readonly counts: readonly number[];
  readonly all: number;
}

export const emptyQuota = (weights: readonly number[]): Quota => ({ counts: weights.map(() => 0), all: 0 });

/** Admits iff n_h + 1 ≤ W_h·(N + 1) + 1, counts before it; `undefined` where the stratum has had its share. */
export function admit(quota: Quota, weights: readonly number[], stratum: number): Quota | undefined {
  const count = quota.counts[stratum] as number;
  if (!(count + 1 <= (weights[stratum] as number) * (quota.all + 1) + 1)) return undefined;
  const counts = quota.counts.slice();
  counts[stratum] = count + 1;
  return { counts, all: quota.all + 1 };
}

/** Runs the quota over a sequence of strata: 1 for each that was admitted. */
export function quotaAdmit(
  strata: readonly number[],
  weights: readonly number[],
): { readonly admitted: readonly number[]; readonly counts: readonly number[] } {
  let quota = emptyQuota(weights);
  const admitted = strata.map((stratum) => {
    const next = admit(quota, weights, stratum);
    quota = next ?? quota;
    return next ? 1 : 0;
  });
  return { admitted, counts: quota.counts };
}
