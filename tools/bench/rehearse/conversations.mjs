/** Made-up conversations for the support starter: the same ones every time, five calls each. */

/** Mulberry32: a small generator, so that a recording can be made again to the byte. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const CALLS = 5;
const START = Date.parse('2026-05-04T08:00:00Z');
const WISHES = [
  'The lamp arrived broken.',
  'The jacket does not fit.',
  'It never came.',
  'My lawyer will hear of this.',
];

function* callsOf(i, roll) {
  const [customer, order, item] = [`cust_${i % 4_000}`, `W${i}`, `A${i % 50}`];
  const total = 20 + Math.floor(roll() * 180);
  const owner = roll() < 0.02 ? 'cust_other' : customer;
  yield ['find_customer', { email: `${customer}@mail.example`, postcode: '10001' }, { customer_id: customer }];
  yield [
    'get_order',
    { order_id: order },
    {
      order_id: order,
      customer_id: owner,
      total,
      refunded: 0,
      payment_method: 'card_1',
      delivered_at: '2026-05-01T10:00:00Z',
    },
  ];
  yield [
    'open_article',
    { article_id: item },
    { article_id: item, version: 2, approved: true, valid_until: '2027-12-31T00:00:00Z' },
  ];
  yield [
    'send_reply',
    {
      text: 'Refunds take five to seven working days.',
      citations: [{ article_id: item, version: roll() < 0.05 ? 1 : 2 }],
    },
    'sent',
  ];
  yield [
    'issue_refund',
    {
      order_id: order,
      amount: Math.min(total, 5 + Math.floor(roll() * 90)),
      payment_method: 'card_1',
      reason: 'damaged',
    },
    { status: 'sent' },
  ];
}

/** Lines of OpenAI chat JSON, one conversation each. */
export function* conversations(count) {
  const roll = dice(20_260_504);
  for (let i = 0; i < count; i++) {
    const messages = [
      { role: 'user', content: `${WISHES[Math.floor(roll() * 3.05)]} I would like my money back, please.` },
    ];
    let id = 0;
    for (const [name, args, result] of callsOf(i, roll)) {
      const call = { id: `call_${i}_${id++}`, type: 'function', function: { name, arguments: JSON.stringify(args) } };
      messages.push({ role: 'assistant', content: null, tool_calls: [call] });
      const content = typeof result === 'string' ? result : JSON.stringify(result);
      messages.push({ role: 'tool', tool_call_id: call.id, name, content });
    }
    messages.push({ role: 'assistant', content: 'Done. Is there anything else?' });
    const at = new Date(START + i * 60_000).toISOString();
    yield JSON.stringify({
      id: `made-up-${i}`,
      agent: 'support-agent',
      customer_id: `cust_${i % 4_000}`,
      at,
      messages,
    });
  }
}
