/** What a pact says about trust in each lane: written out for its entry, and read back from there into limits. */
import type { FollowedTarget, Following, LaneTerms } from '../../evidence/kinds/agent.ts';
import { outcomeTarget } from '../../metrics/week/outcome-count.ts';
import { enforcedExposure, type Pact } from '../../pact/index.ts';
import { TRUST_STATES, type TrustState } from '../../terms/decision.ts';
import { DAY, WEEK } from '../../terms/time.ts';
import {
  type CensusStream,
  DEFAULT_LIMITS,
  planOf,
  presetFor,
  type TrustLimits,
  type TrustPlan,
} from '../../trust/index.ts';
import { weekTerms } from '../week/terms.ts';

type Rates = LaneTerms['allowed'];
type RateName = 'allowedRate' | 'relaxedRate';

/** No bet can be made against a rate of nothing, nor of everything. */
const PPM = 1_000_000;
const LEAST_PPM = 1;
const MOST_PPM = 500_000;

/** Every number that trust in its lanes needs, so that a fold reads entries alone. */
export const laneTermsOf = (pact: Pact): Record<string, LaneTerms> =>
  Object.fromEntries([...pact.lanes.keys()].map((lane) => [lane, termsOf(pact, lane)]));

function termsOf(pact: Pact, lane: string): LaneTerms {
  const plan = pact.lanes.get(lane);
  const trust = pact.file.trust ?? {};
  const volumes = trust.volume_per_day ?? {};
  const perDay = Object.hasOwn(volumes, lane) ? volumes[lane] : undefined;
  const preset = perDay === undefined ? undefined : presetFor(perDay);
  const streams = preset?.streams ?? CENSUS;
  const allowed = { ...ratesOf(streams, 'allowedRate'), ...trust.allowed_rates };
  const declared = { ...ratesOf(streams, 'relaxedRate'), ...trust.relaxed_rates };
  const ceiling = lowest([trust.ceiling, preset?.ceiling, boundedBy(pact, lane)]);
  return {
    owner: plan?.owner ?? '',
    enforced: plan?.enforced ?? true,
    allowed: mapped(allowed, clamp),
    // What is proven first is never stricter than what is proven later.
    relaxed: mapped(declared, (rate, name) => Math.max(clamp(rate), clamp(allowed[name]))),
    ...(perDay === undefined ? {} : { per_day: perDay }),
    ceiling,
    sign_off: trust.sign_off ?? DEFAULT_LIMITS.signOff,
    dwell: trust.dwell ?? {
      limited: DEFAULT_LIMITS.minDays.limited * DAY,
      autonomous: DEFAULT_LIMITS.minDays.autonomous * DAY,
    },
    lease: trust.lease ?? DEFAULT_LIMITS.leaseDays * DAY,
    on_change: trust.on_change ?? 'limited',
    // A pact that names no metric at all asks for none; one that names none of its targets asks for what nothing can show.
    outcome_weeks: trust.outcome_week?.length === 0 ? 0 : DEFAULT_LIMITS.outcomeWeeks,
    outcomes: outcomesOf(pact, lane),
    ...(pact.strata ? { strata: [...pact.strata.shares] } : {}),
    ...followingsOf(pact),
    ...targetsOf(pact, lane),
  };
}

/** Of consequences by their names those that move no money, each once. */
function movingNoMoney({ file }: Pact, names: readonly string[]): Following[] {
  return [...new Set(names)].flatMap((name): Following[] => {
    const consequence = file.consequences[name];
    if (consequence?.kind !== 'operational') return [];
    const { kind: _, says: __, ...effect } = consequence;
    return [{ named: name, ...effect }];
  });
}

function followingsOf(pact: Pact): Pick<LaneTerms, 'on_violation'> {
  const named = Object.entries(pact.file.on_violation ?? {}).flatMap(([severity, names]) => {
    const followings = movingNoMoney(pact, names ?? []);
    return followings.length === 0 ? [] : [[severity, followings] as const];
  });
  return named.length === 0 ? {} : { on_violation: Object.fromEntries(named) };
}

function targetsOf(pact: Pact, lane: string): Pick<LaneTerms, 'targets'> {
  const { lanes } = pact.file;
  const written = (Object.hasOwn(lanes, lane) ? lanes[lane]?.weekly_targets : undefined) ?? [];
  const targets = written.flatMap((target): FollowedTarget[] => {
    const then = movingNoMoney(pact, target.then);
    if (then.length === 0) return [];
    const { id, metric, of_severity, at_least, at_most, window, min_sample } = target;
    return [
      {
        target: id,
        metric,
        ...(of_severity === undefined ? {} : { of_severity }),
        ...(at_least === undefined ? {} : { at_least: at_least.value }),
        ...(at_most === undefined ? {} : { at_most: at_most.value }),
        weeks: Math.max(1, Math.round(window / WEEK)),
        min_sample,
        then,
      },
    ];
  });
  return targets.length === 0 ? {} : { targets };
}

