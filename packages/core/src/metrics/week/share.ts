/** A share of a week: its interval, the same in the mix of the weeks before, and the difference to the week before. */
import { type Estimate, newcombeDiff, wilson95 } from '../../chance/intervals.ts';
import { standardisedDiff, standardisedRate } from '../../chance/standardised.ts';
import type { WeeklyFigure } from './figure.ts';
import { between, percent, whole } from './say.ts';

/** How many of how many, by stratum. */
export interface Tally {
  readonly stratum: string;
  readonly x: number;
  readonly n: number;
}

const CONF = 0.95;
/** A row shows five shares against the week before; one of them moving by chance alone stays at 5 %. */
const COMPARED = 5;
/** A stratum below this share of the reference is pooled with the other small ones. */
const POOLED_BELOW = 0.03;
const POOL = '';
/** Below this the weeks before say too little of what the work is usually made of. */
const REFERENCE_LEAST = 20;

export const sumOf = (tallies: readonly Tally[]): { readonly x: number; readonly n: number } => ({
  x: tallies.reduce((sum, { x }) => sum + x, 0),
  n: tallies.reduce((sum, { n }) => sum + n, 0),
});

/** The mix of the weeks before: stratum → share; `undefined` where it is one stratum, or too little. */
export function mixOf(reference: readonly Tally[]): ReadonlyMap<string, number> | undefined {
  const { n } = sumOf(reference);
  if (n < REFERENCE_LEAST) return undefined;
  const mix = new Map<string, number>();
  for (const one of reference) {
    const key = one.n / n < POOLED_BELOW ? POOL : one.stratum;
    mix.set(key, (mix.get(key) ?? 0) + one.n / n);
  }
  return mix.size < 2 ? undefined : mix;
}

/** x and n by the strata of a mix; what the mix does not know is pooled, or left out where nothing is. */
function byMix(tallies: readonly Tally[], mix: ReadonlyMap<string, number>): { x: number[]; n: number[] } {
  const strata = [...mix.keys()];
  const into = { x: strata.map(() => 0), n: strata.map(() => 0) };
  for (const one of tallies) {
    const at = strata.indexOf(mix.has(one.stratum) ? one.stratum : POOL);
    if (at < 0) continue;
    into.x[at] = (into.x[at] as number) + one.x;
    into.n[at] = (into.n[at] as number) + one.n;
  }
  return into;
}

export interface SharePair {
  readonly now: readonly Tally[];
  readonly before: readonly Tally[];
  readonly reference: readonly Tally[];
  readonly least: number;
}

type Shown = Pick<WeeklyFigure, 'value' | 'lower' | 'upper' | 'met' | 'n' | 'least' | 'standardised' | 'change'>;

export function shareOf({ now, before, reference, least }: SharePair): Shown {
  const { x, n } = sumOf(now);
  const isEnough = n >= least;
  const mix = mixOf(reference);
  return {
    value: isEnough ? x / n : null,
    ...(n === 0 ? { lower: null, upper: null } : wilson95(x, n)),
    met: x,
    n,
    least,
    standardised: isEnough && mix ? inMix(now, mix) : null,
    change: isEnough && sumOf(before).n >= least ? changeOf(now, before, mix) : null,
  };
}

function inMix(now: readonly Tally[], mix: ReadonlyMap<string, number>): NonNullable<Shown['standardised']> {
  const { x, n } = byMix(now, mix);
  const { estimate, lower, upper } = standardisedRate(x, n, [...mix.values()], CONF);
  const says = `In the mix of work of the four weeks before: ${percent(estimate)} (${between(lower, upper, percent)}).`;
  return { value: estimate, lower, upper, says };
}

function changeOf(
  now: readonly Tally[],
  before: readonly Tally[],
  mix: ReadonlyMap<string, number> | undefined,
): NonNullable<Shown['change']> {
  const conf = 1 - (1 - CONF) / COMPARED;
  const [a, b] = [sumOf(now), sumOf(before)];
  const [here, there] = mix ? [byMix(now, mix), byMix(before, mix)] : [undefined, undefined];
  const found: Estimate =
    mix && here && there
      ? standardisedDiff(here.x, here.n, there.x, there.n, [...mix.values()], conf)
      : newcombeDiff(a.x, a.n, b.x, b.n, conf);
  const { estimate: value, lower, upper } = found;
  const moved = lower > 0 || upper < 0;
  const points = (share: number): string => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`;
  const size = `${points(value)} points (${points(lower)} to ${points(upper)}) against the week before`;
  const how = mix ? ', in the same mix of work' : '';
  const says = moved ? `${size}${how}.` : `${size}${how}: no more than chance could explain.`;
  return { value, lower, upper, moved, says };
}

/** `81.2 % (74.1 to 86.7 %), 130 conversations`; of none at all, the most there may be. */
export function shareSentence({ value, lower, upper, n }: Shown, of: string): string {
  if (value === null || lower === null || upper === null) return '';
  return `${percent(value)} (${between(lower, upper, percent)}) of ${whole(n)} ${of}.`;
}
