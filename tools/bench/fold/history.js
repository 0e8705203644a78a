/**
 * What a desk writes, so that the fold is measured on what it will meet. Shaped after recorded support conversations: six
 * or seven actions in each, of which two in three only look something up; words of the customer before every other one;
 * one closing. One in twelve waits for a person, one in twenty-five is handed over. The same entries on every run.
 */
const AGENT = 'support-bot';
const PARTY = 'vendor';
const LANES = ['refunds', 'orders', 'accounts'];
const PACT = `sha256:${'c'.repeat(64)}`;
const OPEN_AT_ONCE = 64;
const CUSTOMERS = 40_000;
const FIRST_AT = 1_760_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Hex digits that look drawn, from a counter alone. */
function hexes() {
  let state = 1;
  const eight = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state ^ (state >>> 15)) >>> 0).toString(16).padStart(8, '0');
  };
  return (length) => Array.from({ length: length / 8 }, eight).join('');
}
const hex = hexes();
const commitment = () => ({ commitment: hex(64) });
const letters = (n) =>
  n.toString(26).replace(/./g, (digit) => 'abcdefghijklmnopqrstuvwxyz'[Number.parseInt(digit, 26)]);
const customerOf = (n) => `s_${letters(n % CUSTOMERS).padStart(26, 'a')}`;

const rates = { critical: 1_000, major: 10_000, minor: 50_000, attempts: 50_000 };
const terms = {
  owner: 'billing',
  enforced: true,
  allowed: rates,
  relaxed: { critical: 5_000, major: 20_000, minor: 100_000, attempts: 100_000 },
  ceiling: 'autonomous',
  sign_off: { limited: true, autonomous: true },
  dwell: { limited: 7 * DAY, autonomous: 7 * DAY },
  lease: 180 * DAY,
  on_change: 'limited',
  outcome_weeks: 0,
};
const PERSON = 'person:dana';
const pact = { digest: PACT, pact: 'shop', version: 1, author: 'dana' };
const bound = { agents: [AGENT], lanes: LANES, from: FIRST_AT };

function* beginning() {
  yield {
    id: 'ledger:opened',
    type: 'ledger.opened',
    data: { format: 1, origin: 'ledger.example.com/bench', vkey: 'bench' },
  };
  yield { id: 'agents/bot', type: 'agent.registered', by: PERSON, data: { agent: AGENT, party: PARTY, version: 1 } };
  const lanes = Object.fromEntries(LANES.map((lane) => [lane, terms]));
  yield { id: 'p/1', type: 'pact.proposed', by: PERSON, data: { ...pact, agents: [AGENT], files: [], lanes } };
  yield { id: 'p/2', type: 'pact.signed', by: 'person:ken', data: { digest: PACT } };
  yield { id: 'p/3', type: 'pact.published', by: PERSON, data: { digest: PACT, pact: 'shop', version: 1, ...bound } };
}

const traced = (within, more = {}) => ({
  id: `t/${hex(32)}`,
  type: 'trace.observed',
  data: { ...within, channel: 'chat', ...more, steps: 2, content: commitment() },
});

const reason = (k, why, decision) => ({
  id: `P-${k}`,
  why,
  decision,
  severity: 'major',
  enforced: true,
  cause: 'condition',
});
const LOOKED_AT = [1, 2, 3].map((k) => reason(k, 'rule', 'allow'));

function* conversation(number) {
  const within = { agent: AGENT, conversation: `c_${hex(32)}`, customer: customerOf(number) };
  const lane = LANES[number % LANES.length];
  yield traced(within, { named: commitment() });
  yield* action(within, 'find_customer', lane);
  yield* action(within, 'get_order', lane);
  yield traced(within);
  yield* action(within, 'get_product', lane);
  if (number % 2 === 0) yield* action(within, 'get_order', lane);
  yield traced(within);
  const held = number % 12 === 5 ? yield* holding(within, lane) : undefined;
  yield* action(within, 'issue_refund', lane, { ...charging(within), ...(held && { approval: held }) });
  yield* action(within, 'get_order', lane);
  yield traced(within);
  if (number % 25 === 7) {
    const routed_to = { queue: 'billing', owner: 'billing' };
    yield* action(within, 'hand_over', lane, { routed_to });
    return;
  }
  yield* action(within, 'update_note', lane, charging(within));
  const data = { ...within, outcome: 'resolved', closed_by: 'agent', observed_at: FIRST_AT };
  yield { id: `o/${hex(32)}`, type: 'outcome.observed', data };
}

function charging({ customer }) {
  const charge = { limit: 'refunds-a-day', key: customer, amount: 4_200, window: DAY };
  return { reasons: LOOKED_AT, money: { currency: 'USD', minor: 4_200 }, charges: [charge] };
}

function proposal(within, tool, lane) {
  const said = { confidence: 93, calls_in_turn: 1, text_in_turn: true };
  const data = { ...within, call: `call_${hex(24)}`, tool, args: commitment(), channel: 'chat', lane, ...said };
  return { id: `a/${hex(32)}`, type: 'action.proposed', data };
}

const decision = (id, within, tool, lane, more) => ({
  id: `${id}/decided`,
  type: 'action.decided',
  stream: `${AGENT}/${lane}`,
  data: {
    action: id,
    ...within,
    tool,
    lane,
    state: 'supervised',
    decision: 'allow',
    enforced: true,
    reasons: [],
    pact: PACT,
    offset: -240,
    detail: commitment(),
    ...more,
  },
});

function* action(within, tool, lane, more = {}) {
  const proposed = proposal(within, tool, lane);
  const { id } = proposed;
  yield proposed;
  yield decision(id, within, tool, lane, more);
  const data = { action: id, ...within, result: commitment(), permitted: true };
  yield { id: `${id}/reported`, type: 'action.executed', stream: `${AGENT}/${lane}`, data };
}

/** Held, taken up and approved; gives the action that was approved. */
function* holding(within, lane) {
  const proposed = proposal(within, 'issue_refund', lane);
  const { id } = proposed;
  const hold = { owner: 'billing', answer_by: FIRST_AT, expires: null, then: 'keep_holding' };
  yield proposed;
  yield decision(id, within, 'issue_refund', lane, { decision: 'hold', reasons: [reason(1, 'fired', 'hold')], hold });
  yield { id: `${id}/seen`, type: 'hold.acknowledged', by: PERSON, data: { hold: id, ...within } };
  const data = { hold: id, ...within, answer: 'approved', args: proposed.data.args };
  yield { id: `${id}/answered`, type: 'hold.answered', by: PERSON, data };
  return id;
}

/** `size` entries, one every so many milliseconds. */
export function* history(size, everyMs) {
  const streams = new Map();
  let seq = 0;
  const place = ({ id, type, stream, by = `agent:${AGENT}`, data }) => {
    const n = stream === undefined ? undefined : (streams.get(stream) ?? 0) + 1;
    if (n !== undefined) streams.set(stream, n);
    const at = FIRST_AT + Math.floor(seq * everyMs);
    const told = data.observed_at === undefined ? data : { ...data, observed_at: at };
    return { v: 1, seq: seq++, id, type, at, by, ...(n === undefined ? {} : { stream, n }), data: told };
  };
  for (const one of beginning()) yield place(one);
  let started = 0;
  const open = Array.from({ length: OPEN_AT_ONCE }, () => conversation(started++));
  for (let turn = 0; seq < size; turn = (turn + 1) % OPEN_AT_ONCE) {
    const { value, done } = open[turn].next();
    if (done) open[turn] = conversation(started++);
    else yield place(value);
  }
}
