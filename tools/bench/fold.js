/** Folding parsed entries into the world: entries a second on one core, and memory after N entries and after four times as many. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './measure.js';

const FEW = Number(process.env.SURETY_BENCH_ENTRIES ?? 300_000);
const ROUNDS = 3;
const script = fileURLToPath(new URL('fold/fold-once.js', import.meta.url));

function run(what, size) {
  const ran = spawnSync(process.execPath, ['--expose-gc', script, what, String(size)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (ran.status !== 0) throw new Error(`fold-once.js ended with ${ran.status ?? ran.signal}`);
  return JSON.parse(ran.stdout);
}

export async function* bench() {
  const rounds = Array.from({ length: ROUNDS }, () => ({ folded: run('fold', FEW), looped: run('loop', FEW) }));
  const perSecond = (name, of) => {
    const value = median(rounds.map(({ folded }) => FEW / of(folded)));
    const control = median(rounds.map(({ looped }) => FEW / of(looped)));
    return {
      name: `fold: ${name}`,
      value: Math.round(value),
      unit: 'entries/s',
      control: Math.round(control),
      ratio: Number((value / control).toPrecision(3)),
      n: FEW * ROUNDS,
      control_is: 'a loop that counts the same entries by kind and notes the latest of each conversation',
      at_least: 300_000,
    };
  };
  yield perSecond('one core', ({ seconds }) => seconds);
  yield perSecond('one core, by processor time', ({ cpuSeconds }) => cpuSeconds);
  const many = run('fold', 4 * FEW);
  const few = median(rounds.map(({ folded }) => folded.heapMb));
  yield {
    name: `fold: heap after ${4 * FEW} entries`,
    value: many.heapMb,
    unit: 'MB',
    control: few,
    ratio: Number((many.heapMb / few).toPrecision(3)),
    n: 1,
    control_is: `the heap after ${FEW} entries`,
    at_most_ratio: 1.2,
  };
}
