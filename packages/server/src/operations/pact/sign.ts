/** A person signs a pact; its author, and whoever proposed it, cannot. */
import type { PactAnswer, SignPact } from '@surety/core/wire';
import type { PactStanding } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError, isConflict } from '../errors.ts';
import type { Actor, Operation } from '../operation.ts';
import { getPactStanding, viewPact } from './view.ts';

interface Signing {
  readonly digest: string;
  readonly ticked: readonly string[] | undefined;
}

export async function signPact(
  context: Context,
  actor: Actor,
  digest: string,
  { ticked }: SignPact,
): Promise<PactAnswer> {
  getPactStanding(context.writer.world, digest);
  const receipt = await sign(context, actor, { digest, ticked });
  const standing = getPactStanding(context.writer.world, digest);
  const warnings = standing.tests ? [] : [{ says: 'No tests came with this pact; nothing shows that its rules fire' }];
  return { pact: await viewPact(context, standing), warnings, receipt };
}

async function sign(context: Context, actor: Actor, command: Signing): Promise<{ seq: number }> {
  const { digest } = command;
  try {
    return await context.writer.perform(SIGN, {
      command,
      actor,
      ids: [`pact/${digest.slice(7)}/sign`],
      tag: context.names.tag([actor.by, digest]),
    });
  } catch (error) {
    // A pact is signed once: the second person hears who was first.
    const standing = getPactStanding(context.writer.world, digest);
    throw isConflict(error) && standing.signed_by !== null ? signedBefore(standing) : error;
  }
}

const signedBefore = ({ pact, version, signed_by }: PactStanding) =>
  new ConflictError('pact.state', `${pact} version ${version} was already signed by ${signed_by}`);

const SIGN: Operation<Signing, { seq: number }> = {
  route: 'pact.sign',
  decide(world, { digest, ticked }, { actor }) {
    const standing = getPactStanding(world, digest);
    const { pact, version, author, proposed_by, signed_by, tests } = standing;
    const isAuthor = actor.by === `person:${author}`;
    if (isAuthor || actor.by === proposed_by)
      throw new ConflictError(
        'pact.same_person',
        `${isAuthor ? `${author} wrote` : `${proposed_by} proposed`} ${pact} version ${version}; another person has to sign it`,
      );
    if (signed_by !== null) throw signedBefore(standing);
    if (tests && (tests.failed > 0 || tests.gaps > 0))
      throw new ConflictError(
        'pact.state',
        `The tests of ${pact} version ${version} do not pass (${tests.failed} failed, ${tests.gaps} gaps in coverage); mend it and propose it again`,
      );
    const data = { digest, ...(ticked ? { ticked: [...ticked] } : {}) };
    return [{ id: `pact/${digest.slice(7)}/sign`, type: 'pact.signed', data }];
  },
  answer: ([entry]) => ({ seq: entry?.seq ?? -1 }),
};
