/** Weekly figures against hand-counted answers: violations, mixes, targets. */
import { describe, expect, it } from 'vitest';
import type { LaneTerms } from '../../evidence/kinds/agent.ts';
import { DAY } from '../../terms/time.ts';
import { MONDAY, PACT, reason, SampleDesk, ten } from './sample-desk.ts';

const near = (value: number): unknown => expect.closeTo(value, 4);
const LATER = MONDAY + 30 * DAY;

describe('policy violations', () => {
  it('has what escaped apart from what was blocked, each at its worst, and a bound at none', () => {
    const desk = new SampleDesk();
    for (let n = 0; n < 200; n++) desk.act(n);
    const none = desk.figure('violations_escaped');
    // Wilson at 0 of 200: upper = z²/(200 + z²) = 0.01885.
    expect(none).toMatchObject({ n: 200, met: 0, value: 0, lower: 0, upper: near(0.0188) });
    expect(none.says).toBe('None in 200 actions: at most 1.9 %.');
    desk.act(0, { decision: 'deny', reasons: [reason('fired', 'deny', 'critical'), reason('limit', 'deny', 'minor')] });
    const refused = desk.hold(1, 'state');
    desk.answer(1, refused, 'refused');
    const bypassed = desk.act(2, { decision: 'deny', reasons: [reason('default', 'deny', 'minor')] });
    desk.executed(2, bypassed, false);
    desk.add('verdict.given', about(3, { verdict: 'violation', severity: 'minor' }));
    expect(desk.figure('violations_blocked')).toMatchObject({ n: 203, met: 1 });
    expect(desk.figure('violations_escaped')).toMatchObject({ n: 203, met: 3 });
    expect(desk.figure('violations_escaped_major')).toMatchObject({ met: 2 });
    expect(desk.figure('violations_escaped_minor')).toMatchObject({ met: 1 });
  });

  it('takes no verdict by nobody, and what a rule in shadow only tries in a lane that is enforced for none', () => {
    const desk = new SampleDesk();
    const rates = { critical: 1_000, major: 5_000, minor: 10_000, attempts: 50_000 };
    const terms: LaneTerms = {
      owner: 'billing',
      enforced: true,
      allowed: rates,
      relaxed: rates,
      ceiling: 'autonomous',
      sign_off: { limited: true, autonomous: true },
      dwell: { limited: 0, autonomous: 0 },
      lease: DAY,
      on_change: 'supervised',
      outcome_weeks: 2,
    };
    desk.add('pact.proposed', {
      digest: PACT,
      pact: 'shop',
      version: 1,
      author: 'dana',
      agents: ['bot'],
      files: [],
      lanes: { refunds: terms },
    });
    for (let n = 0; n < 30; n++) desk.act(n);
    const tried = desk.act(3, {
      decision: 'deny',
      enforced: false,
      reasons: [reason('fired', 'deny', 'minor', false)],
    });
    desk.executed(3, tried);
    desk.add('verdict.given', about(4, { verdict: 'violation' }), 'system:nobody');
    expect(desk.figure('violations_escaped')).toMatchObject({ n: 31, met: 0 });
  });

  it('takes doubt for no violation, and says on how many actions there was some', () => {
    const desk = new SampleDesk();
    for (let n = 0; n < 30; n++)
      desk.act(n, n < 5 ? { decision: 'hold', reasons: [reason('doubt', 'hold', 'critical')] } : {});
    expect(desk.figure('violations_escaped')).toMatchObject({ n: 25, met: 0, coverage: { known: 25, of: 30 } });
  });

  it('lets a person change their mind, and counts a missed duty once', () => {
    const desk = new SampleDesk();
    for (let n = 0; n < 30; n++) desk.act(n);
    desk.add('verdict.given', about(3, { verdict: 'violation' }));
    desk.add('verdict.given', about(3, { verdict: 'ok' }));
    for (let i = 0; i < 3; i++) desk.act(4, { decision: 'hold', reasons: [reason('duty', 'hold', 'critical')] });
    expect(desk.figure('violations_escaped')).toMatchObject({ met: 1 });
    expect(desk.figure('violations_escaped_critical')).toMatchObject({ met: 1 });
  });

  const about = (n: number, verdict: { verdict: 'violation' | 'ok'; severity?: 'minor' }) => ({
    agent: 'bot',
    lane: 'refunds',
    conversation: SampleDesk.conversation(n),
    ...verdict,
  });
});

