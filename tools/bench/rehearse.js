/** A rehearsal of 100,000 recorded actions through the built command line: time, memory, and Ctrl-C half-way. */
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { root } from '../ready.js';
import { CALLS, conversations } from './rehearse/conversations.mjs';

const ACTIONS = 100_000;
const PACT = join(root, 'packages', 'cli', 'starters', 'support', 'pact.yaml');
const SURETY = join(root, 'packages', 'cli', 'bin', 'surety.js');
const LEAVE_USAGE = fileURLToPath(new URL('rehearse/leave-usage.mjs', import.meta.url));

function record(path, actions) {
  const file = openSync(path, 'w');
  for (const line of conversations(actions / CALLS)) writeSync(file, `${line}\n`);
  closeSync(file);
}

function start(args) {
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe'];
  const child = spawn(process.execPath, ['--import', LEAVE_USAGE, SURETY, 'rehearse', ...args], { stdio });
  const read = (stream) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    return () => text;
  };
  const [out, err, usage] = [child.stdout, child.stderr, child.stdio[3]].map(read);
  const begun = process.hrtime.bigint();
  const ended = new Promise((resolve) => {
    child.on('close', (code) =>
      resolve({ code, seconds: Number(process.hrtime.bigint() - begun) / 1e9, out: out(), err: err(), usage: usage() }),
    );
  });
  return { child, ended };
}

async function rehearse(recording, actions, out) {
  const {
    code,
    seconds,
    out: text,
    err,
    usage,
  } = await start(['--pact', PACT, '--json', '--out', out, recording]).ended;
  if (code !== 0) throw new Error(`the rehearsal ended with ${code}: ${err}`);
  const counted = JSON.parse(text).by_tool.reduce((sum, { n }) => sum + n, 0);
  if (counted !== actions) throw new Error(`${counted} actions were judged, not ${actions}`);
  rmSync(out);
  return { seconds, ...JSON.parse(usage) };
}

function parseAlone(recording) {
  const begun = process.hrtime.bigint();
  let messages = 0;
  for (const line of readFileSync(recording, 'utf8').split('\n'))
    if (line) messages += JSON.parse(line).messages.length;
  if (messages === 0) throw new Error('the recording is empty');
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

/** Presses Ctrl-C once a part of the decisions is written; tells how long it took to end. */
async function cancelled(recording, out, folder) {
  const { child, ended } = start(['--pact', PACT, '--out', out, recording]);
  const written = () =>
    readdirSync(folder).some((name) => name.endsWith('.part') && statSync(join(folder, name)).size > 1e6);
  while (!written() && child.exitCode === null) await pause(5);
  const pressed = process.hrtime.bigint();
  child.kill('SIGINT');
  const { code, err } = await ended;
  const seconds = Number(process.hrtime.bigint() - pressed) / 1e9;
  if (code !== 130) throw new Error(`a rehearsal that was stopped ended with ${code}, not 130: ${err}`);
  if (existsSync(out) || written()) throw new Error('a rehearsal that was stopped left a file');
  return seconds;
}

export async function* bench() {
  const folder = mkdtempSync(join(tmpdir(), 'surety-bench-'));
  try {
    const [long, short, out] = ['long.jsonl', 'short.jsonl', 'decisions.jsonl'].map((name) => join(folder, name));
    record(long, ACTIONS);
    record(short, ACTIONS / 10);
    const few = await rehearse(short, ACTIONS / 10, out);
    const many = await rehearse(long, ACTIONS, out);
    const parsing = parseAlone(long);
    const row = (name, unit, value, control, control_is, limit) => ({
      name: `rehearse: ${name}`,
      value,
      unit,
      control,
      ratio: value / control,
      n: ACTIONS,
      control_is,
      ...limit,
    });
    const parsed = 'JSON.parse of the same bytes';
    yield row('100,000 actions', 's', many.seconds, parsing, parsed, { at_most_s: 30 });
    yield row('100,000 actions, processor time', 's', many.cpu_us / 1e6, parsing, parsed, {});
    const memory = [many, few].map(({ bytes }) => Math.round(bytes / 1e5) / 10);
    yield row('most memory', 'MB', ...memory, 'at 10,000 actions', { at_most: 1.5 });
    const ms = (await cancelled(long, out, folder)) * 1000;
    yield row('Ctrl-C to end', 'ms', ms, many.seconds * 1000, 'the whole rehearsal', {});
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
