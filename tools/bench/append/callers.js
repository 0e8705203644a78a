/** Callers that each ask again as soon as they were answered. */

/** How many answers a second, and every latency in ms, ascending. */
export async function askFor(seconds, callers, ask) {
  const latencies = [];
  const started = performance.now();
  const end = started + seconds * 1_000;
  const caller = async (i) => {
    for (let now = performance.now(); now < end; ) {
      await ask(i);
      const answered = performance.now();
      latencies.push(answered - now);
      now = answered;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, i) => caller(i)));
  const took = performance.now() - started;
  return { perSecond: (latencies.length * 1_000) / took, latencies: latencies.sort((a, b) => a - b) };
}

export const quantile = ({ latencies }, share) => latencies[Math.floor((latencies.length - 1) * share)];
