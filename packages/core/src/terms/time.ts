/** Time: integer milliseconds since 1970, spans in milliseconds, shares in parts per million. */

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: WEEK };

/** `15m` → 900000. `undefined` when it is not a whole number and one of ms, s, m, h, d, w. */
export function parseSpan(text: string): number | undefined {
  const match = /^(\d{1,9})(ms|s|m|h|d|w)$/.exec(text);
  return match ? Number(match[1]) * (UNITS[match[2] as string] as number) : undefined;
}

/** 900000 → `15 minutes`; the largest unit that leaves a whole number. */
export function formatSpan(ms: number): string {
  const names: [number, string][] = [
    [DAY, 'day'],
    [HOUR, 'hour'],
    [MINUTE, 'minute'],
    [SECOND, 'second'],
  ];
  const [unit, name] = names.find(([size]) => ms >= size && ms % size === 0) ?? [1, 'millisecond'];
  return `${ms / unit} ${name}${ms / unit === 1 ? '' : 's'}`;
}

/** `0.5%` → 5000 parts per million; at most four decimals. */
export function parseShare(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?%$/.exec(text);
  if (!match) return undefined;
  const ppm = Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'));
  return ppm <= 1_000_000 ? ppm : undefined;
}

/** 5000 → `0.5 %`. */
export const formatShare = (ppm: number): string => `${String(ppm / 10_000)} %`;

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;
const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/;

function fromParts(m: RegExpExecArray): number | undefined {
  const [y, mo, d, h, mi, s] = m.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  if (h > 23 || mi > 59 || s > 59) return undefined;
  const ms = Date.UTC(y, mo - 1, d, h, mi, s, Number((m[7] ?? '').slice(0, 3).padEnd(3, '0')));
  const back = new Date(ms);
  return back.getUTCMonth() === mo - 1 && back.getUTCDate() === d ? ms : undefined;
}

/** RFC 3339 with an offset. `undefined` for anything else, also for 30 February and a leap second. */
export function parseTime(text: string): number | undefined {
  const m = RFC3339.exec(text);
  const utc = m ? fromParts(m) : undefined;
  if (!m || utc === undefined) return undefined;
  if (m[8]) return utc;
  const minutes = Number(m[10]) * 60 + Number(m[11]);
  if (minutes >= 24 * 60) return undefined;
  return utc - (m[9] === '-' ? -minutes : minutes) * MINUTE;
}

/** A date and time without offset, as if it were UTC; the caller applies its zone. */
export function parseLocalTime(text: string): number | undefined {
  const m = LOCAL.exec(text);
  return m ? fromParts(m) : undefined;
}

/** `2024-05-15`, and a day that exists. */
export const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && parseLocalTime(`${text}T00:00:00`) !== undefined;

/** 1715803200000 → `2024-05-15T20:00:00.000Z`. */
export const formatTime = (ms: number): string => new Date(ms).toISOString();

/** Offset of a zone from UTC at an instant, in minutes; an argument, so that a replay can use the recorded one. */
export type ZoneOffset = (zone: string, atMs: number) => number | undefined;

/** `Z`, `-05:00` → minutes. `undefined` for a name such as `Europe/Berlin`. */
export function fixedOffset(zone: string): number | undefined {
  if (zone === 'UTC' || zone === 'Z') return 0;
  const m = /^([+-])(\d{2}):(\d{2})$/.exec(zone);
  if (!m || Number(m[2]) > 14 || Number(m[3]) > 59) return undefined;
  const minutes = Number(m[2]) * 60 + Number(m[3]);
  return m[1] === '-' ? -minutes : minutes;
}

/** The calendar day of an instant at an offset, `YYYY-MM-DD`. */
export const dayAt = (ms: number, offsetMinutes: number): string =>
  new Date(ms + offsetMinutes * MINUTE).toISOString().slice(0, 10);
