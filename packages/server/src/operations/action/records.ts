/** What is on the record about an action: the latest in memory, the rest from the store. */
import type { Placed } from '@surety/core/evidence';
import { LRUCache } from 'lru-cache';
import type { Store } from '../../store/port.ts';
import { UnknownError } from '../errors.ts';
import { toActionId } from '../personal/names.ts';
import type { Subject, Subjects } from '../personal/subjects.ts';
import { toPlaced } from '../writing/placed.ts';

export interface ActionRecord {
  readonly proposed: Placed<'action.proposed'>;
  readonly decided: Placed<'action.decided'>;
  /** Canonical; `undefined` where it was erased. */
  readonly argsText: string | undefined;
}

/** What is kept of the latest; beyond either the action longest unused is let go. */
export const RECORD_LIMITS: RecordLimits = Object.freeze({ actions: 10_000, bytes: 67_108_864 });

export interface RecordLimits {
  readonly actions: number;
  readonly bytes: number;
}

const BYTES_A_RECORD = 4_096;
const BYTES_A_REASON = 1_024;

const bytesOf = ({ decided: { data }, argsText = '' }: ActionRecord): number =>
  BYTES_A_RECORD + BYTES_A_REASON * (data.reasons.length + (data.charges?.length ?? 0)) + argsText.length;

export class ActionRecords {
  readonly #store: Store;
  readonly #subjects: Subjects;
  readonly #latest: LRUCache<string, ActionRecord>;

  /** How often everything was forgotten. */
  #age = 0;

  constructor(store: Store, subjects: Subjects, { actions, bytes } = RECORD_LIMITS) {
    this.#store = store;
    this.#subjects = subjects;
    this.#latest = new LRUCache({ max: actions, maxSize: bytes, sizeCalculation: bytesOf });
  }

  keep(record: ActionRecord): void {
    this.#latest.set(record.proposed.id, record);
  }

  /** What is being read meanwhile is not kept either. */
  forgetAll(): void {
    this.#age++;
    this.#latest.clear();
  }

  async get(id: string): Promise<ActionRecord> {
    const known = this.#latest.get(id);
    if (known) return known;
    const age = this.#age;
    const entries = (await this.#store.find([id, `${id}/decided`])).map(toPlaced);
    const proposed = entries.find((entry) => entry.type === 'action.proposed') as Placed<'action.proposed'> | undefined;
    const decided = entries.find((entry) => entry.type === 'action.decided') as Placed<'action.decided'> | undefined;
    if (!proposed || !decided)
      throw new UnknownError('action.unknown', `There is no action ${toActionId(id)} on the record`);
    const { commitment } = proposed.data.args;
    const value = (await this.#subjects.open(this.#store, [proposed.seq])).get(commitment)?.value;
    const record = { proposed, decided, argsText: typeof value === 'string' ? value : undefined };
    if (age === this.#age) this.keep(record);
    return record;
  }
}

/** Under whose key the arguments were sealed; `undefined` where that was erased. */
export async function subjectOf(
  { store, subjects }: { readonly store: Store; readonly subjects: Subjects },
  { proposed }: ActionRecord,
): Promise<Subject | undefined> {
  const [sealed] = await store.disclosures([proposed.seq]);
  return sealed ? subjects.find(sealed.subject) : undefined;
}
