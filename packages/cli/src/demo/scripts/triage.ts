/** A customer asks after an order: the case is sorted, and what delivery takes is said. */
import type { Talk } from '../talk.ts';
import type { Ending } from './ending.ts';
import { answered } from './question.ts';

export async function triage(talk: Talk): Promise<Ending> {
  const { visit, stock } = talk;
  const { case_id, draw, slip } = visit;
  const isUrgent = draw.chance(0.08);
  talk.bought({ total: 49, daysAgo: -2 });
  await talk.hears('status');
  await talk.reads('get_case', { case_id });
  if (slip === 'less_urgent') {
    await talk.hears('lawyer', { product: 'parcel' });
    await talk.does('set_priority', { case_id, priority: 4 }, 'less_urgent');
    return talk.handsOver('legal', 2, 'The customer mentions a lawyer');
  }
  if (slip === 'bad_label') await talk.does('set_labels', { case_id, labels: ['vip'] }, 'no_such_label');
  if (slip === 'relabels')
    for (const label of ['other', 'account', 'product']) await talk.does('set_labels', { case_id, labels: [label] });
  const isWrong = slip === 'wrong_label';
  await talk.does('set_labels', { case_id, labels: [isWrong ? 'account' : 'delivery'] }, isWrong ? slip : undefined);
  await talk.does('set_priority', { case_id, priority: isUrgent && slip === undefined ? 1 : 3 });
  await talk.reads('get_order', { order_id: visit.order_id });
  const article = stock.articles.get('A-101');
  if (!article) throw new Error('No article A-101 is in the sample');
  const ending = await answered(talk, article);
  if (ending === 'resolved') await talk.hears('thanks');
  return ending;
}
