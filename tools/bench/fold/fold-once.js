/** A process that folds a history as long as asked, a batch at a time, and says how long the folding took and what is kept. */
import { fold, World } from '@surety/core/world';
import { history } from './history.js';

/** Small, as entries come from a file: entries that wait in memory would be moved about by the collector meanwhile. */
const BATCH = 500;
/** So many entries come within the 90 days after which a quiet conversation leaves the world. */
const PER_QUARTER = 100_000;
const EVERY_MS = (90 * 86_400_000) / PER_QUARTER;
/** Folded before, into a world that is thrown away: compiling is paid once, not for each entry. */
const WARM = 60_000;
const [what, size] = process.argv.slice(2);

function folding() {
  const world = new World();
  return { world, take: (entry) => fold(world, entry) };
}

function looping() {
  const counts = new Map();
  const latest = new Map();
  const take = ({ type, at, data }) => {
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if (data.conversation) latest.set(data.conversation, at);
    if (latest.size > 10_000) latest.clear();
  };
  return { world: counts, take };
}

/** Only what `take` does is counted: entries are made and parsed beforehand, as they are when a ledger has been read. */
function takeAll(take, length) {
  let nanoseconds = 0n;
  let cpu = 0;
  let batch = [];
  const flush = () => {
    const before = process.cpuUsage();
    const began = process.hrtime.bigint();
    for (const entry of batch) take(entry);
    nanoseconds += process.hrtime.bigint() - began;
    const { user, system } = process.cpuUsage(before);
    cpu += user + system;
    batch = [];
  };
  for (const entry of history(length, EVERY_MS)) {
    // Through text and back: strings and shapes are those of a parser, not of the code that made them.
    batch.push(JSON.parse(JSON.stringify(entry)));
    if (batch.length === BATCH) flush();
  }
  flush();
  return { seconds: Number(nanoseconds) / 1e9, cpuSeconds: cpu / 1e6 };
}

const begin = what === 'fold' ? folding : looping;
takeAll(begin().take, WARM);
const { world, take } = begin();
const took = takeAll(take, Number(size));
global.gc();
const heapMb = Math.round(process.memoryUsage().heapUsed / 1e5) / 10;
console.log(JSON.stringify({ ...took, heapMb, size: world.size }));
