/** Pacts as they are shown: who wrote, signed and published them, and whether they are in force. */
import { explainPact } from '@surety/core/pact';
import { formatTime } from '@surety/core/terms';
import type { PactView } from '@surety/core/wire';
import { type PactStanding, pactsOf, type World } from '@surety/core/world';
import type { Context } from '../context.ts';
import { UnknownError } from '../errors.ts';

export function getPactStanding(world: World, digest: string): PactStanding {
  const standing = world.pacts.byDigest.get(digest);
  if (!standing) throw new UnknownError('pact.unknown', `No pact with the digest ${digest} was proposed`);
  return standing;
}

export async function viewPact(context: Context, standing: PactStanding): Promise<PactView> {
  const pact = await context.shelf.get(standing);
  const { digest, version, author, proposed_by, signed_by, published_at, agents, tests } = standing;
  const { pacts } = context.writer.world;
  return {
    digest,
    pact: standing.pact,
    version,
    author,
    proposed_by,
    signed_by,
    published_at: published_at === null ? null : formatTime(published_at),
    in_force: agents.some((agent) => pactsOf(pacts, agent).includes(digest)),
    agents: [...agents],
    lanes: [...pact.lanes.keys()],
    tests,
  };
}

export async function listPacts(context: Context): Promise<{ pacts: PactView[] }> {
  const newest = [...context.writer.world.pacts.byDigest.values()].reverse();
  return { pacts: await Promise.all(newest.map((standing) => viewPact(context, standing))) };
}

export async function showPact(context: Context, digest: string) {
  const standing = getPactStanding(context.writer.world, digest);
  const texts = await context.shelf.texts(standing);
  return {
    pact: await viewPact(context, standing),
    path: standing.files[0]?.path ?? '',
    files: Object.fromEntries(texts),
    explanation: explainPact(await context.shelf.get(standing)) as unknown,
  };
}
