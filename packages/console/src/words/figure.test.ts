/** A figure in short says no more than is known. */
import { expect, it } from 'vitest';
import { boundsText, changeText, measureText, shareText, waitText } from './figure.ts';

it.each([
  [0, '0 %'],
  [0.000_01, 'under 0.01 %'],
  [0.004_2, '0.42 %'],
  [0.8123, '81.2 %'],
  [1, '100 %'],
])('writes the share %d', (share, text) => {
  expect(shareText(share)).toBe(text);
});

it.each([
  [0, '0 s'],
  [90_000, '90 s'],
  [390_000, '6.5 min'],
  [3_600_000, '60 min'],
  [3 * 86_400_000, '3 d'],
])('writes the wait %d', (ms, text) => {
  expect(waitText(ms)).toBe(text);
});

it('says the unit of an interval once, and which end is open', () => {
  const share = { unit: 'share', currency: null } as const;
  expect(boundsText({ ...share, lower: 0.741, upper: 0.867 })).toBe('74.1 to 86.7 %');
  expect(boundsText({ unit: 'ms', currency: null, lower: 60_000, upper: 600_000 })).toBe('60 s to 10 min');
  expect(boundsText({ unit: 'ms', currency: null, lower: 600_000, upper: null })).toBe('10 min or more');
  expect(boundsText({ ...share, lower: null, upper: null })).toBe('');
  expect(measureText(4.256, { unit: 'score', currency: null })).toBe('4.26');
  expect(measureText(109, { unit: 'minor', currency: 'USD' })).toMatch(/1[.,]09/);
});

it('says of a change how large it is, and where it may be chance', () => {
  const change = { value: 0.031, lower: -0.02, upper: 0.081, moved: false, says: '' };
  expect(changeText(change)).toBe('+3.1 points (-2.0 to +8.1), perhaps chance');
  expect(changeText({ ...change, lower: 0.001, moved: true })).toBe('+3.1 points (+0.1 to +8.1)');
});
