/** `surety tour`: a guided rehearsal on the sample conversations that ship with Surety. Writes nothing. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatReport, Rehearsal, Tally } from '@surety/core/world';
import type { Command, ExitCode } from '../command.ts';
import { getPact } from '../files/pact-files.ts';
import { readConversations } from '../files/recordings.ts';
import { zoneOffset } from '../files/zones.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { STARTERS } from './init.ts';

const SAMPLE = fileURLToPath(new URL('../../sample/conversations.jsonl', import.meta.url));
const STOPS_SHOWN = 6;
const NEXT = [
  ['a starter pact with its tests', 'init my-pact'],
  ['the same in plain language', 'pact explain my-pact/pact.yaml'],
  ['its tests, on every rule', 'pact test my-pact/pact.test.yaml'],
  ['what it would have done', 'rehearse --pact my-pact/pact.yaml CONVERSATIONS'],
] as const;
const NEXT_WIDTH = Math.max(...NEXT.map(([says]) => says.length));

export const tour: Command = {
  options: {},
  arguments: [0, 0],
  async run(_args, _values, terminal): Promise<ExitCode> {
    const pact = getPact(join(STARTERS, 'support', 'pact.yaml'), terminal);
    const rehearsal = new Rehearsal(pact, { offset: zoneOffset, state: 'limited' });
    const tally = new Tally(pact, { minutes_per_hold: 4, state: 'limited' });
    const stops: string[] = [];
    for await (const item of readConversations(SAMPLE, () => undefined)) {
      if (item.kind === 'unreadable') {
        tally.addUnreadable(item.says);
        continue;
      }
      const calls = rehearsal.decide(item.conversation);
      tally.add(calls);
      for (const { call, evaluation } of calls) {
        const [reason] = evaluation.reasons;
        if (evaluation.decision === 'allow' || !reason || stops.some((stop) => stop.includes(reason.says))) continue;
        const word = evaluation.decision === 'hold' ? terminal.yellow('held  ') : terminal.red('denied');
        stops.push(`  ${word}  ${call.tool}: ${reason.says} (${reason.id})`);
      }
    }
    const report = tally.report();
    if (terminal.json) terminal.document(report);
    guide(formatReport(report), stops, terminal);
    return 0;
  },
};

function guide(report: string, stops: readonly string[], terminal: Terminal): void {
  const chapter = (n: number, title: string) => terminal.print(`\n${terminal.bold(`${n}. ${title}`)}`);
  terminal.print(terminal.bold('Surety: what an AI agent may do, decided before it does it.'));
  terminal.print('What follows are sample conversations of a shop that does not exist, judged by the starter pact.');
  chapter(1, 'A pact says what the agent may do, and who answers for it');
  terminal.print(
    'Each rule is one sentence with a condition. Surety looked at each action before it happened and would have stopped, for example:',
  );
  for (const stop of stops.slice(0, STOPS_SHOWN)) terminal.print(stop);
  chapter(2, 'A rehearsal shows what that means for work that was recorded');
  terminal.print(report);
  chapter(3, 'Now with your own');
  for (const [says, command] of NEXT) terminal.print(`  ${says.padEnd(NEXT_WIDTH)}  npx surety ${command}`);
}
