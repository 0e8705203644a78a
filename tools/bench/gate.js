/** The gate: thirteen conditions of a refund against closures written by hand, more rules, longer traces, checking. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConversationMemory, evaluate, loadPact } from '@surety/core/pact';
import { fixedOffset } from '@surety/core/terms';
import { parse } from 'yaml';
import { frameOf, readArgs } from '../../packages/core/dist/pact/evaluate/read-proposal.js';
import { root } from '../ready.js';
import { inServer } from './gate/in-server.js';
import { compare } from './measure.js';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const ARGS = { order_id: 'W1', amount: 42, payment_method: 'card_1', reason: 'damaged' };
const REFUND = fileURLToPath(new URL('refund/pact.yaml', import.meta.url));

const files = (path) => (relative) => {
  const full = join(dirname(path), relative);
  return existsSync(full) ? readFileSync(full) : undefined;
};

function load(path, text = readFileSync(path)) {
  const { pact, diagnostics } = loadPact(path, text, files(path));
  if (!pact) throw new Error(`${path} does not check: ${JSON.stringify(diagnostics[0])}`);
  return pact;
}

/** A conversation of some steps, about 150 bytes each: messages, look-ups, and the two that a refund needs. */
function stepsOf(count) {
  const say = (i) =>
    i % 3 === 0
      ? {
          kind: 'customer',
          text: `It arrived broken, I would like the ${i} dollars for it back on my card, please.`,
          at: NOW - 60_000,
        }
      : i % 3 === 1
        ? {
            kind: 'reply',
            text: `I am looking into order ${i} for you; one moment, this does not take long.`,
            at: NOW - 60_000,
          }
        : call(
            i,
            'open_article',
            { article_id: `A${i}` },
            { article_id: `A${i}`, title: 'How refunds work', version: 3 },
          );
  const order = {
    order_id: 'W1',
    customer_id: 'u1',
    total: 99,
    refunded: 0,
    payment_method: 'card_1',
    delivered_at: '2026-06-05T00:00:00Z',
    items: [
      { category: 'apparel', price: 59 },
      { category: 'electronics', price: 25 },
      { category: 'apparel', price: 15 },
    ],
  };
  return [
    ...Array.from({ length: count - 2 }, (_, i) => say(i)),
    call(count, 'find_customer', { email: 'u1@mail.example' }, { customer_id: 'u1' }),
    call(count + 1, 'get_order', { order_id: 'W1' }, order),
  ];
}

const call = (i, tool, args, result) => ({
  kind: 'call',
  call_id: `call_${i}`,
  tool,
  args,
  result_text: JSON.stringify(result),
  ok: true,
  at: NOW - 30_000,
});

function situationOf(pact, steps) {
  const conversation = { id: 'c1', customer: 'u1' };
  const memory = new ConversationMemory(pact, conversation, fixedOffset);
  for (const step of steps) memory.observe(step);
  return {
    proposal: { tool: 'issue_refund', args: ARGS },
    agent: 'refund-agent',
    conversation,
    memory,
    now: NOW,
    offset: () => -240,
    state: 'limited',
    given: (name) => (name === 'account' ? { tier: 'basic', fraud_review: false } : undefined),
    judges: { said_yes: { verdict: 'ok', confidence: 95 } },
    used: () => 0,
    undatedIsFresh: false,
  };
}

/** The same thirteen, as a programmer would write them by hand over the same parsed facts. */
const HAND_WRITTEN = [
  (c) => c.memory.times('find_customer') > 0,
  (c) => c.order.customer_id === c.identity.customer_id,
  (c) => c.args.amount <= c.order.total - c.order.refunded,
  (c) => c.args.payment_method === c.order.payment_method,
  (c) => !(c.order.items.some((i) => i.category === 'final_sale') && c.args.reason === 'not_wanted'),
  (c) => !c.memory.repeats('issue_refund', c.argsText),
  (c) => c.args.amount <= c.order.items.reduce((sum, { price }) => sum + price, 0),
  (c) => c.order.items.every((i) => c.now - c.order.delivered_at <= c.refundDays.get(i.category) * 86_400_000),
  (c) => c.args.amount <= c.autonomy.max_amount,
  (c) => !c.memory.customerSaid(0),
  (c) => c.judges.said_yes.verdict === 'ok' && c.judges.said_yes.confidence >= 80,
  (c) => !c.account.fraud_review,
  (c) => c.memory.times('issue_refund') < 2,
];

function handWritten(context) {
  for (const holds of HAND_WRITTEN) if (!holds(context)) throw new Error('a condition fired that should not');
}

