/** Offsets of time zones, from the platform's own database; a fixed offset needs none. */
import { fixedOffset, MINUTE, type ZoneOffset } from '@surety/core/terms';

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (formats.has(zone)) return formats.get(zone);
  let format: Intl.DateTimeFormat | undefined;
  try {
    const parts = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...parts });
  } catch {
    format = undefined;
  }
  formats.set(zone, format);
  return format;
}

/** Minutes from UTC of a zone at an instant; `undefined` where the platform does not know the zone. */
export const zoneOffset: ZoneOffset = (zone, atMs) => {
  const fixed = fixedOffset(zone);
  const format = fixed === undefined ? formatOf(zone) : undefined;
  if (!format) return fixed;
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return Math.round((wall - Math.floor(atMs / 1000) * 1000) / MINUTE);
};
