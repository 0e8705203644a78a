/** Puts a signed pact in force for its agents, in each of its lanes; the version before goes out of force. */
import { type LaneEffect, laneEffects, type Pact } from '@surety/core/pact';
import type { PactAnswer } from '@surety/core/wire';
import { isSignedFor, type World, widenedLanes } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { getPactStanding, viewPact } from './view.ts';

interface Publishing {
  readonly digest: string;
  readonly lanes: readonly string[];
  /** Against the version that goes out of force. */
  readonly effects: ReadonlyMap<string, LaneEffect>;
  /** Lanes that need a weekly review which widens. */
  readonly widened: readonly string[];
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

/** A pact that was never published before changes nothing: its lanes begin. */
async function changesOf({ writer, shelf }: Context, pact: Pact): Promise<Pick<Publishing, 'effects' | 'widened'>> {
  const older = [...writer.world.pacts.byDigest.values()].filter(
    (one) => one.pact === pact.name && one.published_at !== null && one.version < pact.version,
  );
  const latest = older.reduce<(typeof older)[number] | undefined>(
    (a, b) => (a && a.version > b.version ? a : b),
    undefined,
  );
  if (!latest) return { effects: new Map(), widened: [] };
  const before = await shelf.get(latest);
  return { effects: laneEffects(before, pact), widened: widenedLanes(before, pact) };
}

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
    checkReviews(world, pact, version, widened, at);
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

/** Of each agent whose scope a wider version widens: whom it binds only now begins under it. */
function checkReviews(world: World, pact: string, version: number, widened: readonly string[], now: number): void {
  const { pacts } = world;
  for (const [agent, bound] of pacts.inForce)
    for (const lane of widened) {
      const before = Object.hasOwn(bound, lane) ? pacts.byDigest.get(bound[lane] ?? '') : undefined;
      if (before?.pact !== pact) continue;
      if (isSignedFor(world, agent, lane, now)) continue;
      throw new ConflictError(
        'pact.review_needed',
        `${pact} version ${version} widens ${lane}, and no weekly review of ${agent} there that widens, signed in the last 8 days, is unused; sign one with surety weekly review ${agent} --lane ${lane} --decision widen, then publish`,
      );
    }
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
