/** Names for calls: an id that is absent, or shared by several calls of a conversation, becomes `call_<message>_<position>`. */
import type { Message, RecordedCall } from './message.ts';

/** One id for each call. Every call that shares its id is renamed, the first of them too. */
export function nameCalls(messages: readonly Message[]): ReadonlyMap<RecordedCall, string> {
  const made = new Map<RecordedCall, string>();
  const holders = new Map<string | undefined, RecordedCall[]>([[undefined, []]]);
  for (const message of messages) {
    for (const call of message.from === 'agent' ? message.calls : []) {
      made.set(call, `call_${message.index}_${call.position}`);
      const sharing = holders.get(call.call_id);
      if (sharing) sharing.push(call);
      else holders.set(call.call_id, [call]);
    }
  }
  const names = new Map<RecordedCall, string>();
  const renamed: RecordedCall[] = [];
  for (const [id, calls] of holders) {
    const [only] = calls;
    if (id !== undefined && calls.length === 1 && only) names.set(only, id);
    else renamed.push(...calls);
  }
  // A recorded id may look like one made here: then it is shared as well, and its call is renamed in turn.
  for (let call = renamed.pop(); call !== undefined; call = renamed.pop()) {
    const name = made.get(call) as string;
    names.set(call, name);
    const [rival] = holders.get(name) ?? [];
    if (rival !== undefined && rival !== call && names.get(rival) === name && made.get(rival) !== name)
      renamed.push(rival);
  }
  return names;
}
