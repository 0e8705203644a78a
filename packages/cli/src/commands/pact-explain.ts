/** `surety pact explain`: a pact in plain language. */
import { explainPact, formatExplanation } from '@surety/core/pact';
import type { Command, ExitCode } from '../command.ts';
import { getPact } from '../files/pact-files.ts';

export const pactExplain: Command = {
  options: { conditions: { type: 'boolean', says: 'show the condition beside each sentence' } },
  arguments: [1, 1],
  run([path = ''], values, terminal): ExitCode {
    const explanation = explainPact(getPact(path, terminal));
    if (terminal.json) terminal.document(explanation);
    terminal.print(formatExplanation(explanation, { conditions: values['conditions'] === true }));
    return 0;
  },
};
