/** How long a broken agent goes unnoticed: the detector of trust against one that was told the new rate, equally quiet before. */
import { betsOf, quiet, watch } from '@surety/core/chance';
import { seeded } from '@surety/core/world';
import { delayOf, levelOf } from './trust/cusum.js';

const P0 = 0.01;
const RATES = [0.03, 0.05, 0.1];
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const times = (runs, run) => Array.from({ length: runs }, (_, i) => run(i));

/** Conversations until e-SR reaches the threshold; a break is looked for from a detector that may have heard some before. */
function alarm(bets, threshold, rate, draw, goodBefore) {
  for (;;) {
    let wealth = quiet(bets);
    for (let i = 0; i < goodBefore && wealth.value < threshold; i++)
      wealth = watch(bets, wealth, draw() < 0.002 ? 1 : 0);
    if (wealth.value >= threshold) continue;
    let n = 0;
    for (; wealth.value < threshold; n++) wealth = watch(bets, wealth, draw() < rate ? 1 : 0);
    return n;
  }
}

/** From the worst start, with nothing heard, and after a good record; each against a control of the same run length. */
const SETUPS = [
  { threshold: 1e4, runs: 4_000, quietRuns: 2_000 },
  { threshold: 1e5, runs: 4_000, quietRuns: 400 },
];

export async function* bench() {
  const bets = betsOf('demote', P0);
  for (const { threshold, runs, quietRuns } of SETUPS) {
    const length = mean(times(quietRuns, (run) => alarm(bets, threshold, P0, seeded(1, run), 0)));
    for (const rate of RATES) {
      const control = delayOf(P0, rate, levelOf(P0, rate, length));
      for (const goodBefore of [0, 5_000]) {
        const value = mean(times(runs, (run) => alarm(bets, threshold, rate, seeded(2, run), goodBefore)));
        yield {
          name: `trust: break to ${rate * 100} %, threshold ${threshold}, ${goodBefore === 0 ? 'at the start' : `after ${goodBefore} good`}`,
          value: Math.round(value * 10) / 10,
          unit: 'conversations',
          control: Math.round(control * 10) / 10,
          ratio: Math.round((value / control) * 1000) / 1000,
          n: runs,
          at_most_ratio: 1.3,
          control_is: `CUSUM told the rate, with the same mean run length ${Math.round(length)}`,
        };
      }
    }
  }
}
