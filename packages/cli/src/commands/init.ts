/** `surety init`: writes a starter pact with its tests. */
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AskError, type Command, type ExitCode, text } from '../command.ts';

export const STARTERS = fileURLToPath(new URL('../../starters/', import.meta.url));
const LANES = ['ticket_triage', 'reply_drafting', 'escalation_routing', 'refund_checks'];

export const init: Command = {
  options: { lane: { type: 'string', value: 'LANE', says: `one lane only: ${LANES.join(', ')}` } },
  arguments: [1, 1],
  run([folder = ''], values, terminal): ExitCode {
    const lane = text(values, 'lane');
    if (lane !== undefined && !LANES.includes(lane))
      throw new AskError(`there is no starter for the lane ${lane}; there are ${LANES.join(', ')}`);
    const from = join(STARTERS, lane ?? 'support');
    const files = filesOf(from);
    const taken = files.filter((file) => existsSync(join(folder, file)));
    if (taken.length > 0)
      throw new AskError(
        `${join(folder, taken[0] ?? '')} already exists, and nothing was written; name another folder`,
      );
    mkdirSync(folder, { recursive: true });
    for (const file of files)
      cpSync(join(from, file), join(folder, file), { recursive: true, errorOnExist: true, force: false });
    if (terminal.json) terminal.document({ folder, files });
    terminal.print(`Wrote ${files.length} files to ${folder}.`);
    terminal.print(`Next: surety pact test ${join(folder, 'pact.test.yaml')}`);
    terminal.print(`      surety rehearse --pact ${join(folder, 'pact.yaml')} CONVERSATIONS`);
    return 0;
  },
};

function filesOf(folder: string, below = ''): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesOf(folder, join(below, entry.name)) : [join(below, entry.name)]))
    .sort();
}
