/** Rows of simulated agents: shares and means over so many runs. */
import { DEFAULT_LIMITS } from '@surety/core/trust';
import { atLeast, atMost, beside, mean, shareOf, withinShare } from './figure.js';
import { BREAK_DAYS, BREAKS } from './tasks.js';

/** `ask(task, options, runs)` gives the results of the runs. */
const row = (name, runs, figures) => ({ name, runs, figures });

const ratioOf = (results, part, whole) => {
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  return sum(part) / (sum(part) + sum(whole));
};

const LEASES = [
  [10, 0.002, 0],
  [30, 0.002, 0],
  [100, 0.015, 0.007],
];

const leases = row('presets, good agent, three years: leases that lapse, of all that end', 400, async (ask) =>
  Object.fromEntries(
    await Promise.all(
      LEASES.map(async ([perDay, most, expected]) => {
        const results = await ask('leases', { perDay });
        return [`${perDay} a day`, atMost(ratioOf(results, 'lapsed', 'renewed'), most, expected)];
      }),
    ),
  ),
);

const runLength = row('e-SR at p0 = 1 %, threshold 1e4: observations to a false alarm', 2_000, async (ask) => {
  const length = mean(await ask('detector', { threshold: 1e4, rate: 0.01 }));
  return { mean: withinShare(length, 16_797, 0.08), 'as guaranteed': atLeast(length, 1e4) };
});

const delays = row('e-SR, threshold 1e5, after 5 000 at .2 %: mean delay', 4_000, async (ask) =>
  Object.fromEntries(
    await Promise.all(
      [
        [0.03, 548],
        [0.05, 203],
        [0.1, 67],
      ].map(async ([rate, expected]) => {
        const delay = mean(await ask('detector', { threshold: 1e5, rate, goodBefore: 5_000 }));
        return [`at ${rate * 100} %`, withinShare(delay, expected, 0.05)];
      }),
    ),
  ),
);

const falseDemotion = row('a year in autonomous, exactly at all allowed rates', 400, async (ask) => {
  const results = await ask('atAllRates', {});
  return {
    'false demotion': atMost(
      shareOf(results, ({ isDemoted }) => isDemoted),
      0.05,
      0.02,
    ),
    'a 95 % Wilson interval instead, re-checked each week': atLeast(
      shareOf(results, ({ weekly }) => weekly),
      0.25,
    ),
    're-checked at each conversation': beside(shareOf(results, ({ always }) => always)),
  };
});

const falsePromotion = (target, rate, expected) =>
  row(`a year at the ${rate} rate in one stream, clean elsewhere: ever ${target}`, 400, async (ask) =>
    Object.fromEntries(
      await Promise.all(
        DEFAULT_LIMITS.streams.map(async ({ id: stream }, i) => {
          const results = await ask('atOneRate', { stream, target });
          return [
            stream,
            atMost(
              shareOf(results, ({ isPromoted }) => isPromoted),
              0.05,
              expected[i],
            ),
          ];
        }),
      ),
    ),
  );

const promoted = (results) => shareOf(results, ({ isPromoted }) => isPromoted);

const retries = row('registers again every 1 000, a year at the relaxed rate: ever limited', 200, async (ask) => {
  const [spent, fixed] = await Promise.all([false, true].map((isFixed) => ask('registersAgain', { isFixed })));
  return { α_k: atMost(promoted(spent), 0.05, 0.01), 'fixed α': atLeast(promoted(fixed), 0.85, 0.98) };
});

const flooding = row('flooding with easy work, 200 days: autonomous', 150, async (ask) => {
  const asked = [0.9, 0.98].flatMap((easy) => [true, false].map((hasStrata) => ({ easy, hasStrata })));
  const [some, without, much, muchWithout] = await Promise.all(asked.map((options) => ask('flooded', options)));
  return {
    '90 % easy, strata': atMost(promoted(some), 0.05, 0),
    '90 % easy, none': atLeast(promoted(without), 0.95, 1),
    '98 % easy, strata': atMost(promoted(much), 0, 0),
    '98 % easy, none': atLeast(promoted(muchWithout), 0.95, 1),
  };
});

const goodAgent = row('a good agent, 400 days, and broken on day 60 and on day 240', 300, async (ask) => {
  const results = await ask('good', {});
  const [early, late] = BREAK_DAYS;
  const delayOf = (name, day) => mean(results.flatMap(({ delays }) => delays[`${name}, day ${day}`] ?? []));
  const lowered = shareOf(results, ({ isLowered }) => isLowered);
  const breaks = Object.keys(BREAKS).flatMap((name) => {
    const [before, after] = [delayOf(name, early), delayOf(name, late)];
    return [
      [`${name}, day ${early}: conversations to leaving autonomous`, beside(before)],
      [`${name}, day ${late} over day ${early}`, atMost(after / before, 1.2)],
    ];
  });
  return { 'alarms, drift or failed outcome while good': atMost(lowered, 0.01, 0), ...Object.fromEntries(breaks) };
});

export const BY_CHANCE = [
  leases,
  runLength,
  delays,
  falseDemotion,
  falsePromotion('limited', 'relaxed', [0.032, 0.025, 0.02, 0.013]),
  falsePromotion('autonomous', 'allowed', [0.018, 0.022, 0.023, 0.023]),
  retries,
  flooding,
  goodAgent,
];
