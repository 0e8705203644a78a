/** Rows without chance: exact dynamic programming, and agents that do the same every time. */
import { cleanNeeded, DEFAULT_LIMITS, provableOneIn, step } from '@surety/core/trust';
import { emptyLane, SimulatedLane } from '@surety/core/world';
import { bettingDelay, bettingFalseAlarms, wilsonFalseAlarms } from './exact.js';
import { exactly, near } from './figure.js';
import { CLEAN, limitsAt, PER_DAY } from './tasks.js';

const row = (name, figures) => ({ name, figures: async () => figures() });

const falseAlarms = row('false alarms of the bets at p0 = 1 %, α = .05 (exact)', () => {
  const [thousand, tenThousand] = bettingFalseAlarms(0.01, 0.05, [1_000, 10_000]);
  return { 'within 1 000': near(thousand, 0.0207, 0.0001), 'within 10 000': near(tenThousand, 0.0273, 0.0001) };
});

const delays = row('mean delay from the start, p0 = 1 % (exact)', () => ({
  'at 3 %': near(bettingDelay(0.01, 0.05, 0.03), 322, 1),
  'at 5 %': near(bettingDelay(0.01, 0.05, 0.05), 104, 1),
  'at 10 %': near(bettingDelay(0.01, 0.05, 0.1), 31, 1),
}));

/** With fewer than 56 observations two violations are enough for an alarm: from there on the figure is another. */
const wilson = row('false alarms of a 95 % Wilson interval at every look, within 10 000 (exact)', () => ({
  'n ≥ 56': near(wilsonFalseAlarms(0.01, 56, [10_000])[0], 0.291, 0.001),
  'n ≥ 30': near(wilsonFalseAlarms(0.01, 30, [10_000])[0], 0.325, 0.001),
}));

const clean = row('clean observations that prove a rate, attempt 1', () =>
  Object.fromEntries(
    [
      [0.001, 4_618],
      [0.005, 922],
      [0.01, 460],
      [0.02, 229],
      [0.05, 90],
    ].map(([rate, needed]) => [`${rate * 100} %`, exactly(cleanNeeded(rate, 0.05, 1), needed)]),
  ),
);

const provable = row('what n clean observations prove at most, attempt 1', () =>
  Object.fromEntries(
    [
      [140, 30],
      [280, 61],
      [840, 182],
      [2_800, 606],
    ].map(([n, oneIn]) => [`n = ${n}: 1 in`, exactly(provableOneIn(n, 0.05, 1), oneIn)]),
  ),
);

function daysTo(perDay, state) {
  const options = { perDay, arriving: [{ share: 1, behaves: CLEAN }] };
  const lane = new SimulatedLane(emptyLane(limitsAt(perDay)), options, () => 0.5);
  return lane.run(perDay * 120, (record) => record.reason === `promoted.${state}`).at / 86_400;
}

const presets = (state, days) =>
  row(`presets, clean: days to ${state}`, () =>
    Object.fromEntries(
      days.map(([perDay, expected]) => [`${perDay} a day`, near(daysTo(perDay, state), expected, 0.1)]),
    ),
  );

/** Clean but for a critical that a rule blocks in every fortieth conversation. */
function autonomousDayWhenBlocked() {
  let seq = 0;
  let slot = emptyLane(DEFAULT_LIMITS);
  const take = (entry) => {
    const stepped = step(slot, { seq: ++seq, agent: 'agent', ...entry });
    slot = stepped.slot;
    return stepped.records.find(({ reason }) => reason === 'promoted.autonomous');
  };
  take({ type: 'registered', at: 0 });
  for (let i = 0; i < 100 * PER_DAY; i++) {
    const at = i * (86_400 / PER_DAY);
    if (i > 0 && i % (7 * PER_DAY) === 0) {
      take({ type: 'outcomeWeek', at, pass: true });
      take({ type: 'weeklyReview', at, decision: 'widen' });
    }
    const found = take({ type: 'observed', at, blocked: i % 40 === 39 ? 'critical' : 'none' });
    if (found) return found.at / 86_400;
  }
  return Number.NaN;
}

export const CERTAIN = [
  falseAlarms,
  delays,
  wilson,
  clean,
  provable,
  presets('limited', [
    [5, 17.8],
    [10, 8.9],
    [30, 7.6],
    [100, 9.2],
  ]),
  presets('autonomous', [
    [10, 54.9],
    [30, 38.3],
    [100, 55.4],
  ]),
  row('a critical blocked in 1 of 40 conversations, nothing escaped', () => ({
    'autonomous on day': near(autonomousDayWhenBlocked(), 30.1, 0.1),
  })),
];
