/** A pact is proposed with the files it names and its tests: checked, compiled, its tests run, its digest recorded. */
import { encodeUtf8 } from '@surety/core/crypto';
import type { DataOf } from '@surety/core/evidence';
import { checkZone, loadPact, PACT_LIMITS, type Pact, readTestFile, runTests } from '@surety/core/pact';
import type { PactAnswer, ProposePact } from '@surety/core/wire';
import { recordedPact, unrecordable } from '@surety/core/world';
import type { Context } from '../context.ts';
import { ConflictError, InvalidError } from '../errors.ts';
import { blobOf, keepBlobs } from '../kept/blobs.ts';
import type { Actor, Operation } from '../operation.ts';
import { getPactStanding, viewPact } from './view.ts';

interface Proposed {
  readonly data: DataOf<'pact.proposed'>;
}

export async function proposePact(context: Context, actor: Actor, body: ProposePact): Promise<PactAnswer> {
  const { pact, warnings } = compilePact(context, body);
  const tests = testsOf(context, pact, body);
  const data = { ...(await keepPact(context, pact, body)), ...(tests ? { tests } : {}) };
  const receipt = await context.writer.perform(PROPOSE, {
    command: { data },
    actor,
    ids: [`pact/${pact.digest.slice(7)}`],
    tag: context.names.tag(pact.digest),
  });
  const standing = getPactStanding(context.writer.world, pact.digest);
  return { pact: await viewPact(context, standing), warnings: [...warnings], receipt };
}

/** Keeps the files of a compiled pact, durable before an entry names them. */
export async function keepPact(
  context: Context,
  pact: Pact,
  { pact: main, files }: Pick<ProposePact, 'pact' | 'files'>,
): Promise<DataOf<'pact.proposed'>> {
  const textOf = (path: string): string => files[path] ?? '';
  const recorded = recordedPact(pact, main, (path) =>
    blobOf(encodeUtf8(textOf(path)), path === main ? 'application/yaml' : 'text/plain'),
  );
  await keepBlobs(context.store, new Map(recorded.files.map(({ path, content }) => [content.blob, textOf(path)])));
  context.shelf.put(pact);
  return recorded;
}

/** Every error at once, as the checker says it. */
export function compilePact(
  { offset }: Pick<Context, 'offset'>,
  { pact: main, files }: Pick<ProposePact, 'pact' | 'files'>,
): { pact: Pact; warnings: readonly unknown[] } {
  const text = Object.hasOwn(files, main) ? files[main] : undefined;
  if (text === undefined) throw new InvalidError('request.malformed', `files has no ${main}, which pact names`);
  const total = Object.values(files).reduce((sum, one) => sum + one.length, 0);
  if (total > PACT_LIMITS.allFilesBytes)
    throw new InvalidError(
      'request.too_large',
      `A pact and its files have at most ${PACT_LIMITS.allFilesBytes} bytes together`,
    );
  const loaded = loadPact(main, encodeUtf8(text), (path) => {
    const file = Object.hasOwn(files, path) ? files[path] : undefined;
    return file === undefined ? undefined : encodeUtf8(file);
  });
  const { pact, diagnostics } = checkZone(loaded, main, offset);
  const tooMuch = pact && unrecordable(pact, main);
  if (pact && !tooMuch) return { pact, warnings: diagnostics };
  const errors = [...diagnostics.filter(({ severity }) => severity === 'error'), ...(tooMuch ? [tooMuch] : [])];
  const [first] = errors;
  throw new InvalidError(
    'pact.invalid',
    `The pact has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}; the first: line ${first?.range.line}: ${first?.says}`,
    { diagnostics: tooMuch ? [...diagnostics, tooMuch] : diagnostics },
  );
}

function testsOf(context: Context, pact: Pact, { tests }: ProposePact): DataOf<'pact.proposed'>['tests'] {
  const files = Object.entries(tests ?? {});
  if (files.length === 0) return undefined;
  const sum = { passed: 0, failed: 0, gaps: 0 };
  for (const [path, text] of files) {
    const { file, source, diagnostics } = readTestFile(path, text);
    if (!file || !source)
      throw new InvalidError(
        'pact.invalid',
        `The test file ${path} cannot be read: ${diagnostics[0]?.says ?? 'it is not a test file'}`,
        { diagnostics },
      );
    const { results, gaps } = runTests(pact, file, source, context.offset);
    const passed = results.filter((result) => result.passed).length;
    sum.passed += passed;
    sum.failed += results.length - passed;
    sum.gaps += gaps.length;
  }
  return sum;
}

const PROPOSE: Operation<Proposed, { seq: number }> = {
  route: 'pact.propose',
  decide(world, { data }) {
    for (const other of world.pacts.byDigest.values())
      if (other.pact === data.pact && other.version === data.version && other.published_at !== null)
        throw new ConflictError(
          'pact.exists',
          `${data.pact} version ${data.version} was published with other content; give the changed pact version: ${data.version + 1}`,
        );
    return [{ id: `pact/${data.digest.slice(7)}`, type: 'pact.proposed', data }];
  },
  answer: ([entry]) => ({ seq: entry?.seq ?? -1 }),
};
