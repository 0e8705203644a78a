/** How many of each thing a pact may have, counted as written. */
import { isJsonObject, type Json, ownMember } from '../../terms/json.ts';
import type { DiagnosticCode, Path } from '../diagnostic.ts';
import type { Reporter } from '../link/reporter.ts';
import { PACT_LIMITS } from '../pact-limits.ts';

const SECTIONS: readonly (readonly [section: string, max: number, code: DiagnosticCode])[] = [
  ['lanes', PACT_LIMITS.lanes, 'limit_lanes'],
  ['define', PACT_LIMITS.definitions, 'limit_definitions'],
  ['facts', PACT_LIMITS.facts, 'limit_facts'],
  ['types', PACT_LIMITS.types, 'limit_types'],
  ['owners', PACT_LIMITS.owners, 'limit_owners'],
  ['consequences', PACT_LIMITS.consequences, 'limit_consequences'],
];
const RULES = ['never', 'ask_a_human_if', 'must', 'limits'];

/** Each limit is told once, at the first thing that is too many. */
export function checkCounts(root: Json, reporter: Reporter): void {
  for (const [section, max, code] of SECTIONS) {
    const names = keysOf(ownMember(root, section));
    const extra = names[max];
    if (extra !== undefined)
      reporter.errorAtKey([section, extra], code, `${names.length} under ${section}; a pact has at most ${max}`);
  }
  const rules = rulePaths(root);
  const extra = rules[PACT_LIMITS.rules];
  if (extra) {
    const says = `${rules.length} rules, limits and duties; a pact has at most ${PACT_LIMITS.rules}`;
    reporter.errorAtKey(extra, 'limit_rules', says);
  }
}

const keysOf = (value: Json | undefined): string[] => (isJsonObject(value) ? Object.keys(value) : []);

function rulePaths(root: Json): Path[] {
  const lanes = ownMember(root, 'lanes');
  return keysOf(lanes).flatMap((lane) =>
    RULES.flatMap((list) => {
      const rules = ownMember(ownMember(lanes, lane), list);
      return Array.isArray(rules) ? rules.map((_, i): Path => ['lanes', lane, list, i]) : [];
    }),
  );
}
