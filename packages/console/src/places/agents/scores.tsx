/** The two trust scores: below a minimum of evidence there is no number, but what is missing. */
import type { LaneTrust } from '@surety/core/wire';
import { IntervalBar, Trend } from '../../charts/index.ts';
import { Note, numberText } from '../../ui/index.ts';
import css from './agents.module.css';

type Score = LaneTrust['scores']['conduct'];
const MAX = 1_000;
const PROVEN = 500;

export function Scores({ trust: { scores, gap, series } }: { readonly trust: LaneTrust }) {
  // Where nothing was counted, the lane's sentence has said so.
  if (scores.conduct.n === 0 && scores.outcome.n === 0) return null;
  const days = series.filter(({ conduct }) => conduct !== null);
  return (
    <div className={css['scores']}>
      {gap !== null && (
        <div className={css['gap']}>
          <Note tone="hold" icon="alert">
            <strong>The two scores disagree.</strong> {gap}
          </Note>
        </div>
      )}
      <ScoreView
        title="Conduct"
        asks="Did it keep the pact?"
        proves="proven at the rate the pact allows"
        score={scores.conduct}
      />
      <ScoreView
        title="Outcome"
        asks="Did customers get what they needed?"
        proves="proven at the pact’s target"
        score={scores.outcome}
      />
      {days.length > 1 && (
        <div className={css['score']}>
          <div className={css['scoreHead']}>
            <span>Conduct, day by day</span>
            <small>{days.length} days with evidence</small>
          </div>
          <Trend
            label={`Conduct from ${days[0]?.conduct} on ${days[0]?.day} to ${days.at(-1)?.conduct} on ${days.at(-1)?.day}`}
            points={series.map(({ conduct, lower, upper }) => ({ value: conduct, lower, upper }))}
            max={MAX}
            mark={PROVEN}
          />
        </div>
      )}
    </div>
  );
}

function ScoreView({
  title,
  asks,
  proves,
  score: { score, lower, upper, n, missing_sentence },
}: {
  readonly title: string;
  readonly asks: string;
  /** What the mark in the middle says. */
  readonly proves: string;
  readonly score: Score;
}) {
  const rests = `n = ${numberText(Math.round(n))}`;
  return (
    <div className={css['score']}>
      <div className={css['scoreHead']}>
        <span>{title}</span>
        {score === null ? <small>no number yet · {rests}</small> : <b>{score}</b>}
        {score !== null && (
          <small>
            {lower ?? score}–{upper ?? MAX} · {rests}
          </small>
        )}
      </div>
      {score === null ? (
        <p className={css['faint']}>{missing_sentence ?? 'Too little is known yet.'}</p>
      ) : (
        <>
          <IntervalBar
            label={`${title} score ${score} of ${MAX}, between ${lower ?? score} and ${upper ?? MAX}; ${PROVEN} is ${proves}`}
            lower={lower ?? score}
            value={score}
            upper={upper ?? MAX}
            max={MAX}
            mark={PROVEN}
          />
          <p className={css['faint']}>
            {asks} The mark means “{proves}”.
          </p>
        </>
      )}
    </div>
  );
}
