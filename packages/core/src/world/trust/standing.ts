/** What moves an agent otherwise than by evidence: it comes in, changes, is stopped, reviewed, or a person sets its state. */
import type { Placed } from '../../evidence/kinds.ts';
import { TRUST_STATES } from '../../terms/decision.ts';
import type { World } from '../world.ts';
import { happen, memberOf } from './evidence.ts';
import { followedIn, type Member, remember, rememberMissed } from './member.ts';

export function registered(world: World, entry: Placed<'agent.registered'>): void {
  const { agent } = entry.data;
  // Sorted: a mapping from a snapshot has another order than one that grew.
  for (const [lane, pact] of Object.entries(world.pacts.inForce.get(agent) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
    memberOf(world, { agent, lane, pact }, entry);
}

/** A lane that changed opens a new epoch under the new rates; one that is new to the agent begins. */
export function published(world: World, entry: Placed<'pact.published'>): void {
  const { agents, lanes, digest, widened = [], unchanged = [] } = entry.data;
  for (const agent of agents)
    for (const lane of lanes) {
      const known = world.trust.find(agent, lane);
      const member = memberOf(world, { agent, lane, pact: digest }, entry);
      if (!known || !member) continue;
      member.pact = digest;
      if (!unchanged.includes(lane))
        happen(world, member, { type: 'pactChanged', widened: widened.includes(lane) }, entry);
    }
}

export function changed(world: World, entry: Placed<'agent.changed'>): void {
  for (const member of lanesOf(world, entry.data))
    happen(world, member, { type: 'versionChanged', class: entry.data.class }, entry);
}

/**
 * A stop by a person takes the tools away and says nothing about evidence: who is resumed goes on where it stood. What
 * the evidence has suspended is released by a person who names the lane, and begins again under supervision.
 */
export function resumed(world: World, entry: Placed<'agent.resumed'>): void {
  if (entry.data.lane === undefined) return;
  for (const member of lanesOf(world, entry.data)) happen(world, member, { type: 'released' }, entry);
}

/** Signed by a person; the word of anything else moves nobody. */
export function reviewed(world: World, entry: Placed<'week.reviewed'>): void {
  const { agent, lane, decision, to } = entry.data;
  const member = entry.by.startsWith('person:') ? memberOf(world, { agent, lane }, entry) : undefined;
  if (member) happen(world, member, { type: 'weeklyReview', decision, ...(to === undefined ? {} : { to }) }, entry);
}

/**
 * A person sets a state; the system only says where the evidence has led already. Where it says what the evidence does
 * not, it is believed downwards alone.
 */
export function moved(world: World, entry: Placed<'state.moved'>): void {
  const { agent, lane, from, to, reason } = entry.data;
  const member = memberOf(world, { agent, lane }, entry);
  if (!member) return;
  if (reason === 'by_hand') happen(world, member, { type: 'setByHand', to }, entry);
  else if (!world.trust.told('move', agent, lane, { to }) && isLower(world, member, to))
    happen(world, member, { type: 'consequence', to }, entry);
  remember(member, { at: entry.at, seq: entry.seq, from, to, reason });
}

/** More is drawn for people, a week of outcomes was judged, or what the pact lets follow has followed. */
export function applied({ trust }: World, { at, seq, data }: Placed<'consequence.applied'>): void {
  const { consequence, agent, lane, entry, missed, times, until } = data;
  if (lane === undefined) return;
  if (consequence === 'sample_more') trust.told('sampling', agent, lane);
  if (consequence === 'outcome_week') trust.told('outcome', agent, lane);
  if (entry !== undefined) trust.told('violation', agent, lane, { seq: entry });
  if (missed) trust.told('target', agent, lane, { missed });
  const member = missed || times !== undefined ? trust.find(agent, lane) : undefined;
  if (!member) return;
  if (missed) rememberMissed(member, { at, seq, missed }, followedIn(data));
  if (times !== undefined && until !== undefined) member.sampled = { times, until };
}

function isLower(world: World, member: Member, to: (typeof TRUST_STATES)[number]): boolean {
  const state = world.trust.trustOf(member)?.state ?? 'suspended';
  return TRUST_STATES.indexOf(to) < TRUST_STATES.indexOf(state);
}

function* lanesOf(world: World, { agent, lane }: { readonly agent: string; readonly lane?: string | undefined }) {
  for (const member of world.trust.lanesOf(agent)) if (lane === undefined || member.lane === lane) yield member;
}