/** What says, where the pact names nothing, whether customers got what they needed. */
const OUTCOME_METRICS: readonly string[] = ['first_contact_resolution', 'csat'];

function outcomesOf(pact: Pact, lane: string): NonNullable<LaneTerms['outcomes']> {
  const named: readonly string[] = pact.file.trust?.outcome_week ?? OUTCOME_METRICS;
  return weekTerms(pact, lane).targets.flatMap((terms) => {
    const target = named.includes(terms.metric) ? outcomeTarget(terms) : undefined;
    return target ? [target] : [];
  });
}

/** `limited` asks for a finite loss: where no limit bounds it, nothing above `supervised` is offered. */
function boundedBy(pact: Pact, lane: string): TrustState {
  if (enforcedExposure(pact, lane, 'limited').exposure === null) return 'supervised';
  return enforcedExposure(pact, lane, 'autonomous').exposure === null ? 'limited' : 'autonomous';
}

const lowest = (states: readonly (TrustState | undefined)[]): TrustState =>
  TRUST_STATES.find((state) => states.includes(state)) ?? DEFAULT_LIMITS.ceiling;

const CENSUS = DEFAULT_LIMITS.streams.filter((stream): stream is CensusStream => stream.kind === 'census');

/** Streams are told apart by their ids, which are the names of the rates. */
function ratesOf(streams: readonly CensusStream[], which: RateName): Rates {
  const of = (id: string): number => Math.round((streams.find((stream) => stream.id === id)?.[which] ?? 1) * PPM);
  return { critical: of('critical'), major: of('major'), minor: of('minor'), attempts: of('attempts') };
}

const clamp = (ppm: number): number => Math.min(MOST_PPM, Math.max(LEAST_PPM, ppm));

const mapped = (rates: Rates, change: (rate: number, name: keyof Rates) => number): Rates => ({
  critical: change(rates.critical, 'critical'),
  major: change(rates.major, 'major'),
  minor: change(rates.minor, 'minor'),
  attempts: change(rates.attempts, 'attempts'),
});

/** The limits that the terms make; what they leave open is as everywhere. */
export const limitsOf = (terms: LaneTerms): TrustLimits => ({
  ...DEFAULT_LIMITS,
  yearlyVolume: terms.per_day === undefined ? DEFAULT_LIMITS.yearlyVolume : terms.per_day * 365,
  streams: CENSUS.map((stream) => ({
    ...stream,
    allowedRate: terms.allowed[stream.id as keyof Rates] / PPM,
    relaxedRate: terms.relaxed[stream.id as keyof Rates] / PPM,
  })),
  weights: terms.strata?.map(({ share }) => share / PPM) ?? DEFAULT_LIMITS.weights,
  ceiling: terms.ceiling,
  signOff: terms.sign_off,
  minDays: { limited: terms.dwell.limited / DAY, autonomous: terms.dwell.autonomous / DAY },
  leaseDays: terms.lease / DAY,
  renewDays: Math.min(DEFAULT_LIMITS.renewDays, terms.lease / DAY),
  minorVersionCap: terms.on_change,
  outcomeWeeks: terms.outcome_weeks,
});

/** Which of the weights a conversation counts under: of a stratum that these terms do not know, that of all other work. */
export function stratumIn(terms: LaneTerms | undefined, stratum: string | null): number {
  const strata = terms?.strata;
  if (!strata) return 0;
  const found = strata.findIndex(({ name }) => name === stratum);
  return found < 0 ? strata.length - 1 : found;
}

/** What holds where a pact of an older form said nothing. */
export const DEFAULT_PLAN: TrustPlan = planOf({ ...DEFAULT_LIMITS, outcomeWeeks: 0 });

const plans = new WeakMap<LaneTerms, TrustPlan>();

/** Made once for each pact: bets cost more to make than to use. */
export function planFor(terms: LaneTerms | undefined): TrustPlan {
  if (!terms) return DEFAULT_PLAN;
  const known = plans.get(terms);
  if (known) return known;
  const plan = planOf(limitsOf(terms));
  plans.set(terms, plan);
  return plan;
}
