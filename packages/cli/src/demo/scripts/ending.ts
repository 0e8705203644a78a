/** How a script ends: the agent settled it, or the conversation is with people. */
import type { Talk } from '../talk.ts';

export type Ending = 'resolved' | 'with_people';
export type Script = (talk: Talk) => Promise<Ending>;
