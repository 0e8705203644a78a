/**
 * Durable decisions over HTTP, 64 callers on loopback, the load generator on the same cores: the server with a pact of
 * thirteen conditions against the same server with an empty one, and that against a bare server that appends the same
 * bytes with group fdatasync.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load, request } from './http/load.js';
import { median } from './measure.js';

const CALLERS = 64;
const ROUNDS = 5;
const SECONDS = 2;
const here = (name) => fileURLToPath(new URL(`http/${name}`, import.meta.url));

/** A process that says where it listens. */
function serve(args, env = {}) {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (part) => {
      said += part;
      const port = /listening on http:\/\/[^:]+:(\d+)/.exec(said)?.[1];
      if (port) resolve({ child, port: Number(port) });
    });
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}`)));
  });
}

const stop = ({ child }) =>
  new Promise((resolve) => {
    child.removeAllListeners('exit');
    child.on('exit', resolve);
    child.kill('SIGTERM');
  });

async function gate(pact) {
  const folder = mkdtempSync(join(tmpdir(), 'surety-bench-'));
  const server = await serve([here('gate.js'), folder, here(pact)]);
  const { key } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8'));
  const headers = { authorization: `Bearer ${key}` };
  let n = 0;
  const once = (i, tool, args, call) =>
    request(
      '/v1/actions',
      { agent: 'bot', conversation_id: `case-${i}`, customer_id: `u${i}`, call_id: call, tool, args },
      headers,
    );
  await prepare(server.port, headers, once);
  return {
    folder,
    server,
    next: (i) =>
      once(
        i,
        'issue_refund',
        { order_id: `W${i}`, amount: 0.01, payment_method: 'card_1', reason: 'damaged' },
        `call_${n++}`,
      ),
  };
}

/** Each caller has its conversation: customer and order are looked up and reported before the clock runs. */
async function prepare(port, headers) {
  const post = async (path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  for (let i = 0; i < CALLERS; i++) {
    const propose = (tool, args, call_id) =>
      post('/v1/actions', { agent: 'bot', conversation_id: `case-${i}`, customer_id: `u${i}`, call_id, tool, args });
    const customer = await propose('find_customer', { email: `u${i}@mail.example` }, 'look-1');
    await post(`/v1/actions/${customer.id}/report`, { status: 'executed', result: { customer_id: `u${i}` } });
    const order = await propose('get_order', { order_id: `W${i}` }, 'look-2');
    const result = {
      order_id: `W${i}`,
      customer_id: `u${i}`,
      total: 9_000,
      refunded: 0,
      payment_method: 'card_1',
      delivered_at: new Date(Date.now() - 864e5).toISOString(),
      items: [{ category: 'apparel' }, { category: 'electronics' }],
    };
    await post(`/v1/actions/${order.id}/report`, { status: 'executed', result });
  }
}

const measure = async ({ server, next }) => {
  const result = await load({ port: server.port, callers: CALLERS, seconds: SECONDS, next });
  if (result.failures > 0) throw new Error(`${result.failures} requests failed: ${result.sample}`);
  return result;
};

export async function* bench() {
  const full = await gate('pact.yaml');
  const empty = await gate('empty.yaml');
  const bareFolder = mkdtempSync(join(tmpdir(), 'surety-bench-'));
  const bareServer = await serve([here('bare.js'), join(bareFolder, 'log'), '2048']);
  const bare = { server: bareServer, next: full.next };
  const sides = [full, empty, bare];
  try {
    for (const side of sides) await measure(side);
    const rounds = [];
    for (let i = 0; i < ROUNDS; i++) rounds.push([await measure(full), await measure(empty), await measure(bare)]);
    const rate = (side) => Math.round(median(rounds.map((round) => round[side].perSecond)));
    const ratio = (a, b) => Number(median(rounds.map((round) => round[a].perSecond / round[b].perSecond)).toFixed(3));
    const p = (share) =>
      Number(median(rounds.map(([{ latencies }]) => latencies[Math.floor(latencies.length * share)])).toFixed(2));
    const n = rounds.reduce((sum, [{ latencies }]) => sum + latencies.length, 0);
    yield {
      name: 'http: decisions against an empty pact',
      value: rate(0),
      unit: 'decisions/s',
      control: rate(1),
      ratio: ratio(0, 1),
      n,
    };
    yield {
      name: 'http: empty pact against a bare server',
      value: rate(1),
      unit: 'decisions/s',
      control: rate(2),
      ratio: ratio(1, 2),
      n,
    };
    yield { name: 'http: latency p50', value: p(0.5), unit: 'ms', control: null, ratio: null, n };
    yield { name: 'http: latency p99', value: p(0.99), unit: 'ms', control: null, ratio: null, n };
  } finally {
    for (const { server } of sides) await stop(server);
    for (const folder of [full.folder, empty.folder, bareFolder]) rmSync(folder, { recursive: true, force: true });
  }
}
