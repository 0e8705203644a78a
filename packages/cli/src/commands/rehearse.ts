/** `surety rehearse`: a pact tested on recorded conversations. */
import { statSync } from 'node:fs';
import type { Pact } from '@surety/core/pact';
import { TRUST_STATES } from '@surety/core/terms';
import { formatReport, Rehearsal, type RehearsalReport, Tally, toDecisionLine } from '@surety/core/world';
import { AskError, type Command, type ExitCode, text, texts, type Values } from '../command.ts';
import { type Lines, openLines } from '../files/lines.ts';
import { getPact } from '../files/pact-files.ts';
import { checkFile, readConversations } from '../files/recordings.ts';
import { zoneOffset } from '../files/zones.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { checkOut, labelsOf, minutesOf, namedFiles, nowOf, stateOf, tablesOf } from './rehearse-options.ts';

export const rehearse: Command = {
  options: {
    pact: { type: 'string', value: 'FILE', says: 'the pact' },
    now: {
      type: 'string',
      value: 'TIME',
      says: 'decide at this time instead of the recording’s, such as 2024-05-15T15:00:00-05:00',
    },
    state: {
      type: 'string',
      value: 'STATE',
      says: `trust state to decide in: ${TRUST_STATES.join(', ')} (default autonomous)`,
    },
    agent: { type: 'string', value: 'NAME', says: 'take every conversation for this agent’s' },
    table: {
      type: 'string',
      value: 'NAME=FILE',
      multiple: true,
      says: 'a table, or the answers of an http fact, from a file',
    },
    against: { type: 'string', value: 'FILE', says: 'another pact: show which decisions change from it to --pact' },
    labels: {
      type: 'string',
      value: 'FILE',
      says: 'what was right: lines of {"conversation_id", "call_id", "right": true|false}; never shown to the gate',
    },
    'minutes-per-hold': { type: 'string', value: 'N', says: 'what a person needs to answer one hold (default 4)' },
    out: { type: 'string', value: 'FILE', says: 'write every decision to this file, one JSON line each' },
  },
  arguments: [1, 10_000],
  run: runRehearsal,
};

interface Plan {
  readonly pact: Pact;
  readonly other: Pact | undefined;
  readonly rehearsals: readonly Rehearsal[];
  readonly tally: Tally;
}

async function runRehearsal(paths: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  for (const path of paths) checkFile(path);
  const plan = planOf(values, terminal);
  const out = text(values, 'out');
  if (out !== undefined) checkOut(out, [...paths, ...namedFiles(values)]);
  let lines: Lines | undefined;
  let isCancelled = false;
  // Listens before there is a file to clean up, and until the process ends.
  process.on('SIGINT', () => {
    // Who presses Ctrl-C twice does not want to wait for the conversation at hand.
    if (isCancelled) {
      lines?.abandon();
      process.exit(130);
    }
    isCancelled = true;
  });
  let judged = 0;
  try {
    lines = out === undefined ? undefined : openLines(out);
    judged = await rehearseAll(paths, plan, lines, terminal, () => isCancelled);
  } catch (error) {
    lines?.abandon();
    throw error;
  } finally {
    terminal.progressDone();
  }
  if (isCancelled) {
    lines?.abandon();
    terminal.note(
      `surety: stopped after ${judged} conversations${out === undefined ? '' : `; ${out} was not written`}`,
    );
    return 130;
  }
  await lines?.finish();
  return answer(plan, judged, terminal, text(values, 'against'));
}

async function rehearseAll(
  paths: readonly string[],
  plan: Plan,
  lines: Lines | undefined,
  terminal: Terminal,
  isCancelled: () => boolean,
): Promise<number> {
  const total = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  let before = 0;
  let judged = 0;
  for (const path of paths) {
    let bytes = 0;
    for await (const item of readConversations(path, (n) => (bytes = n))) {
      if (isCancelled()) return judged;
      if (item.kind === 'unreadable') {
        plan.tally.addUnreadable(item.says);
        terminal.note(`surety: ${item.says}`);
        continue;
      }
      const [calls = [], other] = plan.rehearsals.map((rehearsal) => rehearsal.decide(item.conversation));
      plan.tally.add(calls, other);
      for (const call of calls) await lines?.write(JSON.stringify(toDecisionLine(call)));
      judged++;
      if (judged % 200 === 0) {
        terminal.progress(`${judged} conversations, ${Math.round(((before + bytes) / Math.max(total, 1)) * 100)} %`);
        // Lets Ctrl-C be heard between conversations.
        await new Promise(setImmediate);
      }
    }
    before += bytes;
  }
  return judged;
}

function answer(
  { pact, other, tally }: Plan,
  judged: number,
  terminal: Terminal,
  against: string | undefined,
): ExitCode {
  const report: RehearsalReport = tally.report(other && against);
  if (terminal.json) terminal.document(report);
  if (judged === 0) {
    terminal.note(`surety: no conversation could be read, so ${pact.name} was not rehearsed`);
    return 2;
  }
  terminal.print(formatReport(report));
  return 0;
}

function planOf(values: Values, terminal: Terminal): Plan {
  const path = text(values, 'pact');
  if (path === undefined) throw new AskError('rehearse needs the pact: --pact FILE');
  const state = stateOf(text(values, 'state'));
  const pact = getPact(path, terminal);
  const against = text(values, 'against');
  const other = against === undefined ? undefined : getPact(against, terminal);
  const options = {
    now: nowOf(text(values, 'now')),
    state,
    agent: text(values, 'agent'),
    tables: tablesOf(texts(values, 'table'), pact),
    offset: zoneOffset,
  };
  const labels = text(values, 'labels');
  return {
    pact,
    other,
    rehearsals: [pact, ...(other ? [other] : [])].map((one) => new Rehearsal(one, options)),
    tally: new Tally(pact, {
      minutes_per_hold: minutesOf(text(values, 'minutes-per-hold')),
      state,
      labels: labels === undefined ? undefined : labelsOf(labels),
    }),
  };
}
