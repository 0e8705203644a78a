/** One weekly figure: its value with its bounds and n, or what is missing; how it moved; its target; the rest one click deeper. */
import { type LineMark, type LineWeek, topOf, WeeklyLine } from '../../charts/index.ts';
import { Badge, Disclosure, type IconName, numberText, Table, type Tone } from '../../ui/index.ts';
import { boundsText, type Figure, measureText } from '../../words/index.ts';
import css from './weekly.module.css';

/** A figure in the weeks of its line, the shown one last. */
export interface Shown {
  readonly figure: Figure;
  readonly before: readonly { readonly week: string; readonly figure: Figure | undefined }[];
  readonly marks: readonly LineMark[];
}

type Target = Figure['targets'][number];
const TARGETS: Readonly<Record<Target['status'], readonly [word: string, tone: Tone, icon: IconName]>> = {
  met: ['target met', 'allow', 'check'],
  not_met: ['target not met', 'deny', 'cross'],
  too_little_evidence: ['too little evidence', 'plain', 'clock'],
};

/** `title` where its panel says the rest of its name; none where that says all of it. */
export function FigureView({ figure, before, marks, title }: Shown & { readonly title: string | undefined }) {
  const { missing, change, targets, beside } = figure;
  return (
    <div className={css['figure']}>
      {title !== undefined && <h3>{title}</h3>}
      <Value figure={figure} />
      {change && <p className={change.moved ? css['moved'] : css['quiet']}>{change.says}</p>}
      {targets.map((target) => (
        <TargetLine key={target.id} target={target} />
      ))}
      {missing === null && <Line figure={figure} before={before} marks={marks} />}
      {beside.map(({ what, count, says }) => (
        <p key={what} className={what === 'missed_escalations' && count !== 0 ? css['missed'] : css['quiet']}>
          {says}
        </p>
      ))}
      <Deeper figure={figure} before={before} marks={marks} />
    </div>
  );
}

/** Below the least evidence there is no number, but what is missing. */
export function Value({ figure }: { readonly figure: Figure }) {
  const { value, missing, n, met, maturity } = figure;
  if (missing !== null || value === null) return <p className={css['missing']}>{missing ?? figure.says}</p>;
  const bounds = boundsText(figure);
  const isNone = met === 0 && figure.metric.startsWith('violations');
  return (
    <p className={css['value']}>
      <b>{isNone ? 'None' : measureText(value, figure)}</b>
      <span>
        {bounds && `${bounds} · `}n = {numberText(n)}
        {maturity && maturity.known < maturity.of && ` of ${numberText(maturity.of)} so far`}
      </span>
    </p>
  );
}

export function TargetLine({ target: { status, says } }: { readonly target: Target }) {
  const [word, tone, icon] = TARGETS[status];
  return (
    <p className={css['targetLine']}>
      <Badge tone={tone} icon={icon}>
        {word}
      </Badge>
      <span>{says}</span>
    </p>
  );
}

const pointOf = ({ week, figure }: Shown['before'][number]): LineWeek => ({
  week,
  value: figure?.value ?? null,
  lower: figure?.lower ?? null,
  upper: figure?.upper ?? null,
  n: figure?.n ?? 0,
});

/** What there can be at most. */
const MOST: Readonly<Partial<Record<Figure['unit'], number>>> = { share: 1, score: 5 };

export function Line({ figure, before, marks }: Shown) {
  const weeks = before.map(pointOf);
  const known = weeks.filter(({ value }) => value !== null);
  if (known.length < 2) return null;
  const [target] = figure.targets;
  const bounds = [target?.at_least, target?.at_most].filter((one) => one != null);
  const top = topOf(weeks, bounds, MOST[figure.unit] ?? Number.POSITIVE_INFINITY);
  const [first, last] = [known[0], known.at(-1)].map((one) => measureText(one?.value ?? 0, figure));
  return (
    <div>
      <WeeklyLine
        label={`${figure.title}: from ${first} in ${known[0]?.week} to ${last} in ${known.at(-1)?.week}; the table below it has every week`}
        weeks={weeks}
        marks={marks}
        atLeast={target?.at_least ?? undefined}
        atMost={target?.at_most ?? undefined}
        top={top}
      />
      <div className={css['axis']} aria-hidden>
        <span>{weeks[0]?.week}</span>
        <span>0 to {measureText(top, figure)}</span>
        <span>{weeks.at(-1)?.week}</span>
      </div>
    </div>
  );
}

/** The definition in force, on how much it rests, every week as a table. */
export function Deeper({ figure, before }: Shown) {
  const rests = [figure.coverage, figure.maturity, figure.early, figure.standardised].flatMap((one) =>
    one === null ? [] : [one.says],
  );
  return (
    <Disclosure says="Definition, and week by week">
      <div className={css['deeper']}>
        <p>{figure.definition}</p>
        {rests.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Table
          label={`${figure.title}, week by week`}
          rows={before.toReversed()}
          keyOf={({ week }) => week}
          columns={[
            { head: 'Week', cell: ({ week }) => week },
            { head: 'Value', cell: (one) => valueOf(one.figure), isNumber: true },
            {
              head: 'Interval',
              cell: (one) => (one.figure?.value == null ? '' : boundsText(one.figure)),
              isNumber: true,
            },
            { head: 'n', cell: (one) => one.figure?.n ?? 0, isNumber: true },
          ]}
        />
      </div>
    </Disclosure>
  );
}

const valueOf = (figure: Figure | undefined): string =>
  figure?.value == null ? 'too little' : measureText(figure.value, figure);
