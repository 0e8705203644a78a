/** Offsets of time zones, from the zone database that ships with Node. */
import { fixedOffset, type ZoneOffset } from '@surety/core/terms';

const formats = new Map<string, Intl.DateTimeFormat | null>();

export const zoneOffset: ZoneOffset = (zone, atMs) => fixedOffset(zone) ?? offsetIn(zone, atMs);

function offsetIn(zone: string, atMs: number): number | undefined {
  const format = formatOf(zone);
  if (!format) return undefined;
  const name = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name);
  if (!match) return undefined;
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return match[1] === '-' ? -minutes : minutes;
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
    return format;
  } catch {
    formats.set(zone, null);
    return null;
  }
}
