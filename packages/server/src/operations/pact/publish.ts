/** Puts a signed pact in force for its agents, in each of its lanes; the version before goes out of force. */
import { type LaneEffect, laneEffects, type Pact } from '@surety/core/pact';
import type { PactAnswer } from '@surety/core/wire';
import { isSignedFor, type World, widenedLanes } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { getPactStanding, viewPact } from './view.ts';

interface InLane {
  readonly agent: string;
  readonly lane: string;
}

interface Publishing {
  readonly digest: string;
  readonly lanes: readonly string[];
  /** Against what its agents stood under in each lane. */
  readonly effects: ReadonlyMap<string, LaneEffect>;
  /** Where a weekly review that widens is needed. */
  readonly widened: readonly InLane[];
}

export async function publishPact(context: Context, actor: Actor, digest: string): Promise<PactAnswer> {
  const pact = await context.shelf.get(getPactStanding(context.writer.world, digest));
  const receipt = await context.writer.perform(PUBLISH, {
    command: { digest, lanes: [...pact.lanes.keys()], ...(await changesOf(context, pact)) },
    actor,
    ids: [`pact/${digest.slice(7)}/publish`],
    tag: context.names.tag([digest]),
  });
  const standing = getPactStanding(context.writer.world, digest);
  return { pact: await viewPact(context, standing), warnings: [], receipt };
}

/**
 * An agent keeps its state in a lane that a version left out, or that another pact takes up. So a lane is compared with
 * what the agent stood under there, not with what goes out of force: no way round widens unseen. A new one begins.
 */
async function changesOf({ writer, shelf }: Context, pact: Pact): Promise<Pick<Publishing, 'effects' | 'widened'>> {
  const { world } = writer;
  const effects = new Map<string, LaneEffect>();
  const widened: InLane[] = [];
  for (const [digest, stood] of stoodUnder(world, pact)) {
    const before = await shelf.get(getPactStanding(world, digest));
    for (const [lane, effect] of laneEffects(before, pact))
      if (stood.some((one) => one.lane === lane)) effects.set(lane, further(effects.get(lane), effect));
    const wider = widenedLanes(before, pact);
    widened.push(...stood.filter(({ lane }) => wider.includes(lane)));
  }
  return { effects, widened };
}

/** By the digest of the pact that held last. */
function stoodUnder({ trust }: World, { file, lanes }: Pact): ReadonlyMap<string, readonly InLane[]> {
  const under = new Map<string, InLane[]>();
  for (const agent of file.agents)
    for (const lane of lanes.keys()) {
      const digest = trust.find(agent, lane)?.pact;
      if (digest) under.set(digest, [...(under.get(digest) ?? []), { agent, lane }]);
    }
  return under;
}

const EFFECTS: readonly LaneEffect[] = ['unchanged', 'changed', 'widened'];
const further = (a: LaneEffect = 'unchanged', b: LaneEffect): LaneEffect =>
  EFFECTS.indexOf(a) > EFFECTS.indexOf(b) ? a : b;

const PUBLISH: Operation<Publishing, { seq: number }> = {
  route: 'pact.publish',
  decide(world, { digest, lanes, effects, widened }, { at }) {
    const lanesThat = (effect: LaneEffect) => lanes.filter((lane) => effects.get(lane) === effect);
    const { pact, version, signed_by, published_at, agents } = getPactStanding(world, digest);
    if (signed_by === null)
      throw new ConflictError(
        'pact.state',
        `${pact} version ${version} is not signed; a person other than its author signs it first`,
      );
    if (published_at !== null)
      throw new ConflictError('pact.state', `${pact} version ${version} was already published`);
    for (const other of world.pacts.byDigest.values())
      if (other.pact === pact && other.published_at !== null && other.version >= version)
        throw new ConflictError(
          'pact.state',
          `${pact} version ${other.version} was already published; a version only rises`,
        );
    const taken = takenLane(world, pact, agents, lanes);
    if (taken)
      throw new ConflictError(
        'pact.lane_taken',
        `${taken.pact} is in force for ${taken.agent} in the lane ${taken.lane}; one pact binds an agent in a lane`,
      );
    checkReviews(world, `${pact} version ${version}`, widened, at);
    return [
      {
        id: `pact/${digest.slice(7)}/publish`,
        type: 'pact.published',
        data: {
          digest,
          pact,
          version,
          agents: [...agents],
          lanes: [...lanes],
          ...(effects.size === 0 ? {} : { widened: lanesThat('widened'), unchanged: lanesThat('unchanged') }),
          from: at,
        },
      },
    ];
  },
  answer: ([entry]) => ({ seq: entry?.seq ?? -1 }),
};

function checkReviews(world: World, version: string, widened: readonly InLane[], now: number): void {
  const unsigned = widened.find(({ agent, lane }) => !isSignedFor(world, agent, lane, now));
  if (!unsigned) return;
  const { agent, lane } = unsigned;
  throw new ConflictError(
    'pact.review_needed',
    `${version} widens ${lane}, and no weekly review of ${agent} there that widens, signed in the last 8 days, is unused; sign one with surety weekly review ${agent} --lane ${lane} --decision widen, then publish`,
  );
}

/** A lane of one of the agents in which another pact is in force. */
function takenLane({ pacts }: World, pact: string, agents: readonly string[], lanes: readonly string[]) {
  for (const agent of agents)
    for (const [lane, digest] of Object.entries(pacts.inForce.get(agent) ?? {})) {
      const other = pacts.byDigest.get(digest)?.pact;
      if (other !== undefined && other !== pact && lanes.includes(lane)) return { agent, lane, pact: other };
    }
  return undefined;
}
