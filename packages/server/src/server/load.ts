/** `surety ledger load`: proposals without end through the gate's own code, to be killed and looked at afterwards. */
import type { Config } from '../config.ts';
import { startClock } from '../consumers/clock.ts';
import { proposeAction } from '../operations/action/propose.ts';
import { registerAgent } from '../operations/agent/register.ts';
import { setState } from '../operations/agent/set-state.ts';
import { freshSecret } from '../operations/key/key-ring.ts';
import { SYSTEM } from '../operations/operation.ts';
import { proposePact } from '../operations/pact/propose.ts';
import { publishPact } from '../operations/pact/publish.ts';
import { signPact } from '../operations/pact/sign.ts';
import { fromWireId } from '../operations/personal/names.ts';
import { type Desk, openDesk } from './open-desk.ts';

export interface LoadOptions {
  readonly callers: number;
  /** Hears the id of each entry as soon as its append resolved. */
  readonly acked: (id: string) => void;
  readonly onFatal: (exitCode: 70 | 71, sentence: string) => void;
}

const AGENT = 'surety-load';
const LANE = 'load';
const CALLS_PER_CONVERSATION = 20;
const LOADER = SYSTEM('system:load');

const PACT = `
pact: ${AGENT}
format: 1
version: 1
says: Proposals of surety ledger load; they are decided and recorded, and nothing runs.
author: surety.load
agents: [${AGENT}]
currency: USD
zone: UTC
owners:
  nobody: { primary: surety.load, backup: surety.backup, answer_within: 15m, if_late: { page: backup, after: 10m }, then: deny }
lanes:
  ${LANE}:
    owner: nobody
    mode: enforce
    may:
      refund: { args: { type: object, required: [order_id, amount], additionalProperties: false, properties: { order_id: { type: string }, amount: { type: number, format: money, exclusiveMinimum: 0 } } }, target: order_id }
    never:
      - { id: L-1, says: Never more than a thousand, severity: major, on: [refund], unless: action.args.amount <= 1000 }
    limits:
      - { id: L-2, says: What it allows is counted, severity: minor, of: [refund], per: agent, window: 1d, sum: action.args.amount, at_most: 1000000000.00 USD, else: deny }
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
consequences: { tell: { kind: operational, notify: [surety.load] } }
evidence: { keep: 30d, personal: [trace.text], erase_after: 7d }
`;

/** Resolves only when it can go on no more. */
export async function loadLedger(config: Config, { callers, acked, onFatal }: LoadOptions): Promise<void> {
  const desk = await openDesk(config, { onFatal });
  try {
    await prepare(desk);
  } catch (error) {
    await desk.close();
    throw error;
  }
  const clock = startClock(desk, () => undefined);
  const run = freshSecret(6);
  try {
    await Promise.all(Array.from({ length: callers }, (_, i) => callOn(desk, `load-${run}-${i}`, acked)));
  } finally {
    await clock.stop();
    // What ended it is told; that its end fails as well says nothing more.
    await desk.close().catch(() => undefined);
  }
}

/** The agent and its pact, where an earlier load did not leave them already. */
async function prepare(desk: Desk): Promise<void> {
  const { world } = desk.writer;
  await registerAgent(desk, LOADER, { name: AGENT, party: 'operator', purpose: 'load' });
  const { pact } = await proposePact(desk, LOADER, { pact: 'pact.yaml', files: { 'pact.yaml': PACT } });
  if (pact.signed_by === null) await signPact(desk, SYSTEM('system:load-signer'), pact.digest, {});
  if (pact.published_at === null) await publishPact(desk, LOADER, pact.digest);
  if (world.agents.get(AGENT)?.lanes[LANE]?.state === 'limited') return;
  await setState(desk, LOADER, AGENT, { lane: LANE, state: 'limited' }, `r/${freshSecret()}`);
}

async function callOn(desk: Desk, caller: string, acked: LoadOptions['acked']): Promise<void> {
  for (let call = 0; ; call++) {
    const { id } = await proposeAction(desk, LOADER, {
      agent: AGENT,
      conversation_id: `${caller}-${Math.floor(call / CALLS_PER_CONVERSATION)}`,
      call_id: `call_${call}`,
      tool: 'refund',
      args: { order_id: `W${call}`, amount: 1 + (call % 1_000) / 100 },
    });
    acked(fromWireId(id));
  }
}
