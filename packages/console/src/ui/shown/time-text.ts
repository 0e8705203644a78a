/** Time as people say it. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: readonly (readonly [ms: number, word: string])[] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
];

/** 750000 → `12 minutes`; below a minute `less than a minute`. */
export function spanText(ms: number): string {
  const [size, word] = UNITS.find(([unit]) => ms >= unit) ?? [];
  if (size === undefined) return 'less than a minute';
  const count = Math.floor(ms / size);
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** `12 minutes ago`, `in 18 minutes`, `now`. */
export function relativeText(atMs: number, nowMs: number): string {
  const away = atMs - nowMs;
  if (Math.abs(away) < 5_000) return 'now';
  return away < 0 ? `${spanText(-away)} ago` : `in ${spanText(away)}`;
}

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
/** `24 Nov 2026, 12:03:10 · 2026-11-24 11:03:10 UTC`. */
export function exactText(atMs: number): string {
  const utc = new Date(atMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
  return `${local.format(atMs)} · ${utc}`;
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
export const clockText = (atMs: number): string => clock.format(atMs);
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
export const dayText = (atMs: number): string => day.format(atMs);
