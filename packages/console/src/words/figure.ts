/** A weekly figure in short: its value, its bounds, on how much it rests. The sentences come from the server. */
import type { WeeklyRow } from '@surety/core/wire';
import { moneyText } from '../ui/index.ts';

export type Figure = WeeklyRow['figures'][number];

const SECOND = 1_000;
const UNITS: readonly (readonly [ms: number, word: string])[] = [
  [86_400 * SECOND, 'd'],
  [3_600 * SECOND, 'h'],
  [60 * SECOND, 'min'],
  [SECOND, 's'],
];

/** 390000 → `6.5 min`; two of a unit before it is used, so that 90 minutes stay minutes. */
export function waitText(ms: number): string {
  const [size, word] = UNITS.find(([unit]) => ms >= 2 * unit) ?? [SECOND, 's'];
  const count = ms / size;
  return `${count.toFixed(count < 10 ? 1 : 0).replace(/\.0$/, '')} ${word}`;
}

/** What is not nothing never shows as 0 %. */
export function shareText(share: number): string {
  const shown = share * 100;
  if (shown > 0 && shown < 0.01) return 'under 0.01 %';
  return `${Number(shown.toFixed(shown < 0.95 ? 2 : 1))} %`;
}

type Measure = Pick<Figure, 'unit' | 'currency'>;

export function measureText(value: number, { unit, currency }: Measure): string {
  if (unit === 'share') return shareText(value);
  if (unit === 'ms') return waitText(value);
  return unit === 'score' ? value.toFixed(2) : moneyText(value, currency ?? 'USD');
}

/** `74.1 to 86.7 %`; empty where no interval can be given. */
export function boundsText({ lower, upper, ...of }: Pick<Figure, 'lower' | 'upper'> & Measure): string {
  if (lower === null) return upper === null ? '' : `at most ${measureText(upper, of)}`;
  if (upper === null) return `${measureText(lower, of)} or more`;
  const [from, to] = [measureText(lower, of), measureText(upper, of)];
  const word = / \S+$/.exec(to)?.[0];
  return `${word && from.endsWith(word) ? from.slice(0, -word.length) : from} to ${to}`;
}

const signed = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;

/** `+3.1 points (-2.0 to +8.1), perhaps chance`: the last where it did not show that it moved. */
export function changeText({ value, lower, upper, moved }: NonNullable<Figure['change']>): string {
  const size = `${signed(value)} points (${signed(lower)} to ${signed(upper)})`;
  return moved ? size : `${size}, perhaps chance`;
}
