/** What `surety agent show` says of an agent's scores: no number without evidence, and a word where the two part. */
import { expect, it } from 'vitest';
import { scoreLines } from './lane-scores.ts';

const known = (score: number, upper: number, n: number) => ({ score, lower: score, upper, n, missing_sentence: null });
const unknown = (n: number, missing_sentence: string) => ({
  score: null,
  lower: null,
  upper: null,
  n,
  missing_sentence,
});

it('tells both numbers with their bounds, and where they part', () => {
  const gap = 'Customers get what they need while it breaks the pact: look at how it gets there.';
  expect(scoreLines({ scores: { conduct: known(210, 380, 151.4), outcome: known(540, 700, 88) }, gap })).toEqual([
    'Conduct 210 of 1000 (210–380, n = 151); 500 is proven at the rate the pact allows.',
    'Outcome 540 of 1000 (540–700, n = 88); 500 is proven at the pact’s target.',
    `The two scores disagree. ${gap}`,
  ]);
});

it('says what an outcome score still needs, beside a conduct score', () => {
  const outcome = unknown(8, '12 more mature outcomes for R-7 until there is a number.');
  expect(scoreLines({ scores: { conduct: known(400, 600, 60), outcome }, gap: null })).toEqual([
    'Conduct 400 of 1000 (400–600, n = 60); 500 is proven at the rate the pact allows.',
    'Outcome: 12 more mature outcomes for R-7 until there is a number.',
  ]);
});

it('is silent where there is no number at all', () => {
  const conduct = unknown(3, '17 more conversations until there is a number.');
  const outcome = unknown(0, 'The pact sets no outcome target in this lane, so nothing is scored.');
  expect(scoreLines({ scores: { conduct, outcome }, gap: null })).toEqual([]);
});
