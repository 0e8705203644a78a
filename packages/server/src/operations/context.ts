/** What operations are prepared with. Wiring is in `server.ts`; here stands only what each part is. */
import type { Json, ZoneOffset } from '@surety/core/terms';
import type { Store } from '../store/port.ts';
import type { ActionRecords } from './action/records.ts';
import type { Memories } from './kept/memory.ts';
import type { PactShelf } from './kept/pact-shelf.ts';
import type { Views } from './kept/views.ts';
import type { KeyRing } from './key/key-ring.ts';
import type { Writer } from './perform.ts';
import type { Names } from './personal/names.ts';
import type { Subjects } from './personal/subjects.ts';
import type { Scenarios } from './sample/scenarios.ts';
import type { Entrance } from './session/entrance.ts';

/** Asks a declared source for a fact; `undefined` where it gave none in time: the rule that needs it is in doubt. */
export type AskSource = (fact: {
  readonly url: string;
  readonly headersFrom: string | undefined;
  readonly timeoutMs: number;
  readonly maxAgeMs: number | undefined;
}) => Promise<Json | undefined>;

export interface Context {
  readonly store: Store;
  readonly writer: Writer;
  readonly views: Views;
  readonly shelf: PactShelf;
  readonly memories: Memories;
  readonly records: ActionRecords;
  readonly subjects: Subjects;
  readonly names: Names;
  readonly ring: KeyRing;
  readonly entrance: Entrance;
  /** Of a sample desk that runs. */
  readonly scenarios?: Scenarios | undefined;
  readonly clock: () => number;
  readonly offset: ZoneOffset;
  readonly askSource: AskSource;
}
