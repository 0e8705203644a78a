/** `surety pact diff`: what changes from one pact to another, by meaning. */
import { diffPacts, formatDiff } from '@surety/core/pact';
import type { Command, ExitCode } from '../command.ts';
import { getPact } from '../files/pact-files.ts';

export const pactDiff: Command = {
  options: {},
  arguments: [2, 2],
  run([before = '', after = ''], _values, terminal): ExitCode {
    const diff = diffPacts(getPact(before, terminal), getPact(after, terminal));
    if (terminal.json) terminal.document(diff);
    terminal.print(formatDiff(diff));
    return 0;
  },
};
