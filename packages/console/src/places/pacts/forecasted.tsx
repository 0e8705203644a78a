/** What became of the imagined agents: when they earned more, when a break was noticed, how often one was lowered by mistake. */
import type { ForecastReport, Reached } from '@surety/core/world';
import { Table } from '../../ui/index.ts';
import { shareText } from '../../words/index.ts';
import css from './allowed-rates.module.css';

/** A tenth of a day matters where a wait is short; nothing is rounded down. */
export function daysText(days: number | null): string {
  if (days === null) return 'never';
  const shown = days < 10 ? Math.ceil(days * 10) / 10 : Math.ceil(days);
  return `${shown} ${shown === 1 ? 'day' : 'days'}`;
}

export function mistakeSentence({ false_demotion_a_year: found, runs }: ForecastReport): string {
  if (found === null) return 'Nothing above supervised is offered here, so nothing can be lowered by mistake.';
  return `An agent exactly at every allowed rate is lowered by mistake in ${shareText(found.share)} of ${runs} years; the bound is ${shareText(found.bound)}.`;
}

export function Forecasted({
  lane,
  report,
  assumed,
}: {
  readonly lane: string;
  readonly report: ForecastReport;
  readonly assumed: string;
}) {
  const rows: readonly { readonly says: string; readonly reached: Reached }[] = [
    { says: 'Becomes limited', reached: report.limited },
    { says: 'Becomes autonomous', reached: report.autonomous },
    ...(report.noticed ? [{ says: 'A break is noticed', reached: report.noticed }] : []),
  ];
  return (
    <div className={css['found']} role="status">
      <p>{mistakeSentence(report)}</p>
      <Table
        label={`What became of ${report.runs} simulated agents in ${lane}`}
        rows={rows}
        keyOf={({ says }) => says}
        columns={[
          { head: `Of ${report.runs} agents`, cell: ({ says }) => says, width: '34%' },
          { head: 'Half within', cell: ({ reached }) => daysText(reached.median), isNumber: true, width: '22%' },
          { head: 'Nine in ten within', cell: ({ reached }) => daysText(reached.p90), isNumber: true, width: '22%' },
          { head: 'Ever', cell: ({ reached }) => shareText(reached.share), isNumber: true },
        ]}
      />
      <p className={css['faint']}>{assumed}</p>
    </div>
  );
}
