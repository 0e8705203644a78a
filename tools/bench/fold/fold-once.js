/** A process that folds a history as long as asked, a batch at a time, and says how long the folding took and what is kept. */
import { fold, World } from '@surety/core/world';
import { history } from '../open/history.js';

const BATCH = 20_000;
/** So many entries come within the 90 days after which a quiet conversation leaves the world. */
const PER_QUARTER = 100_000;
const EVERY_MS = (90 * 86_400_000) / PER_QUARTER;
const [what, size] = process.argv.slice(2);

/** One agent is registered, so that its conversations are evidence; the entries come at an even pace, however many there are. */
function* entries() {
  let first;
  for (const entry of history(Number(size) + 1, { origin: 'ledger.example.com/bench', logVkey: 'bench' })) {
    first ??= entry.at;
    const at = first + Math.floor(entry.seq * EVERY_MS);
    if (entry.seq !== 1) yield { ...entry, at };
    else yield { ...entry, at, id: 'agents/support-bot', type: 'agent.registered', data: registered };
  }
}
const registered = { agent: 'support-bot', party: 'vendor', version: 1 };

const world = new World();
const counts = new Map();
const latest = new Map();
const loop = ({ type, at, data }) => {
  counts.set(type, (counts.get(type) ?? 0) + 1);
  if (data.conversation) latest.set(data.conversation, at);
};
const take = what === 'fold' ? (entry) => fold(world, entry) : loop;

let nanoseconds = 0n;
let cpu = 0;
function takeAll(batch) {
  const before = process.cpuUsage();
  const began = process.hrtime.bigint();
  for (const entry of batch) take(entry);
  nanoseconds += process.hrtime.bigint() - began;
  const { user, system } = process.cpuUsage(before);
  cpu += user + system;
  latest.clear();
}

let batch = [];
for (const entry of entries()) {
  batch.push(entry);
  if (batch.length < BATCH) continue;
  takeAll(batch);
  batch = [];
}
takeAll(batch);
batch = [];
global.gc();
const heapMb = Math.round(process.memoryUsage().heapUsed / 1e5) / 10;
console.log(JSON.stringify({ seconds: Number(nanoseconds) / 1e9, cpuSeconds: cpu / 1e6, heapMb, size: world.size }));
