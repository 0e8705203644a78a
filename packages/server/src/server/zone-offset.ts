/** Offsets of time zones, from the zone database that ships with Node. */
import { fixedOffset, MINUTE, type ZoneOffset } from '@surety/core/terms';

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** The quarter of an hour asked for last: offsets change at its start or not at all. */
  quarter: number;
  offset: number | undefined;
}

const QUARTER_MS = 15 * MINUTE;
const zones = new Map<string, Zone | undefined>();

/** Minutes from UTC of a zone at an instant; `undefined` where the platform does not know the zone. */
export const zoneOffset: ZoneOffset = (zone, atMs) => fixedOffset(zone) ?? offsetIn(zone, atMs);

function offsetIn(name: string, atMs: number): number | undefined {
  const zone = zoneOf(name);
  if (!zone) return undefined;
  const quarter = Math.floor(atMs / QUARTER_MS);
  if (zone.quarter === quarter) return zone.offset;
  const text = zone.format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(text);
  const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
  zone.quarter = quarter;
  zone.offset = match ? (match[1] === '-' ? -minutes : minutes) : undefined;
  return zone.offset;
}

function zoneOf(name: string): Zone | undefined {
  if (zones.has(name)) return zones.get(name);
  let zone: Zone | undefined;
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
    zone = { format, quarter: Number.NaN, offset: undefined };
  } catch {
    zone = undefined;
  }
  zones.set(name, zone);
  return zone;
}
