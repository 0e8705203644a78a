/** The recorded answer to a request that was asked before, from the entries that the first one made. */
import type { Store } from '../../store/port.ts';
import type { Subjects } from '../personal/subjects.ts';
import type { Waiting } from './batch.ts';
import { openedFrom, toPlaced } from './placed.ts';

export async function recall(
  { operation, asked, resolve, reject }: Waiting,
  { store, subjects }: { readonly store: Store; readonly subjects: Subjects },
): Promise<void> {
  try {
    const rows = await store.find(asked.ids);
    const entries = rows.map(toPlaced).sort((a, b) => a.seq - b.seq);
    const opened = await subjects.open(
      store,
      entries.map(({ seq }) => seq),
    );
    const values = new Map([...opened].map(([name, { value }]) => [name, value]));
    resolve(operation.answer(entries, openedFrom(values), asked.command));
  } catch (error) {
    reject(error);
  }
}
