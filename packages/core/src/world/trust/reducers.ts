/** What each kind of entry changes in trust, once the rest of the world has taken it in. */
import type { Kind, Placed } from '../../evidence/kinds.ts';
import type { World } from '../world.ts';
import { answered, closed, decided, executed, failed, judged } from './evidence.ts';
import { applied, changed, moved, published, registered, resumed, reviewed } from './standing.ts';

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
