/** `surety pact check`: everything that is wrong with pacts, at once. */
import type { Command, ExitCode } from '../command.ts';
import { loadNamed } from '../files/pact-files.ts';

export const pactCheck: Command = {
  options: {},
  arguments: [1, 1_000],
  run(paths, _values, terminal): ExitCode {
    const loaded = paths.map(loadNamed);
    for (const { path, pact, drawn, diagnostics } of loaded) {
      for (const text of drawn) terminal.draw(text);
      const warnings = diagnostics.filter(({ severity }) => severity === 'warning').length;
      const errors = diagnostics.length - warnings;
      const remarks = warnings === 0 ? '' : `, ${warnings} warning${warnings === 1 ? '' : 's'}`;
      if (!pact) terminal.print(terminal.red(`${path}: ${errors} error${errors === 1 ? '' : 's'}${remarks}`));
      else
        terminal.print(`${terminal.green(`${path}: in order`)}${remarks}; ${pact.rules.length} rules, ${pact.digest}`);
    }
    if (terminal.json)
      terminal.document(
        loaded.map(({ path, pact, diagnostics }) => ({
          file: path,
          ok: pact !== undefined,
          digest: pact?.digest ?? null,
          diagnostics,
        })),
      );
    return loaded.every(({ pact }) => pact) ? 0 : 1;
  },
};
