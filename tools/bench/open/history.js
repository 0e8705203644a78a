/**
 * A history of many conversations, as a gate records it: each looks something up, proposes twice, is decided and
 * reported on. What is personal is a commitment; the limits of a day are charged.
 */
import { randomBytes } from 'node:crypto';

const AGENT = 'support-bot';
const PACT = `sha256:${'c'.repeat(64)}`;
const OPEN_AT_ONCE = 64;
const CUSTOMERS = 40_000;
const FIRST_AT = 1_760_000_000_000;
/** All within the time after which a quiet conversation leaves the world: the world is as large as it gets. */
const SPAN_MS = 60 * 86_400_000;
const LANES = ['refunds', 'orders', 'accounts'];

const hex = (bytes) => randomBytes(bytes).toString('hex');
const commitment = () => ({ commitment: hex(32) });
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const subjects = Array.from(
  { length: CUSTOMERS },
  () => `s_${[...randomBytes(26)].map((byte) => BASE32[byte & 31]).join('')}`,
);

const REASONS = Array.from({ length: 3 }, (_, k) => ({
  id: `P-${k + 1}`,
  why: 'rule',
  decision: 'allow',
  severity: 'high',
  enforced: true,
  cause: 'condition',
  fact: `order.items.${k}.left_on_order`,
}));

/** One conversation: ten entries, each with its id, kind and data. */
function* conversation(number) {
  const customer = subjects[number % CUSTOMERS];
  const within = { agent: AGENT, conversation: `c_${hex(16)}`, customer };
  const lane = LANES[number % LANES.length];
  yield traced(within, { named: commitment(), channel: 'chat' });
  yield* action(within, 'get_order', lane, false);
  yield traced(within, {});
  yield* action(within, 'issue_refund', lane, true);
  yield traced(within, {});
  const data = { ...within, outcome: 'resolved', closed_by: 'agent', observed_at: FIRST_AT };
  yield { id: `o/${hex(16)}`, type: 'outcome.observed', data };
}

const traced = (within, more) => ({
  id: `t/${hex(16)}`,
  type: 'trace.observed',
  data: { ...within, ...more, steps: 2, content: commitment() },
});

function* action(within, tool, lane, isCharged) {
  const id = `a/${hex(16)}`;
  const call = `call_${hex(12)}`;
  const said = { confidence: 93, calls_in_turn: 1, text_in_turn: true };
  yield { id, type: 'action.proposed', data: { ...within, call, tool, args: commitment(), lane, ...said } };
  const charge = { limit: 'refunds-a-day', key: within.customer, amount: 4_200, window: 86_400_000 };
  const data = {
    action: id,
    ...within,
    tool,
    lane,
    state: 'autonomous',
    decision: 'allow',
    enforced: true,
    reasons: isCharged ? REASONS : [],
    pact: PACT,
    offset: -240,
    ...(isCharged ? { money: { currency: 'USD', minor: 4_200 }, charges: [charge] } : {}),
    detail: commitment(),
  };
  yield { id: `${id}/decided`, type: 'action.decided', stream: `${AGENT}/${lane}`, data };
  yield {
    id: `${id}/reported`,
    type: 'action.executed',
    data: { action: id, ...within, result: commitment(), permitted: true },
  };
}

/** Entries 0 to size - 1 in their places. */
export function* history(size, { origin, logVkey }) {
  const opened = { id: 'ledger:opened', type: 'ledger.opened', data: { format: 1, origin, vkey: logVkey } };
  const streams = new Map();
  const place = ({ id, type, stream, data }, seq) => {
    const n = stream === undefined ? undefined : (streams.get(stream) ?? 0) + 1;
    if (n !== undefined) streams.set(stream, n);
    const at = FIRST_AT + Math.floor((seq * SPAN_MS) / size);
    const by = seq === 0 ? 'system:ledger' : `agent:${AGENT}`;
    return { v: 1, seq, id, type, at, by, ...(n === undefined ? {} : { stream, n }), data };
  };
  yield place(opened, 0);
  let started = 0;
  const open = Array.from({ length: OPEN_AT_ONCE }, () => conversation(started++));
  for (let seq = 1, turn = 0; seq < size; turn = (turn + 1) % OPEN_AT_ONCE) {
    const { value, done } = open[turn].next();
    if (done) open[turn] = conversation(started++);
    else yield place(value, seq++);
  }
}
