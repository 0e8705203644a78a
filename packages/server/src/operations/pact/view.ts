/** Pacts as they are shown: who wrote, signed and published them, and whether they are in force. */
import { diffPacts, explainPact, linesOfPact, readYaml } from '@surety/core/pact';
import { formatTime } from '@surety/core/terms';
import type { PactText, PactView } from '@surety/core/wire';
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

export async function showPact(context: Context, digest: string): Promise<PactText> {
  const standing = getPactStanding(context.writer.world, digest);
  const texts = await context.shelf.texts(standing);
  const path = standing.files[0]?.path ?? '';
  const source = readYaml(path, texts.get(path) ?? '');
  return {
    pact: await viewPact(context, standing),
    path,
    files: Object.fromEntries(texts),
    explanation: explainPact(await context.shelf.get(standing)),
    lines: source.ok ? linesOfPact(source.value) : {},
    diff: await diffToForce(context, standing),
  };
}

/** What a pact changes of the version of the same name that is in force. */
async function diffToForce(context: Context, standing: PactStanding): Promise<PactText['diff']> {
  const { byDigest, inForce } = context.writer.world.pacts;
  const digests = new Set([...inForce.values()].flatMap((lanes) => Object.values(lanes)));
  const before = [...digests].map((digest) => byDigest.get(digest)).find((one) => one?.pact === standing.pact);
  if (!before || before.digest === standing.digest) return null;
  const [old, now] = [await context.shelf.get(before), await context.shelf.get(standing)];
  const changes = diffPacts(old, now).changes.map(({ what, direction, says }) => ({ what, direction, says }));
  return { against: { digest: before.digest, version: before.version }, changes };
}
