/** What each kind of entry changes in trust, once the rest of the world has taken it in. */
import type { Kind, Placed } from '../../evidence/kinds.ts';
import type { World } from '../world.ts';
import { answered, closed, decided, executed, failed, judged } from './evidence.ts';
import { applied, changed, moved, published, registered, resumed, reviewed } from './standing.ts';
import { caseKey } from './trust-book.ts';

export const TRUST_REDUCERS: { readonly [K in Kind]?: (world: World, entry: Placed<K>) => void } = {
  'agent.registered': registered,
  'agent.changed': changed,
  'agent.resumed': resumed,
  'state.moved': moved,
  'pact.published': published,
  'week.reviewed': reviewed,
  'action.decided': decided,
  'action.executed': executed,
  'action.failed': failed,
  'hold.answered': (world, entry) => {
    answered(world, entry);
    closed(world, entry.data.conversation, entry);
  },
  'verdict.given': judged,
  'verdict.reached': judged,
  'check.done': judged,
  'outcome.observed': (world, entry) => closed(world, entry.data.conversation, entry),
  'consequence.applied': (world, entry) => {
    applied(world, entry);
    for (const name of entry.data.conversations ?? []) closed(world, name, entry);
  },
};

/** A conversation leaves the world, and what was found in it with it. */
export function forgetCases(world: World, conversation: string): void {
  const { agents, lanes } = world.conversations.get(conversation) ?? { agents: [], lanes: [] };
  for (const agent of agents)
    for (const lane of lanes) {
      const key = caseKey(conversation, agent, lane);
      world.trust.cases.delete(key);
      world.trust.open.delete(key);
      world.trust.openRecorded.delete(key);
    }
}
