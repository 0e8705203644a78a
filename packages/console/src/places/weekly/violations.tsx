/** What escaped, and beside it what was blocked: a working gate is no fault. */
import type { ReactNode } from 'react';
import { Table } from '../../ui/index.ts';
import { boundsText, type Figure, measureText } from '../../words/index.ts';
import { type Shown, TargetLine } from './figure-view.tsx';
import css from './weekly.module.css';

const GRAVITY = [
  ['violations_escaped_critical', 'Critical'],
  ['violations_escaped_major', 'Major'],
  ['violations_escaped_minor', 'Minor'],
] as const;

export function Violations({
  of,
  view,
}: {
  readonly of: (metric: Figure['metric']) => Shown | undefined;
  readonly view: (metric: Figure['metric'], title: string) => ReactNode;
}) {
  const rows = GRAVITY.flatMap(([metric, says]) => {
    const figure = of(metric)?.figure;
    return figure ? [{ says, figure }] : [];
  });
  return (
    <>
      <div className={css['pair']}>
        {view('violations_escaped', 'Escaped: reached the customer or a system')}
        {view('violations_blocked', 'Blocked: a rule stopped it')}
      </div>
      {rows.some(({ figure }) => (figure.met ?? 0) > 0) && (
        <Table
          label="Violations that escaped, by severity"
          rows={rows}
          keyOf={({ says }) => says}
          columns={[
            { head: 'Escaped', cell: ({ says }) => says, width: '28%' },
            { head: 'Violations', cell: ({ figure: { met } }) => met ?? 0, isNumber: true, width: '12%' },
            { head: 'Rate', cell: ({ figure }) => rateOf(figure), isNumber: true, width: '14%' },
            { head: 'Interval', cell: ({ figure }) => boundsText(figure), isNumber: true, width: '26%' },
            { head: 'n', cell: ({ figure }) => figure.n, isNumber: true },
          ]}
        />
      )}
      {rows.flatMap(({ figure }) => figure.targets.map((target) => <TargetLine key={target.id} target={target} />))}
    </>
  );
}

const rateOf = (figure: Figure): string => (figure.value === null ? 'too little' : measureText(figure.value, figure));
