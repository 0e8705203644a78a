/** What a node keeps beside the world as entries become durable: conversation memory and the latest actions. */
import type { Placed } from '@surety/core/evidence';
import type { Json, Step } from '@surety/core/terms';
import type { World } from '@surety/core/world';
import type { Store } from '../../store/port.ts';
import type { ActionRecords } from '../action/records.ts';
import { isOf } from '../operation.ts';
import type { Committed } from '../perform.ts';
import type { Subjects } from '../personal/subjects.ts';
import { toPlaced } from '../writing/placed.ts';
import type { Memories, ReadTrace, TraceEntry } from './memory.ts';

/** After an erasure, here or on another node: whatever may still be in memory goes. */
export function forgetErased(
  entries: readonly Placed[],
  subjects: Subjects,
  memories: Memories,
  records: ActionRecords,
): void {
  const erased = entries.filter((entry) => isOf('subject.erased', entry));
  if (erased.length === 0) return;
  for (const { data } of erased) subjects.forget(data.subject);
  memories.forgetAll();
  records.forgetAll();
}

export const isTrace = ({ type }: Placed): boolean =>
  type === 'trace.observed' || type === 'action.executed' || type === 'action.failed';

const contentOf = (entry: TraceEntry): string | undefined =>
  entry.type === 'trace.observed' ? entry.data.content?.commitment : entry.data.result?.commitment;

export function stepsOf(entry: TraceEntry, text: Json | undefined): readonly Step[] | undefined {
  if (typeof text !== 'string') return undefined;
  const read = JSON.parse(text) as Step | readonly Step[];
  return entry.type === 'trace.observed' ? (read as readonly Step[]) : [read as Step];
}

export function remember(
  { entries, disclosed }: Committed,
  { conversations }: World,
  memories: Memories,
  records: ActionRecords,
): void {
  const proposals = new Map<string, Placed<'action.proposed'>>();
  for (const entry of entries) {
    if (entry.type === 'action.proposed') proposals.set(entry.id, entry as Placed<'action.proposed'>);
    else if (entry.type === 'action.decided') {
      const decided = entry as Placed<'action.decided'>;
      const proposed = proposals.get(decided.data.action);
      const args = proposed && disclosed.get(proposed.data.args.commitment);
      if (proposed && !decided.data.imported)
        records.keep({ proposed, decided, argsText: typeof args === 'string' ? args : undefined });
    } else if (isTrace(entry)) {
      const trace = entry as TraceEntry;
      if (trace.type === 'action.failed' && trace.data.why === 'unreported') continue;
      const commitment = contentOf(trace);
      const steps = stepsOf(trace, commitment === undefined ? undefined : disclosed.get(commitment));
      if (steps) memories.take(trace, steps, conversations.get(trace.data.conversation));
      else memories.forget(trace.data.conversation);
    }
  }
}

/** Reads the trace of a conversation back from its entries and disclosures. */
export const traceReader =
  (store: Store, subjects: Subjects): ReadTrace =>
  async (indexes) => {
    const entries: TraceEntry[] = [];
    for (const index of indexes)
      for await (const row of store.entries(index, 1)) entries.push(toPlaced(row) as TraceEntry);
    const opened = await subjects.open(store, indexes);
    const read = new Map<number, readonly Step[] | undefined>();
    for (const entry of entries) {
      const commitment = contentOf(entry);
      read.set(entry.seq, stepsOf(entry, commitment === undefined ? undefined : opened.get(commitment)?.value));
    }
    return read;
  };
