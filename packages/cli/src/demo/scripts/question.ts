/** A customer asks something that an article answers. */
import type { Article } from '../stock.ts';
import type { Talk } from '../talk.ts';
import type { Ending } from './ending.ts';

export async function question(talk: Talk): Promise<Ending> {
  const { visit, stock } = talk;
  const asked = visit.draw.pick(stock.questions);
  const article = stock.articles.get(asked.article);
  if (!article) throw new Error(`No article ${asked.article} is in the sample`);
  await talk.hears({ text: visit.draw.pick(asked.asks) });
  await talk.reads('get_case', { case_id: visit.case_id });
  await talk.does('set_labels', { case_id: visit.case_id, labels: [asked.label] });
  const ending = (await slipped(talk, article, asked.unsupported)) ?? (await answered(talk, article));
  if (ending === 'resolved') await talk.hears(visit.slip === 'unsupported' ? 'not_helped' : 'thanks');
  return ending;
}

/** The article opened, its words sent, its version cited. */
export async function answered(talk: Talk, article: Article): Promise<Ending> {
  await talk.reads('open_article', { article_id: article.article_id });
  const said = await talk.replies(article.says, article);
  return 'ok' in said ? 'resolved' : talk.handsOver('general', 4, `${article.title}: a colleague should answer`);
}

/** Undefined where nothing went wrong, or what went wrong did not get through. */
async function slipped(talk: Talk, article: Article, unsupported: string): Promise<Ending | undefined> {
  const { slip } = talk.visit;
  const { article_id, version, says } = article;
  if (slip === 'no_citation') await talk.does('send_reply', { text: says, citations: [] }, 'not_cited');
  else if (slip === 'not_opened') await talk.replies(says, article, 'not_opened');
  else if (slip === 'old_version' || slip === 'promises' || slip === 'unsupported') {
    await talk.reads('open_article', { article_id });
    if (slip === 'old_version') await talk.replies(says, { article_id, version: version - 1 }, 'out_of_date');
    if (slip === 'promises')
      await talk.replies(`${says} We guarantee it, or you get compensation.`, article, 'promise');
    if (slip === 'unsupported' && 'ok' in (await talk.replies(unsupported, article, 'unsupported_claim')))
      return 'resolved';
  }
  return undefined;
}
