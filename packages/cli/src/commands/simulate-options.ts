/** What `surety simulate` is told: rates, breaks, numbers. Whatever cannot be meant is one sentence. */
import type { Pact } from '@surety/core/pact';
import { parseShare } from '@surety/core/terms';
import { DEFAULT_LIMITS, presetFor, type TrustLimits } from '@surety/core/trust';
import { type Behaviour, type Break, laneTermsOf, limitsOf } from '@surety/core/world';
import { AskError, text, texts, type Values } from '../command.ts';

const PPM = 1_000_000;
const NAMES = ['critical', 'major', 'minor', 'attempts'] as const;
type RateName = (typeof NAMES)[number];

/** A good agent, where nothing else is said. */
const GOOD: Behaviour = { critical: 0.0001, major: 0.001, minor: 0.008, attempts: 0.01 };

/** What a clean agent goes through in three years takes seconds at this volume. */
export const MOST_PER_DAY = 100_000;

/** What is held to in one lane, and its volume. */
export interface LimitedLane {
  readonly lane: string | undefined;
  readonly limits: TrustLimits;
  readonly perDay: number;
}

export function numberOf(values: Values, name: string, fallback: number, most: number): number {
  const written = text(values, name);
  const number = written === undefined ? fallback : Number(written);
  if (!Number.isSafeInteger(number) || number < 1 || number > most)
    throw new AskError(`--${name} is a whole number from 1 to ${most}, not ${written}`);
  return number;
}

function shareOf(option: string, written: string): number {
  const share = parseShare(written);
  if (share === undefined) throw new AskError(`${option} is a share such as 0.1%, not ${written}`);
  return share / PPM;
}

export function optionalShare(values: Values, name: string): number | undefined {
  const written = text(values, name);
  const share = written === undefined ? undefined : shareOf(`--${name}`, written);
  if (share === 0 || share === 1) throw new AskError(`--${name} is a share between 0% and 100%, not ${written}`);
  return share;
}

/** A graver violation is one of every lesser severity too. */
function atLeast({ critical, major, minor, attempts }: Behaviour): Behaviour {
  const grave = Math.max(critical, major);
  return { critical, major: grave, minor: Math.max(grave, minor), attempts };
}

export function behaviourOf(values: Values): Behaviour {
  const rate = (name: RateName): number => {
    const written = text(values, name);
    return written === undefined ? GOOD[name] : shareOf(`--${name}`, written);
  };
  return atLeast({
    critical: rate('critical'),
    major: rate('major'),
    minor: rate('minor'),
    attempts: rate('attempts'),
  });
}

/** DAY:RATE breaks what is major; DAY:NAME=RATE something else. The rest stays as it was. */
export function breaksOf(values: Values, behaves: Behaviour, days: number): readonly Break[] {
  return texts(values, 'break').map((written): Break => {
    const [, day = '', name = 'major', rate = ''] = /^(\d+):(?:([a-z]+)=)?(.+)$/.exec(written) ?? [];
    const known = NAMES.find((one) => one === name);
    if (day === '' || !known)
      throw new AskError(
        `--break is written DAY:RATE, or DAY:NAME=RATE with ${NAMES.join(', ')}, such as 60:5% or 60:critical=1%, not ${written}`,
      );
    if (Number(day) < 1 || Number(day) >= days)
      throw new AskError(`--break ${written} is not within the ${days} days of a run`);
    return { day: Number(day), behaves: atLeast({ ...behaves, [known]: shareOf('--break', rate) }) };
  });
}

/** The rates of the preset for a volume, where there is no pact. */
export function presetLane(perDay: number): LimitedLane {
  const { streams, ceiling, leaseDays } = presetFor(perDay);
  const limits = { ...DEFAULT_LIMITS, streams, ceiling, leaseDays, yearlyVolume: perDay * 365 };
  return { lane: undefined, limits, perDay };
}

/** The lanes of a pact that were asked for: one by name, or all. */
export function pactLanes(pact: Pact, lane: string | undefined, perDay: number | undefined): readonly LimitedLane[] {
  const terms = laneTermsOf(pact);
  const names = Object.keys(terms);
  if (lane !== undefined && !names.includes(lane))
    throw new AskError(`${pact.name} has no lane ${lane}; it has ${names.join(', ')}`);
  return names
    .filter((name) => lane === undefined || name === lane)
    .map((name): LimitedLane => {
      const of = terms[name] as (typeof terms)[string];
      const volume = perDay ?? of.per_day;
      if (volume === undefined)
        throw new AskError(
          `${pact.name} does not say how many conversations a day the lane ${name} has; say it with --per-day N`,
        );
      if (volume > MOST_PER_DAY)
        throw new AskError(
          `the lane ${name} has ${volume} conversations a day, and at most ${MOST_PER_DAY} are simulated; say fewer with --per-day N`,
        );
      return { lane: name, limits: { ...limitsOf(of), yearlyVolume: volume * 365 }, perDay: volume };
    });
}
