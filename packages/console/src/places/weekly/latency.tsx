/** Escalation latency: three clocks, half and nine in ten, the open ones counted. */
import { Table } from '../../ui/index.ts';
import { boundsText, type Figure, measureText } from '../../words/index.ts';
import { Deeper, Line, type Shown, TargetLine } from './figure-view.tsx';
import css from './weekly.module.css';

const CLOCKS = [
  ['need_to_escalated', 'Need to escalated'],
  ['escalated_to_acknowledged', 'Escalated to acknowledged'],
  ['acknowledged_to_reply', 'Acknowledged to first reply'],
] as const;

type Of = (metric: Figure['metric']) => Shown | undefined;

export function Latency({ of }: { readonly of: Of }) {
  const rows = CLOCKS.map(([clock, says]) => ({
    clock,
    says,
    half: of(`${clock}_p50`)?.figure,
    most: of(`${clock}_p90`)?.figure,
  }));
  return (
    <>
      <Table
        label="Escalation latency"
        rows={rows}
        keyOf={({ clock }) => clock}
        columns={[
          { head: 'Clock', cell: ({ says }) => says, width: '28%' },
          { head: 'Half within', cell: ({ half }) => <Wait figure={half} />, width: '20%' },
          { head: 'Nine in ten within', cell: ({ most }) => <Wait figure={most} />, width: '24%' },
          { head: 'n', cell: ({ most }) => most?.n ?? 0, isNumber: true, width: '6%' },
          { head: 'Still open', cell: ({ most }) => openOf(most) },
        ]}
      />
      <div className={css['pair']}>
        {[
          ['escalated_to_acknowledged_p50', 'Escalated to acknowledged, half'] as const,
          ['escalated_to_acknowledged_p90', 'Escalated to acknowledged, nine in ten'] as const,
        ].map(([metric, title]) => {
          const shown = of(metric);
          return shown && <Clock key={metric} title={title} {...shown} />;
        })}
      </div>
    </>
  );
}

const Clock = ({ title, ...shown }: Shown & { readonly title: string }) => (
  <div className={css['figure']}>
    <h3>{title}</h3>
    {shown.figure.targets.map((target) => (
      <TargetLine key={target.id} target={target} />
    ))}
    {shown.figure.missing === null ? <Line {...shown} /> : <p className={css['missing']}>{shown.figure.missing}</p>}
    <Deeper {...shown} />
  </div>
);

/** What is open or ended otherwise counts too, so it is told. */
function openOf(figure: Figure | undefined): string {
  const { known = 0, of = 0, says = '' } = figure?.coverage ?? {};
  return known < of ? says : 'none';
}

function Wait({ figure }: { readonly figure: Figure | undefined }) {
  if (!figure) return null;
  if (figure.value === null) return <span className={css['faint']}>{figure.n === 0 ? 'none' : 'too few'}</span>;
  return (
    <>
      <b>{measureText(figure.value, figure)}</b> <span className={css['faint']}>{boundsText(figure)}</span>
    </>
  );
}
