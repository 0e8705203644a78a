/** Holds what was decided against what a test expects; each difference is one sentence. */
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Expectation } from './test-syntax.ts';

export function compareWith(expected: Expectation, found: Evaluation): readonly string[] {
  const reasons = found.reasons.map(({ id, why }) => (why === 'doubt' ? `${id}?` : id));
  const errors = Object.fromEntries(
    found.reasons.filter(({ cause }) => cause !== undefined).map(({ id, cause }) => [id, cause]),
  );
  const rows: [string, unknown, unknown][] = [
    ['decision', expected.decision, found.decision],
    ['reasons', expected.reasons, reasons],
    ['duties', expected.duties, found.duties],
    ['owner', expected.owner, found.owner],
    ['errors', expected.errors, expected.errors && pick(errors, Object.keys(expected.errors))],
    ['enforced', expected.enforced ?? true, found.enforced],
    ['routed_to', expected.routed_to, found.routed_to],
    ['tell_the_agent', expected.tell_the_agent, found.tell_the_agent],
    ['tell_the_human', expected.tell_the_human, found.tell_the_human],
  ];
  return rows
    .filter(([, want, got]) => want !== undefined && JSON.stringify(want) !== JSON.stringify(got))
    .map(([name, want, got]) => `${name} is ${show(got)}, not ${show(want)}${why(name, found)}`);
}

const pick = (from: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, from[key] ?? 'none']));

const show = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);

/** Beside a decision that surprises, what spoke for it. */
function why(name: string, { reasons }: Evaluation): string {
  if (name !== 'decision' || reasons.length === 0) return '';
  return `, because of ${reasons.map(({ id, cause, fact, path }) => [id, cause, fact, path].filter((part) => part !== undefined).join(' ')).join('; ')}`;
}
