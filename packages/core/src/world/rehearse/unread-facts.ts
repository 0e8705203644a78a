/** Facts that a recording does not supply, and results that could not be read as the facts they should have been. */
import type { Cause } from '../../terms/decision.ts';
import type { RuleRow } from './report.ts';

/** Facts that were missing every time somebody asked: nothing in the recording supplies them. */
export function factsWithoutSource(rules: readonly RuleRow[]): readonly string[] {
  const missing = new Set<string>();
  for (const { looked, doubt, causes } of rules) {
    if (looked === 0 || doubt.n !== looked) continue;
    for (const { cause, fact } of causes)
      if (fact !== undefined && (cause === 'missing_fact' || cause === 'timeout')) missing.add(fact);
  }
  return [...missing];
}

/** A result of another form than the pact says: how often a rule was in doubt for it, and what was wrong. */
export function unreadFacts(
  rules: readonly RuleRow[],
): readonly { readonly fact: string; readonly cause: Cause; readonly n: number }[] {
  const rows = new Map<string, { fact: string; cause: Cause; n: number }>();
  for (const { fact, cause, n } of rules.flatMap(({ causes }) => causes)) {
    if (fact === undefined || (cause !== 'wrong_type' && cause !== 'too_long')) continue;
    const row = rows.get(`${fact} ${cause}`) ?? { fact, cause, n: 0 };
    row.n += n;
    rows.set(`${fact} ${cause}`, row);
  }
  return [...rows.values()].sort((a, b) => b.n - a.n || (a.fact < b.fact ? -1 : 1));
}
