import { describe, expect, it } from 'vitest';
import { parseTime } from './time.ts';
import { zonesOf } from './zones.ts';

const at = (text: string): number => parseTime(text) ?? Number.NaN;

describe('zones', () => {
  const asked: string[] = [];
  const offset = zonesOf((zone) => {
    asked.push(zone);
    try {
      const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
      return (ms) => format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    } catch {
      return undefined;
    }
  });

  it.each([
    ['Europe/Berlin', '2024-05-15T12:00:00Z', 120],
    ['Europe/Berlin', '2024-03-31T00:59:59Z', 60],
    ['Europe/Berlin', '2024-03-31T01:00:00Z', 120],
    ['America/St_Johns', '2024-01-15T12:00:00Z', -210],
    ['Asia/Kathmandu', '2024-01-15T12:00:00Z', 345],
    ['Europe/London', '2024-01-15T12:00:00Z', 0],
    ['-05:00', '2024-01-15T12:00:00Z', -300],
    ['Atlantis/Capital', '2024-01-15T12:00:00Z', undefined],
  ])('%s at %s is %s minutes from UTC', (zone, time, minutes) => {
    expect(offset(zone, at(time))).toBe(minutes);
  });

  it('asks the platform once for a zone, also for one it does not know', () => {
    offset('Atlantis/Capital', 0);
    expect(asked.filter((zone) => zone === 'Atlantis/Capital')).toHaveLength(1);
    expect(asked.filter((zone) => zone === 'Europe/Berlin')).toHaveLength(1);
  });
});
