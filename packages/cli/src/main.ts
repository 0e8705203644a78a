/** The command line of Surety. */

import { runCommandLine } from './command-line.ts';
import { COMMANDS } from './commands/table.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads our output may stop reading, as `head` does.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), COMMANDS);
