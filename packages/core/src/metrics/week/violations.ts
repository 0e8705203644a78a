/** Policy violations of a week: escaped by severity, blocked apart, with the bound that none at all leaves. */
import type { Severity } from '../../terms/decision.ts';
import { figure, tooFew } from './blank.ts';
import { type ActionCount, rankOf, type WeekCounts } from './counts.ts';
import { LEAST_ACTIONS } from './definitions.ts';
import type { WeeklyFigure, WeeklyMetric } from './figure.ts';
import { many, percent, whole } from './say.ts';
import { shareOf, shareSentence, type Tally } from './share.ts';

type Breaches = (count: ActionCount) => number;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

export const escapedOf =
  (severity: Severity | undefined): Breaches =>
  ({ escaped }) =>
    severity === undefined ? sum(escaped) : (escaped[rankOf(severity)] as number);
const blockedOf: Breaches = ({ blocked }) => sum(blocked);

/** A breach that came to light although not every rule could be evaluated was evaluated all the same. */
export const breachTallies = (weeks: readonly { readonly counts: WeekCounts }[], breaches: Breaches): Tally[] =>
  weeks.flatMap(({ counts }) =>
    counts.actions.map((one) => ({
      stratum: one.stratum,
      x: breaches(one),
      n: Math.max(one.evaluated, sum(one.escaped) + sum(one.blocked)),
    })),
  );

const KINDS: readonly (readonly [WeeklyMetric, Breaches])[] = [
  ['violations_escaped', escapedOf(undefined)],
  ['violations_escaped_critical', escapedOf('critical')],
  ['violations_escaped_major', escapedOf('major')],
  ['violations_escaped_minor', escapedOf('minor')],
  ['violations_blocked', blockedOf],
];

interface Weeks {
  readonly here: { readonly counts: WeekCounts };
  readonly before: { readonly counts: WeekCounts };
  readonly reference: readonly { readonly counts: WeekCounts }[];
}

export const violationFigures = ({ here, before, reference }: Weeks): WeeklyFigure[] =>
  KINDS.map(([metric, breaches]) => {
    const share = shareOf({
      now: breachTallies([here], breaches),
      before: breachTallies([before], breaches),
      reference: breachTallies(reference, breaches),
      least: LEAST_ACTIONS,
    });
    const missing = share.value === null ? tooFew(share.n, LEAST_ACTIONS, 'evaluated actions') : null;
    return figure(metric, {
      ...share,
      unit: 'share',
      missing,
      says: missing ?? sentence(share),
      coverage: coverageOf(here.counts),
      beside: metric === 'violations_escaped' ? besideOf(here.counts) : [],
    });
  });

type Share = ReturnType<typeof shareOf>;

const sentence = (share: Share): string =>
  share.met === 0
    ? `None in ${many(share.n, 'action')}: at most ${percent(share.upper ?? 1)}.`
    : `${share.met}: ${shareSentence(share, 'actions')}`;

function coverageOf({ actions }: WeekCounts): WeeklyFigure['coverage'] {
  const known = sum(actions.map(({ evaluated }) => evaluated));
  const of = sum(actions.map(({ allow, hold, deny }) => allow + hold + deny));
  const doubt = of - known;
  const says =
    doubt === 0
      ? `Every rule was evaluated on all ${many(of, 'action')}.`
      : `On ${whole(doubt)} of ${many(of, 'action')} a rule was in doubt.`;
  return { known, of, says };
}

function besideOf({ actions, judged }: WeekCounts): WeeklyFigure['beside'] {
  const [allow, hold, deny] = (['allow', 'hold', 'deny'] as const).map((word) => sum(actions.map((one) => one[word])));
  return [
    {
      what: 'decisions',
      count: (allow ?? 0) + (hold ?? 0) + (deny ?? 0),
      says: `${whole(allow ?? 0)} allowed, ${whole(hold ?? 0)} held, ${whole(deny ?? 0)} denied.`,
    },
    {
      what: 'judged',
      count: judged,
      says: `${many(judged, 'verdict')} by people on actions and conversations of this week.`,
    },
  ];
}
