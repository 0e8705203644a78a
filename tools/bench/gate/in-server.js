/** What a decision costs inside the server, the store left out: facts, thirteen conditions, four limits, its entries. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '@surety/server';
import { prepareProposal } from '../../../packages/server/dist/operations/action/proposal.js';
import { PROPOSE, proposeAction } from '../../../packages/server/dist/operations/action/propose.js';
import { reportAction } from '../../../packages/server/dist/operations/action/report.js';
import { registerAgent } from '../../../packages/server/dist/operations/agent/register.js';
import { setState } from '../../../packages/server/dist/operations/agent/set-state.js';
import { proposePact } from '../../../packages/server/dist/operations/pact/propose.js';
import { publishPact } from '../../../packages/server/dist/operations/pact/publish.js';
import { signPact } from '../../../packages/server/dist/operations/pact/sign.js';
import { Drafting } from '../../../packages/server/dist/operations/writing/drafting.js';
import { openDesk } from '../../../packages/server/dist/server/open-desk.js';

const CALLS = 6_000;
const actor = (name) => ({ by: `person:${name}`, roles: ['steward'], scopes: ['local'] });
const ask = (call_id, tool, args) => ({
  agent: 'bot',
  conversation_id: 'case-1',
  customer_id: 'u1',
  call_id,
  tool,
  args,
});

async function deskWith(name) {
  const folder = mkdtempSync(join(tmpdir(), 'surety-bench-'));
  const config = readConfig({}, { dataDir: folder, port: 0 });
  const desk = await openDesk(config, {
    onFatal(_code, says) {
      throw new Error(says);
    },
  });
  const pact = readFileSync(fileURLToPath(new URL(`../http/${name}`, import.meta.url)), 'utf8');
  await registerAgent(desk, actor('ken'), { name: 'bot', party: 'operator' });
  const proposed = await proposePact(desk, actor('dana.kim'), { pact: name, files: { [name]: pact } });
  await signPact(desk, actor('ken'), proposed.pact.digest, {});
  await publishPact(desk, actor('ken'), proposed.pact.digest);
  await setState(desk, actor('ken'), 'bot', { lane: 'refunds', state: 'autonomous' }, 'r/state');
  const result = {
    order_id: 'W1',
    customer_id: 'u1',
    total: 9_000,
    refunded: 0,
    payment_method: 'card_1',
    delivered_at: new Date(Date.now() - 864e5).toISOString(),
    items: [{ category: 'apparel' }, { category: 'electronics' }],
  };
  for (const [call, tool, args, answer] of [
    ['look-1', 'find_customer', { email: 'u1@mail.example' }, { customer_id: 'u1' }],
    ['look-2', 'get_order', { order_id: 'W1' }, result],
  ]) {
    const { id } = await proposeAction(desk, actor('ken'), ask(call, tool, args));
    await reportAction(desk, actor('ken'), id, { status: 'executed', result: answer });
  }
  return { desk, folder };
}

/** Microseconds of each decision, ascending. */
async function times({ desk }) {
  const took = [];
  const who = actor('ken');
  for (let i = 0; i < CALLS * 2; i++) {
    const args = { order_id: 'W1', amount: 0.01, payment_method: 'card_1', reason: 'damaged' };
    const command = await prepareProposal(desk, ask(`call-${i}`, 'issue_refund', args), undefined);
    const start = process.hrtime.bigint();
    const drafts = PROPOSE.decide(desk.writer.world, command, new Drafting(Date.now(), who, new Map(), desk.subjects));
    const micros = Number(process.hrtime.bigint() - start) / 1_000;
    if (drafts.at(-1).data.decision !== 'allow') throw new Error(JSON.stringify(drafts.at(-1).data.reasons));
    if (i >= CALLS) took.push(micros);
  }
  return took.sort((a, b) => a - b);
}

const at = (sorted, share) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));

export async function* inServer() {
  const [full, empty] = [await deskWith('pact.yaml'), await deskWith('empty.yaml')];
  const [took, control] = [await times(full), await times(empty)];
  for (const [name, share, most] of [
    ['p50', 0.5, 50],
    ['p99', 0.99, 200],
  ])
    yield {
      name: `gate: compute in the server, ${name}`,
      value: at(took, share),
      unit: 'µs',
      control: at(control, share),
      ratio: Number((at(took, share) / at(control, share)).toFixed(2)),
      n: took.length,
      control_is: 'a pact without a rule',
      at_most_value: most,
    };
  for (const { desk, folder } of [full, empty]) {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
