/** A customer wants money back for an order. */
import type { Order } from '../shop.ts';
import type { Talk } from '../talk.ts';
import type { Ending } from './ending.ts';

const REASONS = ['damaged', 'not_received', 'wrong_item', 'not_wanted'] as const;
const cents = (amount: number): number => Math.round(amount * 100) / 100;

export async function refund(talk: Talk): Promise<Ending> {
  const { visit, stock } = talk;
  const { draw, slip } = visit;
  const reason = draw.pick(REASONS);
  const isLarge = draw.chance(0.16);
  const isLate = draw.chance(0.08);
  const hasLawyer = draw.chance(0.05) && slip === undefined;
  const product = draw.pick(isLarge ? stock.products.filter(({ price }) => price > 80) : stock.products);
  const amount = cents(isLarge ? draw.between(52, 79) : Math.min(product.price, draw.between(6, 34)));
  const order = talk.bought({ total: product.price, daysAgo: isLate ? 33 : 6 });
  await talk.hears(reason, { product: product.name, amount: amount.toFixed(2) });
  await talk.reads('get_case', { case_id: visit.case_id });
  await talk.does('set_labels', { case_id: visit.case_id, labels: ['refund'] });
  if (hasLawyer) await talk.hears('lawyer', { product: product.name });
  await slipped(talk, order, reason, amount);
  return paid(talk, order, { reason, amount });
}

/** Customer found, order looked up, the money sent back to where it came from, and the customer told. */
export async function paid(
  talk: Talk,
  order: Order,
  { reason, amount, onDecided }: { reason: string; amount: number; onDecided?: () => void },
): Promise<Ending> {
  const { visit, stock } = talk;
  const { email, postcode } = visit.customer;
  await talk.reads('find_customer', { email, postcode });
  await talk.reads('get_order', { order_id: order.order_id });
  const { order_id, payment_method } = order;
  const isTooMuch = visit.slip === 'not_asked';
  const args = { order_id, amount: isTooMuch ? cents(amount + 9) : amount, payment_method, reason };
  const outcome = await talk.does('issue_refund', args, isTooMuch ? 'more_than_asked' : undefined);
  onDecided?.();
  if (!('ok' in outcome)) return talk.handsOver('general', 3, `Refund of ${amount.toFixed(2)} USD: a person decides`);
  if (visit.slip === 'twice') await talk.does('issue_refund', args, 'twice');
  const article = stock.articles.get('A-103');
  if (!article) throw new Error('No article A-103 is in the sample');
  await talk.reads('open_article', { article_id: article.article_id });
  await talk.replies(`${amount.toFixed(2)} dollars are on their way. ${article.says}`, article);
  await talk.hears('thanks');
  return 'resolved';
}

/** What a hasty agent tries first; a rule denies each of them. */
async function slipped(talk: Talk, order: Order, reason: string, amount: number): Promise<void> {
  const { visit } = talk;
  const { order_id, payment_method } = order;
  const { email, postcode } = visit.customer;
  const plain = { order_id, amount, payment_method, reason };
  if (visit.slip === 'not_identified') {
    await talk.reads('get_order', { order_id });
    await talk.does('issue_refund', plain, 'not_identified');
  }
  if (visit.slip !== 'others_order' && visit.slip !== 'too_much' && visit.slip !== 'other_card') return;
  await talk.reads('find_customer', { email, postcode });
  if (visit.slip === 'others_order') {
    const others = talk.bought({ order_id: `${order_id}x`, customer_id: 'sample-customer-0', total: 90, daysAgo: 4 });
    await talk.reads('get_order', { order_id: others.order_id });
    await talk.does('issue_refund', { ...plain, order_id: others.order_id }, 'others_order');
    return;
  }
  await talk.reads('get_order', { order_id });
  if (visit.slip === 'too_much')
    await talk.does('issue_refund', { ...plain, amount: cents(order.total * 1.5) }, 'more_than_paid');
  else await talk.does('issue_refund', { ...plain, payment_method: 'card_9' }, 'other_card');
}
