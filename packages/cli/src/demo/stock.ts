/** What the sample desk is made of: articles, questions, products, names and sayings, in files beside the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../sample/desk/', import.meta.url));

export interface Article {
  readonly article_id: string;
  readonly version: number;
  readonly title: string;
  readonly says: string;
}

export interface Question {
  readonly article: string;
  readonly label: string;
  readonly asks: readonly string[];
  /** What a hasty agent claims, and no article says. */
  readonly unsupported: string;
}

export interface Product {
  readonly name: string;
  readonly price: number;
}

export type Saying =
  | 'damaged'
  | 'not_received'
  | 'wrong_item'
  | 'not_wanted'
  | 'lawyer'
  | 'safety'
  | 'person'
  | 'status'
  | 'call_back'
  | 'hostile'
  | 'yes'
  | 'thanks'
  | 'not_helped';

export interface Stock {
  readonly articles: ReadonlyMap<string, Article>;
  readonly questions: readonly Question[];
  readonly products: readonly Product[];
  readonly first_names: readonly string[];
  readonly family_names: readonly string[];
  readonly sayings: Readonly<Record<Saying, readonly string[]>>;
}

export function readStock(): Stock {
  const shop = read<Pick<Stock, 'products' | 'first_names' | 'family_names'>>('shop.json');
  const articles = read<readonly Article[]>('articles.json');
  return {
    ...shop,
    articles: new Map(articles.map((article) => [article.article_id, article])),
    questions: read('questions.json'),
    sayings: read('sayings.json'),
  };
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T;
