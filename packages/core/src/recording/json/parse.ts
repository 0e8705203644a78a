/** A whole JSON text as a value, or the character at which it breaks; never deeper than the limit. */
import { err, ok, type Result } from '../../result.ts';
import type { Json } from '../../terms/json.ts';
import type { Place } from '../item.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { JsonScanner } from './scanner.ts';

export interface JsonFault {
  readonly place: Place;
  readonly says: string;
}

export const TOO_DEEP = `brackets are nested deeper than ${RECORDING_LIMITS.nesting}`;

/** One JSON value and nothing else. The place of a fault is relative to the text. */
export function parseJson(text: string): Result<Json, JsonFault> {
  const fault = findFault(text);
  return fault ? err(fault) : ok(JSON.parse(text) as Json);
}

function findFault(text: string): JsonFault | undefined {
  const scanner = new JsonScanner();
  const fault = (says: string): JsonFault => ({ place: scanner.place, says });
  let values = 0;
  scanner.feed(text);
  for (let event = scanner.next(); event !== 'more'; event = scanner.next()) {
    if (event === 'fault') return fault(scanner.fault);
    if (scanner.depth > RECORDING_LIMITS.nesting) return fault(TOO_DEEP);
    if (event === 'begin' && scanner.level === 0) values += 1;
    if (values > 1) return fault('something stands behind the end of the value');
  }
  while (true) {
    const event = scanner.finish();
    if (event === 'fault') return fault(scanner.fault);
    if (event === 'more') return values === 0 ? fault('nothing stands here') : undefined;
  }
}
