/** The refund desk's own systems, as small as they can be: customers, orders, and the refunds that really happened. */

const customers = [
  { customer_id: 'u1', name: 'Mia', email: 'mia@example.com', postcode: '10115' },
  { customer_id: 'u2', name: 'Ben', email: 'ben@example.com', postcode: '80331' },
];

const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString();

const orders = [
  { order_id: 'W1', customer_id: 'u1', total: 99, refunded: 0, payment_method: 'card_1', delivered_at: daysAgo(5) },
  { order_id: 'W2', customer_id: 'u2', total: 180, refunded: 0, payment_method: 'card_2', delivered_at: daysAgo(9) },
];

export const refunds = [];
export const handOvers = [];

export function find_customer({ email, postcode }) {
  const found = customers.find((one) => one.email === email && one.postcode === postcode);
  if (!found) throw new Error('No customer has this e-mail and postcode');
  return { customer_id: found.customer_id };
}

export function get_order({ order_id }) {
  const found = orders.find((one) => one.order_id === order_id);
  if (!found) throw new Error(`There is no order ${order_id}`);
  return { ...found };
}

export function issue_refund({ order_id, amount, payment_method, reason }) {
  const order = orders.find((one) => one.order_id === order_id);
  if (!order) throw new Error(`There is no order ${order_id}`);
  order.refunded += amount;
  refunds.push({ order_id, amount, payment_method, reason });
  return { refunded: amount, left: order.total - order.refunded };
}

/** `running.hand_over` says where it goes: a wrong queue has become the lane's owner. */
export function hand_over({ summary }, running) {
  const to = running.hand_over?.owner ?? running.hand_over?.queue ?? 'the first person who is free';
  handOvers.push({ summary, to });
  return { handed_to: to };
}
