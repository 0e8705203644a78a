/** The pact of the sample desk: the support starter as it ships, for the two sample agents. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STARTERS } from '../commands/init.ts';
import { AGENTS } from './visit.ts';

const FIRST_CONTACT =
  '      - { id: R-8, metric: first_contact_resolution, at_least: 40%, window: 4w, min_sample: 20, severity: minor, then: [notify_head] }';

/** What a vendor is paid for, so that the cost of a resolution can be told. */
const TERMS = `terms:
  account: sample_vendor
  fee: 0.90 USD
  resolution:
    says: Closed by the agent alone, confirmed or silent for 7 days, not reopened, no critical violation
    cel: outcome.closed_by == "agent" && !outcome.reopened && !outcome.recontacted && outcome.critical_violations == 0
    settles_after: 7d
    presumed: { pay: 50% }
  holdback: { share: 20%, release_after: 30d, forfeit_on: [P-12] }`;

const CHANGES: readonly (readonly [from: string, to: string])[] = [
  ['pact: support-starter', 'pact: sample-desk'],
  ['agents: [support-agent]', `agents: [${AGENTS.join(', ')}]`],
  // Of a few refunds on request, none is to be held by chance: it would hide what holds the third.
  ['limited: { max_amount: 50.00 USD }', 'limited: { max_amount: 50.00 USD, hold_sample: 0% }'],
  ['autonomous: { max_amount: 80.00 USD }', 'autonomous: { max_amount: 80.00 USD, hold_sample: 0% }'],
  // Few customers come here: targets that could not be judged for months would show nothing.
  ['at_most: 2%, window: 4w, min_sample: 200', 'at_most: 2%, window: 4w, min_sample: 50'],
  ['at_least: 80%, window: 4w, min_sample: 100', 'at_least: 70%, window: 4w, min_sample: 20'],
  ['at_most: 30m, window: 1w, min_sample: 20', 'at_most: 30m, window: 1w, min_sample: 5'],
  ['at_most: 0.5%, window: 4w, min_sample: 200', 'at_most: 0.5%, window: 4w, min_sample: 20'],
  ['notify_head] }\n\n  escalation_routing:', `notify_head] }\n${FIRST_CONTACT}\n\n  escalation_routing:`],
  ['\non_violation:', `\n${TERMS}\n\non_violation:`],
];

export interface PactFiles {
  readonly pact: string;
  readonly files: Readonly<Record<string, string>>;
  readonly tests: Readonly<Record<string, string>>;
}

export function samplePact(): PactFiles {
  const folder = join(STARTERS, 'support');
  const files: Record<string, string> = {};
  const tests: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = name.replaceAll('\\', '/');
    if (!/\.(?:yaml|md)$/.test(path)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    if (path.endsWith('.test.yaml')) tests[path] = text;
    else files[path] = path === 'pact.yaml' ? changed(text) : text;
  }
  return { pact: 'pact.yaml', files, tests };
}

function changed(text: string): string {
  return CHANGES.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`The support starter no longer says "${from}"`);
    return result.replace(from, to);
  }, text);
}
