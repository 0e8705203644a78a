/** What stands on the screen is what there is: nothing unseen, nothing rounded away. */
import { expect, it } from 'vitest';
import { matching } from '../overlays/command-palette.tsx';
import { shortened } from './copy-text.tsx';
import { moneyText } from './money.tsx';
import { piecesOf, seenText } from './plain-text.tsx';
import { relativeText, spanText } from './time-text.ts';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

it.each([
  ['plain', [{ text: 'plain', isUnseen: false }]],
  [
    'a\u202eb',
    [
      { text: 'a', isUnseen: false },
      { text: 'U+202E', isUnseen: true },
      { text: 'b', isUnseen: false },
    ],
  ],
  ['\u0000', [{ text: 'U+0000', isUnseen: true }]],
  ['\u{e0041}', [{ text: 'U+E0041', isUnseen: true }]],
  [
    `a${'\u0301'.repeat(9)}b`,
    [
      { text: `a${'\u0301'.repeat(4)}`, isUnseen: false },
      { text: '+5 marks', isUnseen: true },
      { text: 'b', isUnseen: false },
    ],
  ],
  ['e\u0301\u0323', [{ text: 'e\u0301\u0323', isUnseen: false }]],
  ['two\nlines\t', [{ text: 'two\nlines\t', isUnseen: false }]],
  ['', []],
])('makes what is unseen visible: %j', (text, pieces) => {
  expect(piecesOf(text)).toEqual(pieces);
});

it.each([
  [59 * SECOND, 'less than a minute'],
  [60 * SECOND, '1 minute'],
  [3_599 * SECOND, '59 minutes'],
  [3_600 * SECOND, '1 hour'],
  [DAY - SECOND, '23 hours'],
  [2 * DAY, '2 days'],
])('says %d ms as people do', (ms, says) => {
  expect(spanText(ms)).toBe(says);
  expect(relativeText(0, ms)).toBe(`${says} ago`);
  expect(relativeText(ms, 0)).toBe(`in ${says}`);
});

it('calls the last five seconds now', () => {
  expect([relativeText(0, 4_999), relativeText(0, 5_000)]).toEqual(['now', 'less than a minute ago']);
});

it('keeps both ends of a digest', () => {
  const digest = `sha256:${'ab'.repeat(31)}12`;
  expect(shortened(digest)).toBe('sha256:abababababab…ab12');
  expect(shortened('act_1234')).toBe('act_1234');
});

it.each([
  [4_250, 'USD', /42[.,]50/],
  [4_250, 'JPY', /4[.,]250/],
  [4_250, 'KWD', /4[.,]250/],
])('writes money in its own digits: %d %s', (minor, currency, shape) => {
  expect(moneyText(minor, currency)).toMatch(shape);
});

it('finds what is typed, in any order', () => {
  const command = (says: string) => ({ id: says, says, icon: 'agents' as const, hint: 'agent', run: () => undefined });
  const commands = [command('support-bot'), command('shop-bot')];
  expect(matching(commands, 'bot supp').map(({ id }) => id)).toEqual(['support-bot']);
  expect(matching(commands, 'AGENT')).toHaveLength(2);
  expect(matching(commands, 'nothing')).toEqual([]);
});

it('turns nothing around in a heading', () => {
  expect(seenText('case \u202e17')).toBe('case U+202E17');
});
