/** `surety weekly`: the weekly figures of each agent and lane, and the review that a person signs. */
import { TRUST_STATES } from '@surety/core/terms';
import type { WeeklyMetrics, WeeklyRow } from '@surety/core/wire';
import { AskError, type Command, type ExitCode, type Option, text } from '../command.ts';
import { withDesk } from '../server/desk.ts';
import { ACTOR, DATA, wholeNumber } from '../server/options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { csvOf } from './weekly-csv.ts';

type Figure = WeeklyRow['figures'][number];

const WEEK: Readonly<Record<string, Option>> = {
  week: { type: 'string', value: 'YYYY-Www', says: 'a week of ISO 8601 in UTC (default: the last that is over)' },
};
const DECISIONS = ['keep', 'widen', 'narrow'] as const;

export const weekly: Command = {
  options: {
    agent: { type: 'string', value: 'NAME', says: 'of this agent alone' },
    lane: { type: 'string', value: 'L', says: 'of this lane alone' },
    ...WEEK,
    'minute-minor': {
      type: 'string',
      value: 'N',
      says: 'what a reviewer’s minute costs, in minor units: for the cost',
    },
    csv: { type: 'boolean', says: 'as CSV, one figure per row' },
    ...DATA,
    ...ACTOR,
  },
  arguments: [0, 0],
  async run(_args, values, terminal): Promise<ExitCode> {
    const [agent, lane, week] = [text(values, 'agent'), text(values, 'lane'), text(values, 'week')];
    const isCsv = values['csv'] === true;
    if (isCsv && terminal.json) throw new AskError('weekly answers with --csv or with --json, not with both');
    const minute_minor = wholeNumber(values, 'minute-minor', 0, 1_000_000);
    const metrics = await withDesk(values, ({ client }) => client.metrics.weekly({ agent, lane, week, minute_minor }));
    if (terminal.json) terminal.document(metrics);
    else if (isCsv) for (const line of csvOf(metrics)) terminal.draw(line);
    else show(metrics, terminal);
    return 0;
  },
};

export const weeklyReview: Command = {
  options: {
    lane: { type: 'string', value: 'L', says: 'the lane' },
    decision: { type: 'string', value: 'D', says: 'keep, widen or narrow' },
    to: { type: 'string', value: 'S', says: 'with narrow: the trust state it goes to (default: one lower)' },
    note: { type: 'string', says: 'why; it goes on the record' },
    ...WEEK,
    ...DATA,
    ...ACTOR,
  },
  arguments: [1, 1],
  async run([agent = ''], values, terminal): Promise<ExitCode> {
    const [lane, written, note] = [text(values, 'lane'), text(values, 'decision'), text(values, 'note')];
    if (lane === undefined || written === undefined)
      throw new AskError('weekly review needs --lane LANE and --decision keep, widen or narrow');
    const decision = DECISIONS.find((one) => one === written);
    if (!decision) throw new AskError(`--decision is keep, widen or narrow, not ${written}`);
    const state = text(values, 'to');
    const to = TRUST_STATES.find((one) => one === state);
    if (state !== undefined && to === undefined)
      throw new AskError(`--to is one of ${TRUST_STATES.join(', ')}, not ${state}`);
    const { review, receipt } = await withDesk(values, async ({ client }) => {
      const week = text(values, 'week') ?? (await client.metrics.weekly({ agent, lane })).week;
      const body = { agent, lane, week, decision };
      return client.week.review({
        ...body,
        ...(to === undefined ? {} : { to }),
        ...(note === undefined ? {} : { note }),
      });
    });
    if (terminal.json) terminal.document({ review, receipt });
    terminal.print(`${review.says} (entry ${receipt.seq})`);
    return 0;
  },
};

function show({ says, weeks, rows }: WeeklyMetrics, terminal: Terminal): void {
  terminal.print(terminal.bold(says));
  if (rows.length === 0 && weeks.length > 0)
    terminal.print(`There is evidence in ${weeks.slice(0, 12).join(', ')}${weeks.length > 12 ? ' …' : ''}.`);
  for (const row of rows) showRow(row, terminal);
  const meant = new Map(
    rows.flatMap(({ figures }) => figures.filter(isTold)).map((one) => [one.definition, one.title]),
  );
  if (meant.size === 0) return;
  terminal.print(`\n${terminal.bold('What the figures mean')}`);
  for (const [definition, title] of meant)
    terminal.print(`  ${title.replace(/, (median|90th.*)$/, '')}: ${definition}`);
}

function showRow({ agent, lane, pact, figures, review }: WeeklyRow, terminal: Terminal): void {
  const under = pact === null ? '' : `, under ${pact.name} version ${pact.version}`;
  terminal.print(`\n${terminal.bold(`${agent} ${lane === null ? 'in all lanes' : `in ${lane}`}${under}`)}`);
  for (const one of figures.filter(isTold)) showFigure(one, terminal);
  if (review)
    terminal.print(`  ${terminal.green('Reviewed')}: ${review.says}${review.note ? ` “${review.note}”` : ''}`);
}

/** What nothing happened to, and nobody asked for, takes no line of its own. */
const isTold = ({ metric, n, met, maturity, targets }: Figure): boolean => {
  if (targets.length > 0) return true;
  if (metric.endsWith('_presumed')) return (maturity?.of ?? 0) > 0;
  if (/_(critical|major|minor)$/.test(metric)) return (met ?? 0) > 0;
  if (metric.endsWith('_p90')) return n > 0;
  return metric !== 'csat_mean' || n > 0;
};

function showFigure(one: Figure, terminal: Terminal): void {
  const { title, says, missing, maturity, early, standardised, change, targets, beside, coverage } = one;
  terminal.print(`  ${title}: ${missing === null ? says : terminal.dim(says)}`);
  const notes = [
    maturity && maturity.known < maturity.of ? maturity.says : '',
    early?.says ?? '',
    standardised?.says ?? '',
    change?.says ?? '',
    coverage && coverage.known < coverage.of ? coverage.says : '',
    ...beside.filter(({ what, count }) => count !== 0 || what === 'missed_escalations').map((note) => note.says),
  ];
  for (const note of notes) if (note !== '') terminal.print(`    ${terminal.dim(note)}`);
  const paint = { met: terminal.green, not_met: terminal.red, too_little_evidence: terminal.dim };
  for (const target of targets) terminal.print(`    ${paint[target.status](`Target ${target.says}`)}`);
}
