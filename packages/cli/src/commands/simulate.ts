/** `surety simulate`: what allowed rates mean in days and decisions, before anybody signs. */
import type { TrustLimits } from '@surety/core/trust';
import {
  type Behaviour,
  Forecast,
  type ForecastReport,
  forecastSentences,
  type Imagined,
  prospectOf,
  prospectSentence,
} from '@surety/core/world';
import { AskError, type Command, type ExitCode, text, type Values } from '../command.ts';
import { getPact } from '../files/pact-files.ts';
import type { Terminal } from '../terminal/terminal.ts';
import {
  behaviourOf,
  breaksOf,
  type LimitedLane,
  MOST_PER_DAY,
  numberOf,
  optionalShare,
  pactLanes,
  presetLane,
} from './simulate-options.ts';

/** Without --runs there are as many as take a few seconds. */
const CONVERSATIONS = 6_000_000;
const MOST_RUNS = 200;
const LEAST_RUNS = 20;
const RELEASED_AFTER_DAYS = 7;

export const simulate: Command = {
  options: {
    lane: { type: 'string', value: 'NAME', says: 'a lane of the pact' },
    'per-day': { type: 'string', value: 'N', says: 'conversations a day; without a pact, its preset is taken' },
    critical: {
      type: 'string',
      value: 'SHARE',
      says: 'conversations in which a critical rule is broken (default 0.01%)',
    },
    major: { type: 'string', value: 'SHARE', says: 'the same, major or worse (default 0.1%)' },
    minor: { type: 'string', value: 'SHARE', says: 'the same, minor or worse (default 0.8%)' },
    attempts: { type: 'string', value: 'SHARE', says: 'conversations in which a rule stops it (default 1%)' },
    proven: { type: 'boolean', says: 'every critical violation reaches someone and is proven: it stops the agent' },
    break: {
      type: 'string',
      value: 'DAY:RATE',
      multiple: true,
      says: 'from this day on major rules are broken this often; DAY:critical=RATE for another severity',
    },
    flood: { type: 'string', value: 'SHARE', says: 'this share of what comes in is easy, and nothing is broken there' },
    strata: {
      type: 'string',
      value: 'SHARE',
      says: 'easy work is told apart; this share of the reference mix is easy',
    },
    're-register': { type: 'string', value: 'N', says: 'it registers again after every N conversations' },
    days: { type: 'string', value: 'N', says: 'length of a run (default 365)' },
    runs: { type: 'string', value: 'N', says: 'number of runs (default: what takes a few seconds, at most 200)' },
    seed: { type: 'string', value: 'N', says: 'the same seed gives the same figures (default 1)' },
  },
  arguments: [0, 1],
  run([path], values, terminal): ExitCode {
    const perDay = text(values, 'per-day') === undefined ? undefined : numberOf(values, 'per-day', 1, MOST_PER_DAY);
    if (path === undefined && perDay === undefined)
      throw new AskError('name a pact, or say --per-day N: without either there is no lane to simulate');
    if (path === undefined && text(values, 'lane') !== undefined)
      throw new AskError('--lane names a lane of a pact; name the pact too');
    const lanes =
      path === undefined ? [presetLane(perDay ?? 1)] : pactLanes(getPact(path, terminal), text(values, 'lane'), perDay);
    const [only, ...others] = lanes;
    if (only && others.length === 0) return one(only, values, terminal);
    return overview(lanes, values, terminal);
  },
};

/** Several lanes: what the rates of each mean, without runs. */
function overview(lanes: readonly LimitedLane[], values: Values, terminal: Terminal): ExitCode {
  const imagining = ['break', 'flood', 'strata', 're-register', 'runs'].find((name) => values[name] !== undefined);
  if (imagining)
    throw new AskError(
      `--${imagining} simulates one lane; name it with --lane: ${lanes.map(({ lane }) => lane).join(', ')}`,
    );
  const rows = lanes.map(({ lane, limits, perDay }) => ({ lane, prospect: prospectOf(limits, perDay) }));
  if (terminal.json)
    terminal.document(
      rows.map(({ lane, prospect }) => ({ lane, says: prospectSentence(prospect), ...cleanOf(prospect) })),
    );
  for (const { lane, prospect } of rows) terminal.print(`${terminal.bold(lane ?? '')}: ${prospectSentence(prospect)}`);
  terminal.print('\nName one with --lane to see how an agent fares in it.');
  return 0;
}

