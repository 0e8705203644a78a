/** The whole week on one page of paper: figures, targets, what changed, the review, a line to sign on. */
import type { TrustState } from '@surety/core/terms';
import type { WeeklyMetrics, WeeklyRow } from '@surety/core/wire';
import { useSession } from '../../api/index.ts';
import { exactText, Mark, numberText } from '../../ui/index.ts';
import { actorWords, boundsText, capital, changeText, type Figure, laneWords, measureText } from '../../words/index.ts';
import type { Change } from './marks.ts';
import css from './sheet.module.css';

/** What is printed, each with its definition where that is its own. */
const PRINTED: readonly Figure['metric'][] = [
  'fcr_agent_alone',
  'fcr_desk',
  'csat',
  'csat_mean',
  'need_to_escalated_p90',
  'escalated_to_acknowledged_p50',
  'escalated_to_acknowledged_p90',
  'acknowledged_to_reply_p90',
  'violations_escaped',
  'violations_escaped_critical',
  'violations_blocked',
  'cost_per_verified_resolution',
];
const DEFINED: readonly Figure['metric'][] = [
  'fcr_agent_alone',
  'csat',
  'escalated_to_acknowledged_p90',
  'violations_escaped',
  'violations_blocked',
  'cost_per_verified_resolution',
];
const MOST_CHANGES = 4;

export function WeekSheet({
  agent,
  lane,
  state,
  metrics,
  row,
  changes,
}: {
  readonly agent: string;
  readonly lane: string | null;
  readonly state: TrustState | undefined;
  readonly metrics: WeeklyMetrics;
  readonly row: WeeklyRow | undefined;
  readonly changes: readonly Change[];
}) {
  const { data: session } = useSession();
  const figures = PRINTED.flatMap((metric) => row?.figures.filter((one) => one.metric === metric) ?? []);
  const latest = changes.slice(-MOST_CHANGES);
  return (
    <article className={css['sheet']} aria-hidden>
      <header className={css['head']}>
        <Mark />
        <h1>
          {session?.sample ? 'Sample desk (made-up data)' : 'Surety'} · week {metrics.week}
        </h1>
        <p>
          {agent}, {lane === null ? 'all lanes together' : laneWords(lane)}
          {state && ` · ${state}`}
        </p>
      </header>
      <p>{metrics.says}</p>
      {row && <p className={css['says']}>{row.says}</p>}
      <table className={css['table']}>
        <thead>
          <tr>
            <th>Figure</th>
            <th>Value</th>
            <th>Interval, 95 %</th>
            <th>n</th>
            <th>Against the week before</th>
            <th>Target</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <PrintedFigure key={figure.metric} figure={figure} />
          ))}
        </tbody>
      </table>
      {latest.length > 0 && (
        <section>
          <h2>What changed in these weeks</h2>
          {latest.map(({ when, says }) => (
            <p key={`${when}${says}`} className={css['short']}>
              {new Date(when).toISOString().slice(0, 10)}: {says}
            </p>
          ))}
        </section>
      )}
      <section className={css['definitions']}>
        <h2>Definitions in force</h2>
        {figures
          .filter(({ metric }) => DEFINED.includes(metric))
          .map(({ metric, title, definition }) => (
            <p key={metric}>
              <b>{title.replace(/, agent alone|, 90th percentile/, '')}.</b> {definition}
            </p>
          ))}
      </section>
      <SignLine row={row} at={metrics.at} isOfLane={lane !== null} />
    </article>
  );
}

const TARGET_WORDS = { met: 'met', not_met: 'NOT MET', too_little_evidence: 'too little evidence' } as const;

function PrintedFigure({ figure }: { readonly figure: Figure }) {
  const { title, value, missing, n, change, targets, beside } = figure;
  const missed = beside.find(({ what }) => what === 'missed_escalations');
  const target = targets.map(({ id, status }) => `${id}: ${TARGET_WORDS[status]}`).join('; ');
  return (
    <tr>
      <th scope="row">
        {title.replace(', 90th percentile', ', nine in ten')}
        {missed && `; ${missed.count} missed escalations`}
      </th>
      {value === null ? (
        <td colSpan={4}>{missing}</td>
      ) : (
        <>
          <td className={css['number']}>{measureText(value, figure)}</td>
          <td>{boundsText(figure)}</td>
          <td>{numberText(n)}</td>
          <td>{change && changeText(change)}</td>
        </>
      )}
      <td>{target}</td>
    </tr>
  );
}

function SignLine({
  row,
  at,
  isOfLane,
}: {
  readonly row: WeeklyRow | undefined;
  readonly at: string;
  readonly isOfLane: boolean;
}) {
  const review = row?.review;
  const open = isOfLane
    ? 'Not reviewed yet.  ☐ keep   ☐ widen   ☐ narrow'
    : 'A review covers one lane; print that lane to sign it.';
  return (
    <footer className={css['sign']}>
      <p className={css['signed']}>
        {review
          ? `${capital(review.decision)}${review.to ? ` to ${review.to}` : ''}, signed by ${actorWords(review.by)} on ${review.at.slice(0, 10)}, entry ${review.receipt.seq}. ${review.note ?? ''}`
          : open}
      </p>
      <div className={css['lines']}>
        <span>Name</span>
        <span>Date</span>
        <span>Signature</span>
      </div>
      <p className={css['asOf']}>
        As of {exactText(Date.parse(at))}.{review?.figures_sha256 && ` Figures signed: sha256:${review.figures_sha256}`}
      </p>
    </footer>
  );
}
