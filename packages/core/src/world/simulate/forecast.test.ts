import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, presetFor, type TrustLimits } from '../../trust/limits.ts';
import { Forecast, reachedOf } from './forecast.ts';
import { forecastSentences, prospectSentence } from './format-forecast.ts';
import { emptyLane, SimulatedLane, slotIn } from './lane.ts';
import { CLEAN, prospectOf } from './prospect.ts';
import { seeded } from './seeded.ts';
import { type Imagined, isFalselyDemoted, runOnce } from './simulation.ts';

function limitsAt(perDay: number): TrustLimits {
  const { streams, ceiling, leaseDays } = presetFor(perDay);
  return { ...DEFAULT_LIMITS, streams, ceiling, leaseDays, yearlyVolume: perDay * 365 };
}
const GOOD = { critical: 0.0001, major: 0.001, minor: 0.008, attempts: 0.01 };
const imagined = (more: Partial<Imagined>): Imagined => ({
  limits: limitsAt(10),
  perDay: 10,
  days: 365,
  behaves: GOOD,
  ...more,
});

describe('chances', () => {
  it('are the same for the same seed and run, and others for others', () => {
    const first = (seed: number, run: number) => Array.from({ length: 3 }, seeded(seed, run));
    expect(first(1, 0)).toEqual(first(1, 0));
    expect(new Set([first(1, 0), first(1, 1), first(2, 0)].map(String)).size).toBe(3);
  });

  it('fill the unit evenly', () => {
    const draw = seeded(7);
    const tenths = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) {
      const at = Math.floor(draw() * 10);
      tenths[at] = (tenths[at] ?? 0) + 1;
    }
    // Six standard deviations of a binomial count.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(570);
  });
});

describe('what the rates mean without a violation', () => {
  // The sentences of section 3 of the trust statistics.
  it.each([
    [
      5,
      'About 5 conversations a day. Four clean weeks can prove at most 1 in 30. Limited after about 18 clean days; autonomous cannot be proven here in useful time and is not offered.',
    ],
    [
      10,
      'About 10 conversations a day. Four clean weeks can prove at most 1 in 60. Limited after about 9 clean days (1 in 20), autonomous after about 8 weeks (1 in 100).',
    ],
    [
      30,
      'About 30 conversations a day. Four clean weeks can prove at most 1 in 180. Limited after about 8 clean days (1 in 50), autonomous after about 6 weeks (1 in 200).',
    ],
    [
      100,
      'About 100 conversations a day. Four clean weeks can prove at most 1 in 600. Limited after about 9 clean days (1 in 200), autonomous after about 8 weeks (1 in 1,000).',
    ],
  ])('at %i a day', (perDay, sentence) => {
    expect(prospectSentence(prospectOf(limitsAt(perDay), perDay))).toBe(sentence);
  });

  it('says where nothing above supervised is offered', () => {
    const prospect = prospectOf({ ...limitsAt(10), ceiling: 'supervised' }, 10);
    expect(prospect).toMatchObject({ limited: undefined, autonomous: undefined });
    expect(prospectSentence(prospect)).toContain('Nothing above supervised is offered here');
  });
});

