/** Builds the whole situation of one test: the fixture, what it inherits, and the test's own edits. */
import type { Json } from '../../terms/json.ts';
import { didYouMean } from '../condition/problem.ts';
import type { Diagnostic, DiagnosticCode, Path } from '../diagnostic.ts';
import type { Source } from '../source.ts';
import { addAt, type EditProblem, setAt, unsetAt } from './edit.ts';
import { type FixtureFile, SituationSyntax, type TestFile, type TestSituation } from './test-syntax.ts';

/** Problems of a test file, at their places. */
export class Problems {
  readonly found: Diagnostic[] = [];
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  add(path: Path, code: DiagnosticCode, says: string, hint?: string): undefined {
    const range = this.#source.has(path) ? this.#source.rangeAt(path) : this.#source.rangeAt([]);
    this.found.push({
      code,
      severity: 'error',
      file: this.#source.file,
      range,
      says,
      ...(hint === undefined ? {} : { hint }),
    });
    return undefined;
  }
}

/** A copy of its own: edits of one test must not reach the next. */
const copyOf = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

type Edits = Pick<FixtureFile, 'set' | 'unset' | 'add'>;
const OWN = ['state', 'conversation', 'trace', 'facts', 'judges', 'action'] as const;

/** The fixture's members over those that it inherits, then its edits. */
function assemble(
  file: TestFile,
  name: string,
  path: Path,
  problems: Problems,
  seen: readonly string[],
): Record<string, Json> | undefined {
  const fixture = Object.hasOwn(file.fixtures, name) ? file.fixtures[name] : undefined;
  if (!fixture)
    return problems.add(
      path,
      'unknown_name',
      `There is no fixture ${name}`,
      didYouMean(name, Object.keys(file.fixtures)),
    );
  if (seen.includes(name)) return problems.add(path, 'circular', `The fixture ${name} inherits itself`);
  const at = ['fixtures', name];
  const base =
    fixture.given === undefined ? {} : assemble(file, fixture.given, [...at, 'given'], problems, [...seen, name]);
  if (!base) return undefined;
  const own = Object.fromEntries(
    OWN.filter((key) => fixture[key] !== undefined).map((key) => [key, copyOf(fixture[key])]),
  );
  const whole = { ...base, ...own };
  return applyEdits(whole, fixture, at, problems) ? whole : undefined;
}

function applyEdits(root: Record<string, Json>, edits: Edits, at: Path, problems: Problems): boolean {
  const before = problems.found.length;
  const tell = (problem: EditProblem | undefined, path: Path) => {
    if (problem) problems.add(path, 'unknown_name', problem.says, problem.hint);
  };
  for (const [path, value] of Object.entries(edits.set ?? {}))
    tell(setAt(root, path, copyOf(value)), [...at, 'set', path]);
  for (const [i, path] of (edits.unset ?? []).entries()) tell(unsetAt(root, path), [...at, 'unset', i]);
  for (const [path, items] of Object.entries(edits.add ?? {}))
    tell(addAt(root, path, items.map(copyOf)), [...at, 'add', path]);
  return problems.found.length === before;
}

/** The situation of a test, or `undefined` with what is wrong told. */
export function situationOf(file: TestFile, index: number, problems: Problems): TestSituation | undefined {
  const test = file.tests[index];
  if (!test) return undefined;
  const at: Path = ['tests', index];
  const whole = assemble(file, test.given, [...at, 'given'], problems, []);
  if (!whole || !applyEdits(whole, test, at, problems)) return undefined;
  const read = SituationSyntax.safeParse(whole);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  return problems.add(
    [...at, 'given'],
    'bad_value',
    `The situation is not whole at ${issue?.path.join('.') || 'the top'}: ${sentenceOf(issue)}`,
  );
}

function sentenceOf(
  issue: { readonly code?: string; readonly input?: unknown; readonly message: string } | undefined,
): string {
  if (issue?.code === 'unrecognized_keys' && 'keys' in issue)
    return `no such key: ${(issue.keys as string[]).join(', ')}`;
  if (issue?.code === 'invalid_type') return 'a value is missing or of another kind than needed here';
  return 'this value is not one of those allowed here';
}
