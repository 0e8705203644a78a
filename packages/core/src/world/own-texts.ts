/**
 * Names and digests as the world has them already. What is kept of a conversation takes these instead of the entry's own
 * copies: one text for all of them is less to keep, and is told from others by its place alone.
 */
import type { World } from './world.ts';

type Kept = Pick<World, 'agents' | 'conversations' | 'pacts'>;

export const ownAgent = ({ agents }: Kept, agent: string): string => agents.get(agent)?.name ?? agent;
export const ownConversation = ({ conversations }: Kept, name: string): string =>
  conversations.find(name)?.name ?? name;
export const ownPact = ({ pacts }: Kept, digest: string): string => pacts.byDigest.get(digest)?.digest ?? digest;
