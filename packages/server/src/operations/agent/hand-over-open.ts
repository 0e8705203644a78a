/** When an agent is stopped or a lane suspended, its open conversations reach the people who answer for them. */
import type { Draft, Placed } from '@surety/core/evidence';
import { openOf, type World } from '@surety/core/world';
import type { Standing } from './standing.ts';

export interface StopAnswer {
  readonly receipt: { readonly seq: number };
  readonly handed_over: number;
}

const PER_ENTRY = 500;

/** Open conversations reach the owner of the lane they were last in. */
export function handOvers(world: World, { agent, lane, owners, id }: Standing, cause: string): Draft[] {
  const byOwner = new Map<string, string[]>();
  const [fallback = 'unassigned'] = owners.values();
  for (const conversation of openOf(world.conversations, agent, lane)) {
    const owner = owners.get(lane ?? conversation.lanes.at(-1) ?? '') ?? fallback;
    const others = byOwner.get(owner);
    if (others) others.push(conversation.name);
    else byOwner.set(owner, [conversation.name]);
  }
  const drafts: Draft[] = [];
  for (const [owner, names] of byOwner)
    for (let i = 0; i < names.length; i += PER_ENTRY)
      drafts.push({
        id: `${id}/hand_over/${drafts.length}`,
        type: 'consequence.applied',
        data: {
          consequence: 'hand_over',
          cause,
          agent,
          ...(lane === undefined ? {} : { lane }),
          conversations: names.slice(i, i + PER_ENTRY),
          owner,
        },
      });
  return drafts;
}

export function stopAnswer(entries: readonly Placed[]): StopAnswer {
  const handed = entries.map((entry) =>
    entry.type === 'consequence.applied' ? (entry.data.conversations?.length ?? 0) : 0,
  );
  return { receipt: { seq: entries[0]?.seq ?? -1 }, handed_over: handed.reduce((sum, n) => sum + n, 0) };
}
