/** The entries of a conversation with what they disclose: what its views are made from. */
import type { Placed } from '@surety/core/evidence';
import { isJsonObject } from '@surety/core/terms';
import type { ViewedConversation } from '../../store/port.ts';
import type { Context } from '../context.ts';
import type { Opened } from '../operation.ts';
import { openedFrom, toPlaced } from '../writing/placed.ts';

/** So many entries of a conversation are read at once, the latest. */
export const HISTORY_ENTRIES = 2_000;
/** How long a reader waits for the views to come to the end of the ledger. */
const WAIT_MS = 1_000;

export interface History {
  readonly entries: readonly Placed[];
  readonly opened: Opened;
  /** Whether older entries are left out. */
  readonly cut: boolean;
}

/** Brings the views to where the ledger stands now; how many entries they have. */
export const viewsNow = ({ views, writer }: Context): Promise<number> => views.catchUp(writer.position.size, WAIT_MS);

export async function historyOf(context: Context, conversation: string, before?: number): Promise<History> {
  const page = { before, limit: HISTORY_ENTRIES + 1 };
  const seqs = (await context.store.views.itemsOf(conversation, page)).reverse();
  const cut = seqs.length > HISTORY_ENTRIES;
  const kept = cut ? seqs.slice(1) : seqs;
  const entries = (await context.store.entriesAt(kept)).map(toPlaced);
  return { entries, opened: await openedOf(context, kept), cut };
}

export async function openedOf({ subjects, store }: Context, seqs: readonly number[]): Promise<Opened> {
  const disclosures = await subjects.open(store, seqs);
  return openedFrom(new Map([...disclosures].map(([name, { value }]) => [name, value])));
}

export interface ConversationNames {
  readonly conversation_id: string | null;
  readonly customer: string | null;
}
const NAMELESS: ConversationNames = { conversation_id: null, customer: null };

/** What the operator calls conversations and their customers; null where it was erased. */
export async function namesOf(
  context: Context,
  viewed: readonly ViewedConversation[],
): Promise<(conversation: string) => ConversationNames> {
  const seqs = new Map(
    viewed.flatMap(({ conversation, named }) => (named === undefined ? [] : [[conversation, named]])),
  );
  const entries = (await context.store.entriesAt([...seqs.values()])).map(toPlaced);
  const opened = await openedOf(context, [...seqs.values()]);
  const names = new Map<string, ConversationNames>();
  for (const { data } of entries) {
    if (!('named' in data) || !('conversation' in data)) continue;
    const value = opened(data.named);
    if (!isJsonObject(value)) continue;
    const { conversation_id, customer_id } = value;
    names.set(data.conversation, { conversation_id: textOr(conversation_id), customer: textOr(customer_id) });
  }
  return (conversation) => names.get(conversation) ?? NAMELESS;
}

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);
