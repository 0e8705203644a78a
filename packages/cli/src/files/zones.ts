/** Offsets of time zones, from the zone database that ships with Node. */
import { zonesOf } from '@surety/core/terms';

/** Minutes from UTC of a zone at an instant; `undefined` where the platform does not know the zone. */
export const zoneOffset = zonesOf((zone) => {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    return (atMs) => format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  } catch {
    return undefined;
  }
});