describe('a week against others', () => {
  /** In each of six weeks: easy work on chat that always helps, hard work that helps half the time. */
  function mixed(lastEasy: number, lastHard: number): SampleDesk {
    const desk = new SampleDesk();
    let n = 0;
    for (let week = -5; week <= 0; week++) {
      desk.at = MONDAY + week * 7 * DAY;
      const [easy, hard] = week === 0 ? [lastEasy, lastHard] : [40, 40];
      for (let i = 0; i < easy + hard; i++, n++) {
        desk.act(n, i < easy ? {} : { lane: 'hard' });
        desk.resolved(n);
        if (i >= easy && i % 2 === 0) desk.outcome(n, 'reopened');
      }
    }
    return desk;
  }

  it('does not look better by easier work: the share rises, the one in the same mix stays', () => {
    const desk = mixed(70, 10);
    const [all] = desk.rows({ now: LATER, agent: 'bot' });
    const fcr = all?.figures.find(({ metric }) => metric === 'fcr_agent_alone');
    // 75 of 80 instead of 60 of 80; in the mix of before: ½·1 + ½·½.
    expect(fcr).toMatchObject({ value: near(0.9375), standardised: { value: near(0.75) }, change: { moved: false } });
    expect(fcr?.change?.value).toBeCloseTo(0, 10);
  });

  it('says what moved by more than chance', () => {
    const desk = new SampleDesk();
    for (const [week, good] of [
      [-1, 90],
      [0, 60],
    ] as const) {
      desk.at = MONDAY + week * 7 * DAY;
      for (let i = 0; i < 100; i++) {
        desk.act(1_000 * (week + 2) + i);
        desk.resolved(1_000 * (week + 2) + i);
        if (i >= good) desk.outcome(1_000 * (week + 2) + i, 'reopened');
      }
    }
    const { change } = desk.figure('fcr_desk', { now: LATER });
    // Newcombe at 99 %: five shares are compared.
    expect(change).toMatchObject({ value: near(-0.3), moved: true });
    expect(change?.says).toContain('-30.0 points');
  });

  it('judges the targets of the pact over their window', () => {
    const desk = ten();
    desk.outcome(0, 'reopened');
    const target = { metric: 'first_contact_resolution' as const, at_most: null, weeks: 1, of_severity: undefined };
    const termsOf = () => ({
      targets: [
        { ...target, id: 'P-1', at_least: 0.99, min_sample: 10 },
        { ...target, id: 'P-2', at_least: 0.5, min_sample: 10 },
        { ...target, id: 'P-3', at_least: 0.5, min_sample: 11 },
      ],
      fee: { minor: 150, currency: 'USD' },
      currency: 'USD',
    });
    const { targets } = desk.figure('fcr_agent_alone', { now: LATER, termsOf });
    expect(targets.map(({ id, status }) => [id, status])).toEqual([
      ['P-1', 'not_met'],
      ['P-2', 'met'],
      ['P-3', 'too_little_evidence'],
    ]);
    // 9 verified at 1.50, nobody had to answer anything.
    expect(desk.figure('cost_per_verified_resolution', { now: LATER, termsOf })).toMatchObject({ value: 150, n: 9 });
  });

  it('says what a cost lacks', () => {
    const desk = ten();
    const held = desk.hold(0, 'fired');
    desk.answer(0, held, 'approved');
    const { value, missing } = desk.figure('cost_per_verified_resolution', { now: LATER });
    expect(value).toBeNull();
    expect(missing).toBe(
      'Not known without the pact’s fee; the cost of a reviewer’s minute; how long reviewers took, since no hold was acknowledged before its answer.',
    );
  });
});
