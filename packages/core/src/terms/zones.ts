/** Offsets of time zones, from the words of whatever zone database the platform has. */
import { fixedOffset, MINUTE, type ZoneOffset } from './time.ts';

/** What a platform calls a zone's offset at an instant, as `GMT+02:00` (Intl: `timeZoneName: 'longOffset'`). */
export type OffsetText = (atMs: number) => string;

interface Zone {
  readonly textAt: OffsetText;
  /** The quarter of an hour asked for last: offsets change at its start or not at all. */
  quarter: number;
  offset: number | undefined;
}

const QUARTER_MS = 15 * MINUTE;
const TEXT = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/;

/** `open` finds a zone by its name, `undefined` where the platform does not know it. */
export function zonesOf(open: (zone: string) => OffsetText | undefined): ZoneOffset {
  const zones = new Map<string, Zone | undefined>();
  const zoneOf = (name: string): Zone | undefined => {
    if (zones.has(name)) return zones.get(name);
    const textAt = open(name);
    const zone = textAt && { textAt, quarter: Number.NaN, offset: undefined };
    zones.set(name, zone);
    return zone;
  };
  return (name, atMs) => {
    const fixed = fixedOffset(name);
    const zone = fixed === undefined ? zoneOf(name) : undefined;
    if (!zone) return fixed;
    const quarter = Math.floor(atMs / QUARTER_MS);
    if (zone.quarter === quarter) return zone.offset;
    const match = TEXT.exec(zone.textAt(atMs));
    const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
    zone.quarter = quarter;
    zone.offset = match ? (match[1] === '-' ? -minutes : minutes) : undefined;
    return zone.offset;
  };
}
