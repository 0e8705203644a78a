/** The four metrics of a lane in a week, and what a verified resolution costs beside them. */
import type { ReactNode } from 'react';
import type { WeekBefore } from '../../api/index.ts';
import type { LineMark } from '../../charts/index.ts';
import { Field } from '../../ui/index.ts';
import type { Figure } from '../../words/index.ts';
import { FigureView, type Shown } from './figure-view.tsx';
import { Latency } from './latency.tsx';
import { Violations } from './violations.tsx';
import css from './weekly.module.css';

export function Four({
  figures,
  week,
  before,
  marks,
  minute,
  onMinute,
}: {
  readonly figures: readonly Figure[];
  readonly week: string;
  readonly before: readonly WeekBefore[];
  readonly marks: readonly LineMark[];
  /** What a reviewer’s minute costs, in minor units, as it stands in the address. */
  readonly minute: string;
  readonly onMinute: (minor: string) => void;
}) {
  const find = (list: readonly Figure[] | undefined, metric: Figure['metric']) =>
    list?.find((one) => one.metric === metric);
  const of = (metric: Figure['metric']): Shown | undefined => {
    const figure = find(figures, metric);
    if (!figure) return undefined;
    const weeks = before.map((one) => ({
      week: one.week,
      figure: one.week === week ? figure : find(one.row?.figures, metric),
    }));
    return { figure, before: weeks, marks };
  };
  const view = (metric: Figure['metric'], title?: string) => {
    const shown = of(metric);
    return shown && <FigureView key={metric} {...shown} title={title} />;
  };
  return (
    <div className={css['four']}>
      <Metric title="First-contact resolution">
        <div className={css['pair']}>
          {view('fcr_agent_alone', 'Agent alone')}
          {view('fcr_desk', 'Desk: agent and people')}
        </div>
      </Metric>
      <Metric title="CSAT">
        <div className={css['pair']}>
          {view('csat', 'Satisfied: 4 and 5 of 5')}
          {view('csat_mean', 'Mean, from 1 to 5')}
        </div>
      </Metric>
      <Metric title="Escalation latency">
        <Latency of={of} />
      </Metric>
      <Metric title="Policy violation rate">
        <Violations of={of} view={view} />
      </Metric>
      <Metric title="Cost per verified resolution">
        <div className={css['pair']}>
          {view('cost_per_verified_resolution')}
          <Field
            label="What a reviewer’s minute costs"
            hint={`In minor units of ${find(figures, 'cost_per_verified_resolution')?.currency ?? 'the currency'}, such as 110 for 1.10; it is kept only in the address of this page.`}
            inputMode="numeric"
            defaultValue={minute}
            onBlur={({ target }) => onMinute(target.value.trim())}
            onKeyDown={({ key, currentTarget }) => key === 'Enter' && onMinute(currentTarget.value.trim())}
          />
        </div>
      </Metric>
    </div>
  );
}

const Metric = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={css['metric']} aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);
