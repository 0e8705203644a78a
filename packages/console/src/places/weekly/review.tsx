/** The weekly review of a lane: keep, widen or narrow, with a note, signed by who is here; earlier ones below it. */
import type { TrustState } from '@surety/core/terms';
import type { WeeklyMetrics } from '@surety/core/wire';
import { useId, useState } from 'react';
import { useAct, useBlocked, useReviews, useSession } from '../../api/index.ts';
import {
  Await,
  Button,
  CopyText,
  ErrorNote,
  ExactTime,
  Note,
  PlainText,
  Section,
  Select,
  Table,
  TextArea,
} from '../../ui/index.ts';
import { actorWords, laneWords } from '../../words/index.ts';
import { CHOICES, type Choice, lowerThan } from './choices.ts';
import css from './weekly.module.css';

interface Reviewed {
  readonly agent: string;
  readonly lane: string;
  /** Where the lane stands now. */
  readonly state: TrustState;
  readonly metrics: WeeklyMetrics;
}

export function Review(reviewed: Reviewed) {
  const { agent, lane, metrics } = reviewed;
  const asked = useReviews({ agent, lane });
  return (
    <Section
      title="Weekly review"
      sentence={`What the figures of ${metrics.week} mean for ${agent} in ${laneWords(lane)}. Every widening needs one, signed within the last 8 days.`}
    >
      <Await of={asked}>
        {({ reviews }) => {
          const latest = reviews.find(({ week }) => week === metrics.week);
          return (
            <>
              {latest && (
                <Note tone="accent" icon="check">
                  Signed <ExactTime at={latest.at} />: {latest.says} A later one replaces it.
                </Note>
              )}
              <ReviewForm key={`${agent}/${lane}/${metrics.week}`} {...reviewed} />
              {reviews.length > 0 && (
                <Table
                  label="Earlier reviews"
                  rows={reviews}
                  keyOf={({ receipt }) => String(receipt.seq)}
                  columns={[
                    { head: 'Week', cell: ({ week }) => week, width: '10%' },
                    {
                      head: 'Decision',
                      cell: ({ decision, to }) => (to ? `${decision} to ${to}` : decision),
                      width: '16%',
                    },
                    { head: 'Note', cell: ({ note }) => (note === null ? '' : <PlainText text={note} />) },
                    { head: 'Signed by', cell: ({ by }) => actorWords(by), width: '14%' },
                    { head: 'When', cell: ({ at }) => <ExactTime at={at} />, width: '12%' },
                    {
                      head: 'Entry',
                      cell: ({ receipt }) => <CopyText says="Copy the entry’s number" text={String(receipt.seq)} />,
                      width: '8%',
                    },
                  ]}
                />
              )}
            </>
          );
        }}
      </Await>
    </Section>
  );
}

function ReviewForm({ agent, lane, state, metrics: { week, over, to: ends } }: Reviewed) {
  const me = useSession().data?.person.name ?? '';
  const [choice, setChoice] = useState<Choice>();
  const [to, setTo] = useState<TrustState | ''>('');
  const [note, setNote] = useState('');
  const [isWrong, setWrong] = useState(false);
  const role = useBlocked('week.review');
  const sign = useAct('week.review', {
    changes: ['weekly', 'agents', 'today'],
    isErrorToasted: false,
    says: ({ review }) => review.says,
  });
  const lower = lowerThan(state);
  const blocked = over ? role : `The week ends on ${ends.slice(0, 10)} at 00:00 UTC; it is reviewed when it is over.`;

  function send() {
    if (choice === undefined) return setWrong(true);
    const body = {
      agent,
      lane,
      week,
      decision: choice,
      ...(choice === 'narrow' && to !== '' ? { to } : {}),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    };
    const empty = () => {
      setChoice(undefined);
      setNote('');
    };
    sign.mutate({ body }, { onSuccess: empty });
  }

  return (
    <form
      className={css['review']}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <ChoiceField
        choice={choice}
        onChoose={(one) => {
          setChoice(one);
          setWrong(false);
        }}
        isNarrowable={lower.length > 0}
        wrong={isWrong ? 'Choose what you decide.' : undefined}
      />
      {choice === 'narrow' && lower.length > 1 && (
        <Select label="Down to" value={to} onChange={({ target }) => setTo(target.value as TrustState | '')}>
          <option value="">One state lower ({lower[0]})</option>
          {lower.slice(1).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </Select>
      )}
      <TextArea
        label="Note"
        hint="Why, for whoever reads it in a year. It is kept with the figures as they are now."
        value={note}
        maxLength={2000}
        onChange={({ target }) => setNote(target.value)}
      />
      {sign.error && <ErrorNote says={sign.error.message} />}
      <div>
        <Button kind="primary" icon="edit" type="submit" blocked={blocked} isBusy={sign.isPending}>
          Sign as {me}
        </Button>
      </div>
    </form>
  );
}

function ChoiceField({
  choice,
  onChoose,
  isNarrowable,
  wrong,
}: {
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice) => void;
  readonly isNarrowable: boolean;
  readonly wrong: string | undefined;
}) {
  const id = useId();
  return (
    <fieldset aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}>
      <legend className="visually-hidden">What you decide</legend>
      <div className={css['choices']}>
        {CHOICES.filter(({ key }) => isNarrowable || key !== 'narrow').map(({ key, says, means }) => (
          <label key={key} className={css['choice']}>
            <input type="radio" name={id} checked={choice === key} onChange={() => onChoose(key)} />
            <span>
              <b>{says}</b>
              <small>{means}</small>
            </span>
          </label>
        ))}
      </div>
      {wrong && (
        <p id={`${id}-wrong`} className={css['missed']} role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  );
}
