/** What each kind of entry changes in the world. A kind that changes nothing has no row. */
import type { Kind, Placed } from '../evidence/kinds.ts';
import { weekAt } from '../terms/week.ts';
import { APPROVAL_MS, acknowledge, answer, isForgotten, openAction, openHold } from './actions.ts';
import { change, move, register, resume, stop } from './agents.ts';
import { enterLane, extendTrace, observeOutcome, touch } from './conversations.ts';
import { propose, publish, sign } from './pacts.ts';
import { passTime } from './trust/pass-time.ts';
import { TRUST_REDUCERS } from './trust/reducers.ts';
import { WEEK_REDUCERS } from './week/fold.ts';
import { review } from './week/reviews.ts';
import type { World } from './world.ts';

type Reducers = { readonly [K in Kind]?: (world: World, entry: Placed<K>) => void };

const REDUCERS: Reducers = {
  'ledger.opened': (world, { data }) => {
    world.origin = data.origin;
  },
  'agent.registered': (world, entry) => register(world.agents, entry),
  'agent.changed': (world, entry) => change(world.agents, entry),
  'agent.stopped': (world, entry) => stop(world.agents, entry),
  'agent.resumed': (world, entry) => resume(world.agents, entry),
  'state.moved': (world, entry) => move(world.agents, entry),
  'pact.proposed': (world, entry) => propose(world.pacts, entry),
  'pact.signed': (world, entry) => sign(world.pacts, entry),
  'pact.published': (world, entry) => publish(world.pacts, entry),
  'trace.observed': (world, { seq, at, data }) => extendTrace(touch(world.conversations, data, at, seq), seq),
  'action.proposed': (world, { seq, at, data, id }) => {
    touch(world.conversations, data, at, seq);
    world.proposed.set(id, data.args.commitment);
  },
  'action.decided': decided,
  'action.executed': (world, { seq, at, data }) => {
    const conversation = touch(world.conversations, data, at, seq);
    extendTrace(conversation, seq);
    if (data.charges) world.limits.reserve(data.action, data.charges, at);
    settle(world, data.action, 'executed');
  },
  'action.failed': (world, { seq, at, data }) => {
    const conversation = touch(world.conversations, data, at, seq);
    if (data.why === 'failed') extendTrace(conversation, seq);
    settle(world, data.action, 'failed');
  },
  'hold.acknowledged': (world, entry) => acknowledge(world.holds, entry),
  'hold.answered': answered,
  'outcome.observed': (world, entry) => observeOutcome(world.conversations, entry),
  'week.reviewed': (world, entry) => review(world.reviews, entry),
  'consequence.applied': (world, { at, data }) => {
    if (data.consequence !== 'hand_over') return;
    for (const name of data.conversations ?? []) {
      const conversation = world.conversations.get(name);
      if (conversation) conversation.handed_over ??= { queue: null, owner: data.owner ?? null, at };
    }
  },
};

type Reduce = (world: World, entry: Placed) => void;

/** A kind’s reducers side by side, so that it is looked up once for each entry. */
interface Row {
  readonly week: Reduce | undefined;
  readonly world: Reduce | undefined;
  readonly trust: Reduce | undefined;
}

const ROWS = new Map<string, Row>(
  (Object.keys({ ...WEEK_REDUCERS, ...REDUCERS, ...TRUST_REDUCERS }) as Kind[]).map((kind) => [
    kind,
    {
      week: WEEK_REDUCERS[kind] as Reduce | undefined,
      world: REDUCERS[kind] as Reduce | undefined,
      trust: TRUST_REDUCERS[kind] as Reduce | undefined,
    },
  ]),
);

/** Takes in the next entry, in its place. The world is changed where it stands; its owner keeps the only reference. */
export function fold(world: World, entry: Placed): void {
  world.size = entry.seq + 1;
  world.at = entry.at;
  if (entry.stream !== undefined && entry.n !== undefined) world.streams.set(entry.stream, entry.n);
  passTime(world, entry.at, entry.seq);
  const row = ROWS.get(entry.type);
  world.weeks.turnTo(weekAt(entry.at));
  // While open holds are still there.
  row?.week?.(world, entry);
  world.weeks.letGo(entry.at);
  row?.world?.(world, entry);
  row?.trust?.(world, entry);
  if (entry.at >= world.quietFrom) letGoQuiet(world, entry.at);
}

function letGoQuiet(world: World, now: number): void {
  const { conversations } = world;
  for (let known = conversations.takeQuiet(now); known; known = conversations.takeQuiet(now)) {
    world.trust.forget(known);
    conversations.release(known);
    world.limits.closeConversation(known.name);
  }
  world.quietFrom = conversations.quietFrom(now);
}

function decided(world: World, entry: Placed<'action.decided'>): void {
  const { data, at, seq } = entry;
  const conversation = touch(world.conversations, data, at, seq);
  enterLane(conversation, data.lane);
  const args = world.proposed.get(data.action) ?? '';
  world.proposed.delete(data.action);
  if (data.imported) return;
  const action = openAction(entry);
  dropLapsed(world, at);
  if (data.approval !== undefined) {
    // What the approval had reserved goes over to the action that uses it.
    world.limits.settle(data.approval, 'failed');
    useApproval(world, data.approval);
  }
  if (action.effect === 'allow') {
    world.actions.set(action.id, action);
    if (data.charges) world.limits.reserve(action.id, data.charges, at);
  }
  if (data.routed_to) conversation.handed_over = { ...data.routed_to, at };
  const hold = openHold(entry, args);
  if (hold) world.holds.set(hold.action, hold);
}

function answered(world: World, entry: Placed<'hold.answered'>): void {
  const { data, at, seq } = entry;
  const hold = world.holds.get(data.hold);
  if (!hold) return;
  const conversation = touch(world.conversations, data, at, seq);
  answer(hold, entry);
  world.holds.delete(hold.action);
  world.answered.set(hold.action, hold);
  if (data.answer === 'approved' || data.answer === 'edited') {
    conversation.approvals.push(hold.action);
    world.limits.reserve(hold.action, data.charges ?? [], at, at + APPROVAL_MS);
  } else if (data.then === 'route_to_owner') conversation.handed_over ??= { queue: null, owner: hold.owner, at };
}

function useApproval(world: World, action: string): void {
  const hold = world.answered.get(action);
  if (!hold?.answered) return;
  hold.answered.used = true;
  const approvals = world.conversations.get(hold.conversation)?.approvals;
  if (approvals?.includes(action)) approvals.splice(approvals.indexOf(action), 1);
}

function settle(world: World, action: string, outcome: 'executed' | 'failed'): void {
  world.actions.delete(action);
  world.limits.settle(action, outcome);
  useApproval(world, action);
}

/** Lets go of what nobody will ask for again: holds answered long ago, and uncharged actions nobody reported on. */
function dropLapsed(world: World, now: number): void {
  for (const action of world.actions.values()) {
    if (action.expires > now) break;
    if (!action.charged) world.actions.delete(action.id);
  }
  for (const hold of world.answered.values()) {
    if (!isForgotten(hold, now)) break;
    world.answered.delete(hold.action);
  }
}
