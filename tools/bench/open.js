/** Opening a ledger of a million entries, with a snapshot and without, against reading and hashing the same bytes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { median } from './measure.js';

const SIZE = Number(process.env.SURETY_BENCH_ENTRIES ?? 1_000_000);
const ROUNDS = 3;
const ORIGIN = 'ledger.example.com/bench';

function run(script, ...args) {
  const path = fileURLToPath(new URL(`open/${script}`, import.meta.url));
  const ran = spawnSync(process.execPath, [path, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (ran.status !== 0) throw new Error(`${script} ended with ${ran.status ?? ran.signal}`);
  return ran.stdout === '' ? undefined : JSON.parse(ran.stdout);
}

function dropSnapshots(folder) {
  const db = new Sqlite(join(folder, 'ledger.sqlite'));
  db.exec('DELETE FROM snapshot; PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

const rounded = (value) => Number(value.toPrecision(3));

function figures(name, rounds, most) {
  const of = (pick) => rounded(median(rounds.map(pick)));
  const n = rounds.length;
  return [
    {
      name: `open: ${name}`,
      value: of(([opened]) => opened.ms / 1e3),
      unit: 's',
      control: of(([, hashed]) => hashed.ms / 1e3),
      ratio: of(([opened, hashed]) => opened.ms / hashed.ms),
      n,
      at_most: most,
    },
    {
      name: `open: ${name}, processor time`,
      value: of(([opened]) => opened.cpuMs / 1e3),
      unit: 's',
      control: of(([, hashed]) => hashed.cpuMs / 1e3),
      ratio: of(([opened, hashed]) => opened.cpuMs / hashed.cpuMs),
      n,
    },
    {
      name: `open: ${name}, peak of memory`,
      value: of(([opened]) => opened.mb),
      unit: 'MB',
      control: of(([, hashed]) => hashed.mb),
      ratio: of(([opened, hashed]) => opened.mb / hashed.mb),
      n,
      at_most: 512,
    },
  ];
}

export async function* bench() {
  const folder = mkdtempSync(join(tmpdir(), 'surety-bench-'));
  try {
    run('fill.js', folder, String(SIZE), ORIGIN);
    const without = [];
    const withOne = [];
    for (let i = 0; i < ROUNDS; i++) {
      dropSnapshots(folder);
      without.push([run('open-once.js', 'open', folder, ORIGIN), run('open-once.js', 'hash', folder)]);
      withOne.push([run('open-once.js', 'open', folder, ORIGIN), run('open-once.js', 'hash', folder)]);
    }
    if (without.some(([{ spared }]) => spared > 0) || withOne.some(([{ spared }]) => spared !== SIZE))
      throw new Error('A snapshot was used where there should be none, or the other way round');
    yield* figures(`${SIZE} entries without a snapshot`, without, 30);
    yield* figures(`${SIZE} entries with a snapshot`, withOne, 5);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
