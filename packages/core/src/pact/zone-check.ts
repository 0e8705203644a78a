/** Whether the zone of a pact exists, asked where there is a database of zones: without one every day would be in doubt. */
import type { ZoneOffset } from '../terms/time.ts';
import type { LoadedPact } from './load.ts';

/** `path` is how the pact is called; one whose zone nobody knows is not in order. */
export function checkZone(loaded: LoadedPact, path: string, offset: ZoneOffset): LoadedPact {
  const { pact, source, diagnostics } = loaded;
  if (!pact || !source || offset(pact.zone, 0) !== undefined) return loaded;
  const says = `${pact.zone} is not a time zone; write one such as Europe/Berlin, or an offset such as -05:00`;
  const range = source.rangeAt(['zone']);
  return {
    source,
    pact: undefined,
    diagnostics: [...diagnostics, { code: 'bad_value', severity: 'error', file: path, range, says }],
  };
}
