/** What one run of each simulation does. Runs are numbered, and each has chances of its own: any division gives the same figures. */
import { betsOf, quiet, watch, wilson95 } from '@surety/core/chance';
import { DEFAULT_LIMITS, presetFor } from '@surety/core/trust';
import { emptyLane, SimulatedLane, seeded, slotIn } from '@surety/core/world';

export const PER_DAY = 200;
const YEAR = 73_000;
export const CLEAN = { critical: 0, major: 0, minor: 0, attempts: 0 };
const GOOD = { critical: 0.0001, major: 0.001, minor: 0.008, attempts: 0.01 };
const alone = (behaves) => [{ share: 1, behaves }];
const isPromotedTo = (state) => (record) => record.reason === `promoted.${state}`;
const isAlarm = ({ reason }) => reason === 'drift' || reason === 'outcome' || reason.startsWith('alarm.');
const hasLeft = ({ state }) => state !== 'autonomous';

/** A violation of a severity is one of every lesser severity too. */
const atLeast = ({ critical, major, minor, attempts }) => ({
  critical,
  major: Math.max(critical, major),
  minor: Math.max(critical, major, minor),
  attempts,
});

/** The limits of a lane of so many conversations a day, by its preset. */
export function limitsAt(perDay) {
  const { streams, ceiling, leaseDays } = presetFor(perDay);
  return { ...DEFAULT_LIMITS, streams, ceiling, leaseDays, yearlyVolume: perDay * 365 };
}

/** Three years under the preset of a volume: how many leases were renewed, and how many lapsed. */
function leases({ perDay }, draw) {
  const lane = new SimulatedLane(emptyLane(limitsAt(perDay)), { perDay, arriving: alone(GOOD) }, draw);
  let [renewed, lapsed] = [0, 0];
  lane.run(perDay * 1095, ({ reason }) => {
    if (reason === 'lease.renewed') renewed++;
    if (reason === 'lease.expired') lapsed++;
    return false;
  });
  return { renewed, lapsed };
}

/** How long a detector that holds an agent to 1 % is silent, from the start or after a good record. */
function detector({ threshold, rate, goodBefore = 0 }, draw) {
  const bets = betsOf('demote', 0.01);
  for (;;) {
    let wealth = quiet(bets);
    for (let i = 0; i < goodBefore && wealth.value < threshold; i++)
      wealth = watch(bets, wealth, draw() < 0.002 ? 1 : 0);
    // An alarm before the break is no delay after it.
    if (wealth.value >= threshold) continue;
    let n = 0;
    for (; wealth.value < threshold; n++) wealth = watch(bets, wealth, draw() < rate ? 1 : 0);
    return n;
  }
}

/** Hears the chances of a lane and re-checks a 95 % Wilson interval of every stream, at each observation and at each week’s end. */
function rechecked(rates, draw) {
  const counts = rates.map(() => 0);
  const found = { always: false, weekly: false };
  let n = 0;
  let isEscape = false;
  const isAbove = (i) => wilson95(counts[i], n).lower > rates[i];
  const hear = () => {
    const chance = draw();
    isEscape = !isEscape;
    if (isEscape) n++;
    // A conversation takes two chances: one for what escapes, one for what is blocked.
    for (let i = isEscape ? 0 : 3; i < (isEscape ? 3 : 4); i++) {
      if (chance < rates[i]) counts[i]++;
      else if (n !== 30) continue;
      if (n >= 30 && !found.always && isAbove(i)) found.always = true;
    }
    if (!isEscape && n % (7 * PER_DAY) === 0 && !found.weekly) found.weekly = rates.some((_, i) => isAbove(i));
    return chance;
  };
  return { hear, found };
}

/** A year in `autonomous`, exactly at every allowed rate: each alarm is a false one. */
function atAllRates(_, draw) {
  const rates = DEFAULT_LIMITS.streams.map(({ allowedRate }) => allowedRate);
  const [critical, major, minor, attempts] = rates;
  const { hear, found } = rechecked(rates, draw);
  // Nothing can be proven at the rate itself: the year is watched as one lease.
  const slot = slotIn({ ...DEFAULT_LIMITS, leaseDays: 400 }, 'autonomous');
  const lane = new SimulatedLane(
    slot,
    { perDay: PER_DAY, arriving: alone({ critical, major, minor, attempts }) },
    hear,
  );
  let isDemoted = false;
  lane.run(YEAR, (record) => {
    isDemoted ||= isAlarm(record);
    return false;
  });
  return { isDemoted, ...found };
}

/** Wealth so small comes back to a proof with a chance below it (Ville): the rest of the year need not be waited for. */
const LOST = 1e-8;

/**
 * A year at one rate of one stream, clean elsewhere: is the agent ever promoted to the state that this rate guards? What a
 * restart after a false alarm would add to a run that is given up is below .05·α_2, less than one in two thousand.
 */
