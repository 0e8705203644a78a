/** Numbers in words, the same in the console, the command line and on paper. */
import { DAY, HOUR, MINUTE, SECOND } from '../../terms/time.ts';

/** 0.8123 → `81.2 %`; what is not zero never shows as 0. */
export function percent(share: number): string {
  const shown = share * 100;
  const digits = shown > 0 && shown < 0.95 ? 2 : 1;
  const text = shown.toFixed(digits);
  const least = digits === 2 ? 0.01 : 0.1;
  return `${shown > 0 && Number(text) === 0 ? `under ${least}` : text.replace(/\.0+$/, '')} %`;
}

export const between = (lower: number, upper: number, show: (value: number) => string): string =>
  `${show(lower).replace(/ %$/, '')} to ${show(upper)}`;

const UNITS: readonly (readonly [number, string])[] = [
  [DAY, 'days'],
  [HOUR, 'hours'],
  [MINUTE, 'minutes'],
  [SECOND, 'seconds'],
];

/** 390000 → `6.5 minutes`. */
export function span(ms: number): string {
  const [size, name] = UNITS.find(([unit]) => ms >= 2 * unit) ?? [SECOND, 'seconds'];
  const text = (ms / size).toFixed(ms / size < 10 ? 1 : 0).replace(/\.0$/, '');
  return `${text} ${text === '1' ? name.slice(0, -1) : name}`;
}

/** 5793 → `5,793`. */
export const whole = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

export const many = (n: number, one: string, several = `${one}s`): string => `${whole(n)} ${n === 1 ? one : several}`;