describe('an imagined agent', () => {
  it('is the same in every run of the same number', () => {
    expect(runOnce(imagined({}), 1, 3)).toEqual(runOnce(imagined({}), 1, 3));
    expect(runOnce(imagined({}), 1, 3)).not.toEqual(runOnce(imagined({ behaves: CLEAN }), 1, 3));
  });

  it('spends all its days in some state', () => {
    const { inState } = runOnce(imagined({ areCriticalsProven: true, releasedAfterDays: 7 }), 1, 0);
    expect(Object.values(inState).reduce((sum, days) => sum + days, 0)).toBeCloseTo(365, 6);
  });

  it('is seen when it breaks, after days and not months', () => {
    const broken = imagined({ behaves: CLEAN, breaks: [{ day: 100, behaves: { ...CLEAN, major: 0.2, minor: 0.2 } }] });
    const noticed = [0, 1, 2, 3, 4].map((run) => runOnce(broken, 1, run).noticed ?? Number.POSITIVE_INFINITY);
    expect(Math.max(...noticed)).toBeLessThan(15);
    expect(runOnce(imagined({ behaves: CLEAN }), 1, 0).noticed).toBeNull();
  });

  it('is promoted by easy work only where strata do not tell it apart', () => {
    const bad = { ...CLEAN, major: 0.2, minor: 0.2 };
    const flooding = { limits: limitsAt(200), perDay: 200, days: 100, behaves: bad, easy: 0.98 };
    const stratified = { ...flooding, limits: { ...limitsAt(200), weights: [0.7, 0.3] } };
    expect(runOnce(imagined(flooding), 1, 0).autonomous).not.toBeNull();
    expect(runOnce(imagined(stratified), 1, 0).limited).toBeNull();
  });

  it('takes a further attempt each time that it registers again', () => {
    const lane = new SimulatedLane(
      emptyLane(limitsAt(10)),
      { perDay: 10, arriving: [{ share: 1, behaves: CLEAN }] },
      seeded(1),
    );
    lane.run(50);
    expect(lane.agent).toMatchObject({ n: 50, attempt: 1 });
    lane.register();
    expect(lane.agent).toMatchObject({ n: 0, attempt: 2 });
    expect(runOnce(imagined({ behaves: CLEAN, registersEvery: 80 }), 1, 0).limited).toBeNull();
  });

  it('is released from a suspension after the days that are said', () => {
    const proven = {
      perDay: 10,
      arriving: [{ share: 1, behaves: { ...CLEAN, critical: 1 } }],
      areCriticalsProven: true,
    };
    const released = new SimulatedLane(emptyLane(limitsAt(10)), { ...proven, releasedAfterDays: 7 }, seeded(1));
    const records: string[] = [];
    released.run(200, ({ reason, at }) => {
      records.push(`${reason} ${at / 86_400}`);
      return false;
    });
    expect(records).toEqual(['stop.critical 0', 'released 7', 'stop.critical 7', 'released 14', 'stop.critical 14']);
  });

  it('at every rate is seldom lowered; far above, always', () => {
    const limits = limitsAt(10);
    const demoted = Array.from({ length: 40 }, (_, run) => isFalselyDemoted(limits, 10, seeded(5, run)));
    expect(demoted.filter(Boolean).length).toBeLessThanOrEqual(4);
    const slot = slotIn(limits, 'autonomous');
    const worse = {
      perDay: 10,
      arriving: [{ share: 1, behaves: { ...CLEAN, critical: 0.2, major: 0.2, minor: 0.2 } }],
    };
    const found = new SimulatedLane(slot, worse, seeded(1)).run(3_650, ({ reason }) => reason.startsWith('alarm.'));
    expect(found).toBeDefined();
  });
});

describe('a forecast', () => {
  it('counts what never happens as the latest', () => {
    expect(reachedOf([3, null, 1, 2])).toEqual({ share: 0.75, median: 2, p90: null });
    expect(reachedOf([])).toEqual({ share: 0, median: null, p90: null });
  });

  it('is told in sentences', () => {
    const broken = { ...GOOD, major: 0.1, minor: 0.1 };
    const forecast = new Forecast(imagined({ days: 200, breaks: [{ day: 120, behaves: broken }] }), 1);
    for (let i = 0; i < 20; i++) forecast.addRun();
    const report = forecast.report();
    const said = forecastSentences(report, forecast.prospect);
    expect(report).toMatchObject({ seed: 1, runs: 20, per_day: 10, days: 200, limited: { share: 1 } });
    expect(said[0]).toContain('Four clean weeks can prove at most 1 in 60.');
    expect(said[2]).toBe('The simulated agent, 20 runs of 200 days (seed 1):');
    expect(said[3]).toMatch(/^It becomes limited; half of them within \d+ days, nine in ten within \d+ days\.$/);
    expect(said.at(-2)).toMatch(/^The break is seen within .+ in half of the runs/);
    expect(said.at(-1)).toContain('is lowered by mistake in');
  });
});