function atOneRate({ stream, target }, draw) {
  const at = DEFAULT_LIMITS.streams.findIndex(({ id }) => id === stream);
  const { allowedRate, relaxedRate } = DEFAULT_LIMITS.streams[at];
  const behaves = atLeast({ ...CLEAN, [stream]: target === 'limited' ? relaxedRate : allowedRate });
  const lane = new SimulatedLane(emptyLane(DEFAULT_LIMITS), { perDay: PER_DAY, arriving: alone(behaves) }, draw);
  while (lane.n < YEAR) {
    if (lane.run(1_000, isPromotedTo(target))) return { isPromoted: true };
    const { proof, isProven } = lane.agent.streams[at];
    if (!isProven && proof.value < LOST) break;
  }
  return { isPromoted: false };
}

/** Registers again every thousand conversations for a year, at the relaxed rate of major violations; nobody has to sign. */
function registersAgain({ isFixed }, draw) {
  const limits = {
    ...DEFAULT_LIMITS,
    // With one α for every attempt each registration is a first one: 2/.1 is the threshold 1/.05.
    alpha: isFixed ? 0.1 : DEFAULT_LIMITS.alpha,
    minDays: { limited: 0, autonomous: 0 },
    signOff: { limited: false, autonomous: false },
  };
  const options = { perDay: PER_DAY, arriving: alone(atLeast({ ...CLEAN, major: 0.02 })) };
  let lane = new SimulatedLane(emptyLane(limits), options, draw);
  for (let n = 0; n < YEAR; n += 1_000) {
    if (n > 0 && isFixed) lane = new SimulatedLane(emptyLane(limits), options, draw);
    else if (n > 0) lane.register();
    if (lane.run(1_000, isPromotedTo('limited'))) return { isPromoted: true };
  }
  return { isPromoted: false };
}

/** Two hundred days of an agent that is good where work is easy and bad where it is hard, with so much easy work coming in. */
function flooded({ easy, hasStrata }, draw) {
  const limits = { ...DEFAULT_LIMITS, weights: hasStrata ? [0.7, 0.3] : [1] };
  const [good, bad] = [0.001, 0.04].map((major) => atLeast({ ...CLEAN, major }));
  const mixed = atLeast({ ...CLEAN, major: easy * good.major + (1 - easy) * bad.major });
  const strata = [
    { share: easy, behaves: good },
    { share: 1 - easy, behaves: bad },
  ];
  const arriving = hasStrata ? strata : alone(mixed);
  const lane = new SimulatedLane(emptyLane(limits), { perDay: PER_DAY, arriving }, draw);
  return { isPromoted: lane.run(200 * PER_DAY, isPromotedTo('autonomous')) !== undefined };
}

export const BREAKS = {
  'major 3 %': { major: 0.03 },
  'major 5 %': { major: 0.05 },
  'major 10 %': { major: 0.1 },
  'minor 15 %': { minor: 0.15 },
  'critical .5 %': { critical: 0.005 },
  'critical 1 %': { critical: 0.01 },
  'attempts 15 %': { attempts: 0.15 },
  'attempts 30 %': { attempts: 0.3 },
};
export const BREAK_DAYS = [60, 240];

/** 400 good days; from two of them, where the agent is autonomous, it goes on broken, once for each way to break. */
function good(_, draw, drawOf) {
  const lane = new SimulatedLane(emptyLane(DEFAULT_LIMITS), { perDay: PER_DAY, arriving: alone(GOOD) }, draw);
  let isLowered = false;
  const note = (record) => {
    isLowered ||= isAlarm(record);
    return false;
  };
  const delays = {};
  for (const day of BREAK_DAYS) {
    lane.run(day * PER_DAY - lane.n, note);
    if (lane.agent.state !== 'autonomous') continue;
    Object.entries(BREAKS).forEach(([name, broken], i) => {
      const branch = lane.branch(alone(atLeast({ ...GOOD, ...broken })), drawOf(day * 16 + i));
      branch.run(50_000, hasLeft);
      delays[`${name}, day ${day}`] = branch.n - lane.n;
    });
  }
  lane.run(400 * PER_DAY - lane.n, note);
  return { isLowered, delays };
}

export const TASKS = { leases, detector, atAllRates, atOneRate, registersAgain, flooded, good };

/** Runs `from` to `to` - 1 of a task. */
export function runTask(name, options, seed, from, to) {
  const key = hash(`${seed} ${name} ${JSON.stringify(options)}`);
  return Array.from({ length: to - from }, (_, i) => {
    const run = (from + i) * 8_192;
    return TASKS[name](options, seeded(key, run), (branch) => seeded(key, run + 1 + branch));
  });
}

/** FNV-1a: a name becomes a seed. */
function hash(text) {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ char.codePointAt(0), 0x01000193);
  return value;
}