const cleanOf = ({ perDay, fourWeeksOneIn, limited, autonomous }: ReturnType<typeof prospectOf>) => ({
  per_day: perDay,
  four_weeks_one_in: fourWeeksOneIn,
  limited_days: limited?.days ?? null,
  autonomous_days: autonomous?.days ?? null,
});

/** One lane: many runs of the imagined agent. */
function one({ lane, limits, perDay }: LimitedLane, values: Values, terminal: Terminal): ExitCode {
  const imagined = imaginedOf(limits, perDay, values);
  const seed = numberOf(values, 'seed', 1, 2 ** 31 - 1);
  const affordable = Math.floor(CONVERSATIONS / (perDay * (imagined.days + 365)));
  const runs = numberOf(values, 'runs', Math.min(MOST_RUNS, Math.max(LEAST_RUNS, affordable)), 100_000);
  const forecast = new Forecast(imagined, seed);
  for (let i = 0; i < runs; i++) {
    forecast.addRun();
    terminal.progress(`${i + 1} of ${runs} runs`);
  }
  terminal.progressDone();
  const report = forecast.report();
  const sentences = forecastSentences(report, forecast.prospect);
  if (terminal.json) terminal.document(documentOf(lane, imagined, report, sentences));
  if (lane !== undefined) terminal.print(terminal.bold(lane));
  for (const sentence of [...sentences, '', behaviourSentence(imagined)]) terminal.print(sentence);
  return 0;
}

function imaginedOf(limits: TrustLimits, perDay: number, values: Values): Imagined {
  const days = numberOf(values, 'days', 365, 3_650);
  const behaves = behaviourOf(values);
  const [easy, reference] = [optionalShare(values, 'flood'), optionalShare(values, 'strata')];
  if (reference !== undefined && easy === undefined)
    throw new AskError('--strata tells easy work apart; say with --flood SHARE how much of it comes in');
  const every = text(values, 're-register');
  return {
    limits: reference === undefined ? limits : { ...limits, weights: [reference, 1 - reference] },
    perDay,
    days,
    behaves,
    breaks: breaksOf(values, behaves, days),
    areCriticalsProven: values['proven'] === true,
    releasedAfterDays: RELEASED_AFTER_DAYS,
    ...(easy === undefined ? {} : { easy }),
    ...(every === undefined ? {} : { registersEvery: numberOf(values, 're-register', 1, 1_000_000) }),
  };
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))} %`;

/** What was assumed, so that nobody takes the figures for a measurement. */
function behaviourSentence({ behaves, areCriticalsProven, easy, registersEvery }: Imagined): string {
  const rates = ({ critical, major, minor, attempts }: Behaviour): string =>
    `critical ${percent(critical)}, major or worse ${percent(major)}, minor or worse ${percent(minor)}, stopped by a rule ${percent(attempts)}`;
  const stopped = areCriticalsProven
    ? `a proven critical violation stops it, and a person releases it after ${RELEASED_AFTER_DAYS} days`
    : 'a person stops each critical violation in time';
  const easyWork = easy === undefined ? '' : `, and none in the easy ${percent(easy)}`;
  const again = registersEvery === undefined ? '' : `; it registers again every ${registersEvery} conversations`;
  return `Assumed: violations in ${rates(behaves)} of conversations${easyWork}; every week passes and is signed; ${stopped}${again}.`;
}

const documentOf = (
  lane: string | undefined,
  { behaves, breaks = [], easy, registersEvery }: Imagined,
  report: ForecastReport,
  sentences: readonly string[],
) => ({
  lane: lane ?? null,
  says: sentences.filter((sentence) => sentence !== ''),
  assumed: { behaves, breaks, easy: easy ?? null, registers_every: registersEvery ?? null },
  ...report,
});
