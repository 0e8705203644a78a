/** The pact of the sample desk: the support starter as it ships, for the two sample agents. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STARTERS } from '../commands/init.ts';
import { AGENTS } from './visit.ts';

const CHANGES: readonly (readonly [from: string, to: string])[] = [
  ['pact: support-starter', 'pact: sample-desk'],
  ['agents: [support-agent]', `agents: [${AGENTS.join(', ')}]`],
  // Of a few refunds on request, none is to be held by chance: it would hide what holds the third.
  ['limited: { max_amount: 50.00 USD }', 'limited: { max_amount: 50.00 USD, hold_sample: 0% }'],
  ['autonomous: { max_amount: 80.00 USD }', 'autonomous: { max_amount: 80.00 USD, hold_sample: 0% }'],
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
