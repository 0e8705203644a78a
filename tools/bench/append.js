/**
 * Durable decisions through the real write path (JCS, hash, tiles, signed checkpoint, one transaction), against the
 * same callers appending the same bytes to a plain file with one fdatasync a group.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askFor, quantile } from './append/callers.js';
import { openDecisions } from './append/decisions.js';
import { openPlainFile } from './append/plain-file.js';
import { findServer } from './append/server.js';
import { median } from './measure.js';

const ROUNDS = Number(process.env.SURETY_BENCH_ROUNDS ?? 7);
const SECONDS = 1.5;

/** Rounds of both, one after the other, the first of each thrown away. */
async function compare(callers, record, append) {
  const rounds = [];
  for (let i = 0; i <= ROUNDS; i++) {
    const pair = [await askFor(SECONDS, callers, record), await askFor(SECONDS, callers, append)];
    if (i > 0) rounds.push(pair);
  }
  return rounds;
}

const rounded = (value) => Number(value.toPrecision(4));

function figure(name, unit, rounds, of) {
  const ratios = rounds.map(([subject, control]) => of(subject) / of(control));
  return {
    name,
    value: rounded(median(rounds.map(([subject]) => of(subject)))),
    unit,
    control: rounded(median(rounds.map(([, control]) => of(control)))),
    ratio: rounded(median(ratios)),
    n: rounds.reduce((sum, [subject]) => sum + subject.latencies.length, 0),
  };
}

async function* measure(engine, config, { callers, seals, isTail }) {
  const folder = mkdtempSync(join(tmpdir(), 'surety-bench-'));
  const decisions = await openDecisions({ ...config, dataDir: join(folder, 'data') }, { seals });
  const file = await openPlainFile(join(folder, 'plain'));
  try {
    await decisions.record();
    const bytes = await decisions.sample();
    const rounds = await compare(
      callers,
      () => decisions.record(),
      () => file.append(bytes),
    );
    const what = `append: ${engine}, ${callers} caller${callers > 1 ? 's' : ''}${seals ? ', a disclosure each' : ''}`;
    yield figure(`${what}, ${bytes.length} bytes`, 'entries/s', rounds, ({ perSecond }) => perSecond);
    yield figure(`${what}: p50`, 'ms', rounds, (side) => quantile(side, 0.5));
    if (isTail) yield figure(`${what}: p99`, 'ms', rounds, (side) => quantile(side, 0.99));
  } finally {
    await decisions.close();
    await file.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const CONFIG = { origin: 'ledger.example.com/bench', secrets: {} };

export async function* bench() {
  yield* measure('SQLite', CONFIG, { callers: 64, isTail: true });
  yield* measure('SQLite', CONFIG, { callers: 64, seals: true, isTail: true });
  yield* measure('SQLite', CONFIG, { callers: 1 });
  const server = await findServer();
  if ('absent' in server) {
    console.error(`PostgreSQL was not measured. ${server.absent}`);
    return;
  }
  try {
    const config = { ...CONFIG, databaseUrl: server.url };
    yield* measure('PostgreSQL', { ...config, databaseSchema: 'plain' }, { callers: 64, isTail: true });
    yield* measure('PostgreSQL', { ...config, databaseSchema: 'sealed' }, { callers: 64, seals: true, isTail: true });
  } finally {
    await server.stop();
  }
}
