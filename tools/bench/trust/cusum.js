/**
 * Page's CUSUM for a rate that breaks from p0 to one that it is told: W ← max(0, W + ln f1(x)/f0(x)), alarm at W ≥ h.
 * No detector of the same run length is quicker (Moustakides 1986). Only a violation raises W, so runs go from one
 * violation to the next.
 */
import { seeded } from '@surety/core/world';

const RUNS = 5_000;

function* violations(p0, rate, p, draw) {
  const up = Math.log(rate / p0);
  const down = -Math.log((1 - rate) / (1 - p0));
  let [n, W] = [0, 0];
  for (;;) {
    const clean = Math.floor(Math.log(1 - draw()) / Math.log(1 - p));
    n += clean + 1;
    W = Math.max(0, W - clean * down) + up;
    yield { n, W };
  }
}

/** The first observation with W at the level; `records` hears of each new maximum before. */
function alarmAt(level, p0, rate, p, draw, record = () => {}) {
  let most = 0;
  for (const { n, W } of violations(p0, rate, p, draw)) {
    if (W > most) record(n, W);
    most = Math.max(most, W);
    if (W >= level) return n;
  }
}

/** The largest level whose mean run length, while the rate is p0, is at most the one given: never slower than it may be. */
export function levelOf(p0, rate, runLength) {
  // A level of ln A has a run length of at least A (Lorden 1971).
  const highest = Math.log(runLength);
  const maxima = Array.from({ length: RUNS }, (_, run) => {
    const found = [];
    alarmAt(highest, p0, rate, p0, seeded(3, run), (n, W) => found.push([n, W]));
    return found;
  });
  const lengthAt = (level) => maxima.reduce((sum, found) => sum + found.find(([, W]) => W >= level)[0], 0) / RUNS;
  let [low, high] = [0, highest];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (lengthAt(middle) <= runLength) low = middle;
    else high = middle;
  }
  return low;
}

/** The mean delay after a break at the start. */
export function delayOf(p0, rate, level) {
  let sum = 0;
  for (let run = 0; run < RUNS; run++) sum += alarmAt(level, p0, rate, rate, seeded(4, run));
  return sum / RUNS;
}
