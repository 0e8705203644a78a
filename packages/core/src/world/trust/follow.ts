/**
 * What follows from evidence, as entries: the move and its consequences. They are decided from the world alone and stand
 * in the same transaction as what called for them, so that the next decision already stands under the lower state.
 */
import type { DataOf, Draft } from '../../evidence/kinds.ts';
import { TRUST_STATES } from '../../terms/decision.ts';
import { openOf } from '../conversations.ts';
import type { World } from '../world.ts';
import type { DueMove } from './due-move.ts';
import { termsIn } from './evidence.ts';
import { followingDrafts } from './followings.ts';

/** Who says what follows. */
export const TRUST_ACTOR = 'system:trust';

const CONVERSATIONS_PER_ENTRY = 500;

/** The entries of the next move that is due; nothing where none is. */
export function nextFollowing(world: World): readonly Draft[] {
  const [move] = world.trust.due;
  return move ? followingOf(world, move) : [];
}

/** As recorded at an instant: where time alone has called for it, the latest entry lies before. */
export function followingOf(world: World, move: DueMove, recordedAt = world.at): readonly Draft[] {
  const { agent, lane, from, to, reason, epoch } = move;
  // Named by the place it will have: the same move is never recorded twice.
  const id = `trust/${world.size}`;
  if (move.what === 'sampling')
    return [{ id, type: 'consequence.applied', data: { consequence: 'sample_more', ...about(world, move) } }];
  if (move.outcome) {
    const data = { consequence: 'outcome_week', ...about(world, move), outcome: move.outcome };
    return [{ id, type: 'consequence.applied', data }];
  }
  if (move.violation || move.missed) {
    const termsIn = (of: string, at: string) => termsOf(world, { agent: of, lane: at });
    return followingDrafts(world, move, { id, at: recordedAt, termsOf: termsIn });
  }
  const moved: Draft = {
    id,
    type: 'state.moved',
    stream: `${agent}/${lane}`,
    data: { agent, lane, from, to, reason, epoch },
  };
  return [moved, ...consequences(world, move, id)];
}

function consequences(world: World, move: DueMove, id: string): readonly Draft[] {
  const { from, to, reason, sampling } = move;
  const isDown = TRUST_STATES.indexOf(to) < TRUST_STATES.indexOf(from);
  const drafts: DataOf<'consequence.applied'>[] = [];
  if (isDown || reason.startsWith('alarm.')) drafts.push({ consequence: 'notify', ...about(world, move) });
  if (sampling.from !== sampling.to)
    drafts.push({
      consequence: sampling.to > sampling.from ? 'sample_more' : 'sample_as_usual',
      ...about(world, move),
    });
  // A lane on trial stops nobody: its conversations go on.
  const terms = termsOf(world, move);
  if (to === 'suspended' && isDown && (terms?.enforced ?? true))
    drafts.push(...handOvers(world, move, terms?.owner ?? 'unassigned'));
  return drafts.map((data, i) => ({ id: `${id}/${i + 1}`, type: 'consequence.applied', data }));
}

const termsOf = (world: World, { agent, lane }: Pick<DueMove, 'agent' | 'lane'>) => {
  const member = world.trust.find(agent, lane);
  return member && termsIn(world, member);
};

function about(world: World, move: DueMove) {
  const { agent, lane, reason } = move;
  const owner = termsOf(world, move)?.owner;
  return { cause: reason, agent, lane, ...(owner === undefined ? {} : { owner }) };
}

function handOvers(world: World, { agent, lane, reason }: DueMove, owner: string): DataOf<'consequence.applied'>[] {
  const names = openOf(world.conversations, agent, lane).map(({ name }) => name);
  const drafts: DataOf<'consequence.applied'>[] = [];
  for (let i = 0; i < names.length; i += CONVERSATIONS_PER_ENTRY) {
    const conversations = names.slice(i, i + CONVERSATIONS_PER_ENTRY);
    drafts.push({ consequence: 'hand_over', cause: reason, agent, lane, conversations, owner });
  }
  return drafts;
}