/** Facts parsed before, in both: what is left is the conditions alone. */
function conditions() {
  const pact = load(REFUND);
  const situation = situationOf(pact, stepsOf(20));
  const tool = pact.tools.get('issue_refund');
  const frame = frameOf(pact, tool, situation, readArgs(pact, tool, situation));
  const { rules, slots } = tool;
  const run = () => {
    for (const rule of rules) if (rule.condition.run(frame) === rule.firesWhen) throw new Error(`${rule.id} fired`);
  };
  run();
  const slot = (name) => slots.findIndex((one) => one.name === name);
  const definitions = ['legal_words', 'left_on_order'].map(slot);
  const budget = frame.budget;
  const fact = (name) => frame.values[slot(name)];
  const context = {
    memory: situation.memory.trace,
    args: fact('action').args,
    argsText: fact('action').args_text,
    now: NOW,
    order: fact('order'),
    identity: fact('identity'),
    account: fact('account'),
    refundDays: fact('refund_days'),
    autonomy: fact('autonomy'),
    judges: fact('judges'),
  };
  const again = () => {
    for (const definition of definitions) frame.values[definition] = undefined;
    frame.budget = budget;
    run();
  };
  return { again, context, whole: () => decided(pact, situation) };
}

function decided(pact, situation) {
  const evaluation = evaluate(pact, situation);
  if (evaluation.decision !== 'allow') throw new Error(`not allowed: ${JSON.stringify(evaluation.reasons)}`);
}

/** The refund pact with its thirteen conditions repeated until there are `count` rules. */
function withRules(count) {
  const text = readFileSync(REFUND, 'utf8');
  const rules = text.match(/^ {6}- \{ id: P-\d+[\s\S]*?\}$/gm);
  const [never, ask] = [rules.slice(0, 7), rules.slice(7)];
  const total = { never: Math.round((count * 7) / 13), ask: count - Math.round((count * 7) / 13) };
  const repeat = (from, n, letter) =>
    Array.from({ length: n }, (_, i) => from[i % from.length].replace(/P-\d+/, `${letter}-${i + 1}`)).join('\n');
  const cut = (before, from, after, made) =>
    `${before.slice(0, before.indexOf(from[0]))}${made}${before.slice(before.indexOf(after))}`;
  const changed = cut(text, never, '\n    ask_a_human_if:', repeat(never, total.never, 'N'));
  return load(REFUND, new TextEncoder().encode(cut(changed, ask, '\n    judged_on:', repeat(ask, total.ask, 'A'))));
}

export async function* bench() {
  const { again, context, whole } = conditions();
  const name = 'gate: 13 conditions';
  yield {
    name,
    unit: 'ns',
    ...compare(again, () => handWritten(context)),
    control_is: 'closures written by hand',
    at_most: 10,
  };
  yield {
    name: 'gate: a whole decision, 13 conditions, 20 steps',
    unit: 'ns',
    ...compare(whole, () => handWritten(context)),
    control_is: 'closures written by hand, facts at hand',
  };
  const [many, few] = [withRules(100), withRules(10)].map((pact) => [pact, situationOf(pact, stepsOf(20))]);
  yield {
    name: 'gate: a decision by 100 rules',
    unit: 'ns',
    ...compare(
      () => decided(...many),
      () => decided(...few),
      { calls: 4_000 },
    ),
    control_is: 'by 10 rules',
    at_most: 12,
  };
  const pact = load(REFUND);
  const [long, short] = [200, 20].map((count) => situationOf(pact, stepsOf(count)));
  const arrive = (situation, i) => {
    situation.memory.observe(call(i, 'get_order', { order_id: 'W1' }, ORDER), NOW);
    decided(pact, situation);
  };
  yield {
    name: 'gate: a result arrives and a decision, at step 200',
    unit: 'ns',
    ...compare(
      (i) => arrive(long, i),
      (i) => arrive(short, i),
      { calls: 4_000 },
    ),
    control_is: 'at step 20',
    at_most: 2,
  };
  yield* checking();
  yield* inServer();
}

const ORDER = JSON.parse(stepsOf(20).at(-1).result_text);

function* checking() {
  const path = ['fixtures/pacts/good/support/pact.yaml', 'packages/cli/starters/support/pact.yaml']
    .map((file) => join(root, file))
    .find(existsSync);
  const bytes = readFileSync(path);
  const text = bytes.toString();
  const { value, control, ...rest } = compare(
    () => load(path, bytes),
    () => parse(text),
    { rounds: 9, calls: 10 },
  );
  yield {
    name: 'gate: check of a whole pact',
    unit: 'ms',
    value: value / 1e6,
    control: control / 1e6,
    ...rest,
    control_is: 'parsing its YAML alone',
    at_most_ms: 50,
  };
}
