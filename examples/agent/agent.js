#!/usr/bin/env node
/** A small support agent for a refund desk, without any model: its turns are scripted, its tools stand behind the gate. */
import { parseArgs } from 'node:util';
import { guard, surety } from '@surety/sdk';
import * as desk from './desk.js';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: process.env.GATE_URL ?? 'http://127.0.0.1:7400' },
    key: { type: 'string', default: process.env.GATE_KEY },
    agent: { type: 'string', default: process.env.AGENT_NAME ?? 'support-agent' },
    wait: { type: 'string', default: '0' },
    spool: { type: 'string' },
  },
});
if (!values.key) {
  console.error('No API key: give --key or set GATE_KEY (surety keys create --role agent --name support-agent)');
  process.exit(2);
}

const client = surety({ url: values.url, key: values.key, agent: values.agent, spool: values.spool });
const tools = {
  find_customer: guard(client, 'find_customer', desk.find_customer),
  get_order: guard(client, 'get_order', desk.get_order),
  issue_refund: guard(client, 'issue_refund', desk.issue_refund),
  hand_over: guard(client, 'hand_over', desk.hand_over),
};

const conversations = [
  {
    says: 'My kettle arrived broken. Please refund the 42 dollars.',
    who: { email: 'mia@example.com', postcode: '10115' },
    wants: { order_id: 'W1', amount: 42, reason: 'damaged' },
  },
  {
    says: 'I want 75 dollars back for the lamp.',
    who: { email: 'ben@example.com', postcode: '80331' },
    wants: { order_id: 'W2', amount: 75, reason: 'wrong_item' },
  },
  {
    says: 'Refund order W2, please. I paid for it, sort of.',
    who: { email: 'mia@example.com', postcode: '10115' },
    wants: { order_id: 'W2', amount: 20, reason: 'damaged' },
  },
  { says: 'I would rather talk to a person.' },
];

/** One conversation from the customer's first word to what the agent answers. */
async function serve({ says, who, wants }, number) {
  const conversation_id = `example-${run}-${number}`;
  const trace = [{ role: 'user', content: says }];
  let calls = 0;
  let customer_id;
  const call = () => ({
    conversation_id,
    call_id: `call_${++calls}`,
    trace,
    channel: 'chat',
    customer_id,
    wait: Number(values.wait),
  });
  const handOver = async (summary) => {
    const { ok } = await tools.hand_over({ summary }, call());
    return `I am handing you over to ${ok.handed_to}.`;
  };
  if (!wants) return handOver('The customer asks for a person');
  try {
    const customer = await tools.find_customer(who, call());
    if (!customer.ok) return handOver(customer.tell_the_agent);
    customer_id = customer.ok.customer_id;
    const order = await tools.get_order({ order_id: wants.order_id }, call());
    if (!order.ok) return handOver(order.tell_the_agent);
    const refund = await tools.issue_refund({ ...wants, payment_method: order.ok.payment_method }, call());
    if (refund.ok) return `Done: ${refund.ok.refunded.toFixed(2)} USD are on their way.`;
    if (refund.held) return `A colleague looks at this. (${refund.tell_the_agent})`;
    return `${await handOver(refund.tell_the_agent)} (${refund.tell_the_agent})`;
  } catch (error) {
    return handOver(`A tool failed: ${error.message}`);
  }
}

const run = Date.now().toString(36);
for (const [number, conversation] of conversations.entries()) {
  console.log(`customer: ${conversation.says}`);
  console.log(`agent:    ${await serve(conversation, number)}\n`);
}
console.log(
  `Refunds that happened: ${desk.refunds.length}. Conversations that went to a person: ${desk.handOvers.length}.`,
);
await client.close();
