/** The weekly figures, against what was counted by hand. */
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../terms/time.ts';
import { formatWeek, parseWeek, weekAt, weekStart } from '../../terms/week.ts';
import { CONTACT_MS } from './contact.ts';
import { MONDAY, reason, SampleDesk, ten } from './sample-desk.ts';
import { WEEKS_KEPT } from './weeks.ts';

const near = (value: number): unknown => expect.closeTo(value, 4);
const LATER = MONDAY + 30 * DAY;

describe('a week', () => {
  it('is of ISO 8601, in UTC', () => {
    expect(formatWeek(weekAt(MONDAY))).toBe('2026-W17');
    expect(formatWeek(weekAt(MONDAY - 1))).toBe('2026-W16');
    // 1 January 2027 is a Friday of the week 53; 31 December 2024 a Tuesday of the week 1.
    expect(formatWeek(weekAt(Date.UTC(2027, 0, 1)))).toBe('2026-W53');
    expect(formatWeek(weekAt(Date.UTC(2024, 11, 31)))).toBe('2025-W01');
    for (const text of ['2026-W17', '2026-W53', '1970-W01', '1969-W52'])
      expect(formatWeek(parseWeek(text) ?? 0)).toBe(text);
    for (const text of ['2025-W53', '2026-W00', '2026-17', 'x']) expect(parseWeek(text)).toBeUndefined();
    expect(weekStart(weekAt(MONDAY))).toBe(MONDAY);
  });
});

describe('first-contact resolution', () => {
  it('fails whom comes back within seven days, and counts nobody before', () => {
    const desk = ten();
    desk.at = MONDAY + 3 * DAY;
    desk.outcome(0, 'reopened');
    desk.at = MONDAY + 7 * DAY;
    desk.outcome(1, 'recontact');
    desk.at = MONDAY + 7 * DAY + 1;
    desk.outcome(2, 'reopened');
    const young = desk.figure('fcr_agent_alone', { now: MONDAY + 8 * DAY - 1 });
    expect(young).toMatchObject({ n: 0, value: null, maturity: { known: 0, of: 10 } });
    expect(young.missing).toBe('No mature resolutions in this week; a number needs 5.');
    // 8 of 10; Wilson at 95 %: 0.4902 to 0.9433.
    const mature = desk.figure('fcr_agent_alone', { now: MONDAY + 8 * DAY });
    expect(mature).toMatchObject({
      n: 10,
      met: 8,
      value: 0.8,
      lower: near(0.4902),
      upper: near(0.9433),
      missing: null,
    });
    expect(mature.says).toBe('80 % (49 to 94.3 %) of 10 resolved conversations.');
    expect(mature.coverage).toMatchObject({ known: 10, of: 10 });
  });

  it('draws an early line through those who are too young', () => {
    const desk = ten();
    desk.at = MONDAY + 3 * DAY;
    desk.outcome(0, 'reopened');
    // All were resolved on one day and are four days old: 9 of 10 have not come back, and nothing is known of day 7.
    const { early } = desk.figure('fcr_agent_alone', { now: MONDAY + 5 * DAY });
    expect(early).toMatchObject({ value: near(0.9) });
  });

  it('has the agent alone beside the desk: what a person had a part in is in neither part of its fraction', () => {
    const desk = ten();
    desk.act(10, { routed_to: { queue: null, owner: 'billing' }, tool: 'hand_over' });
    desk.resolved(10, 'person');
    const held = desk.hold(11, 'fired');
    desk.answer(11, held, 'approved').executed(11, held).resolved(11);
    const draft = desk.hold(12, 'state');
    desk.answer(12, draft, 'approved').executed(12, draft).resolved(12);
    const edited = desk.hold(13, 'state');
    desk.answer(13, edited, 'edited').executed(13, edited).resolved(13);
    desk.act(14);
    desk.outcome(14, 'escalated').resolved(14);
    expect(desk.figure('fcr_agent_alone', { now: LATER })).toMatchObject({ n: 11, met: 11 });
    expect(desk.figure('fcr_desk', { now: LATER })).toMatchObject({ n: 15, met: 15 });
  });

  it('shows silence apart, and takes a merge and a bulk close for no resolution', () => {
    const desk = ten();
    for (let n = 10; n < 16; n++) {
      desk.act(n);
      desk.resolved(n, 'silence');
    }
    desk.act(16);
    desk.resolved(16, 'automation');
    desk.outcome(3, 'merged');
    expect(desk.figure('fcr_agent_alone', { now: LATER })).toMatchObject({
      n: 9,
      met: 9,
      coverage: { known: 16, of: 17 },
    });
    expect(desk.figure('fcr_agent_alone_presumed', { now: LATER })).toMatchObject({ n: 6, met: 6 });
    const { beside } = desk.figure('fcr_desk', { now: LATER });
    expect(beside).toMatchObject([{ what: 'presumed', count: 6 }]);
  });

  it('sees a customer come back: the same one, in the same lane, with a new conversation', () => {
    const [mia, ben] = [`s_${'a'.repeat(26)}`, `s_${'b'.repeat(26)}`];
    const desk = new SampleDesk();
    for (let n = 0; n < 5; n++) {
      desk.act(n, { customer: n < 2 ? mia : ben });
      desk.resolved(n);
    }
    desk.at = MONDAY + 2 * DAY;
    desk.act(20, { customer: mia });
    desk.act(21, { customer: `s_${'c'.repeat(26)}` });
    desk.act(22, { customer: ben, lane: 'talk' });
    expect(desk.figure('fcr_desk', { now: LATER })).toMatchObject({ n: 5, met: 3 });
  });

  it('counts a missed escalation beside: a person was asked for, or a rule asked for one, and none came', () => {
    const desk = ten();
    desk.act(10);
    desk.outcome(10, 'asked_for_person').resolved(10);
    const shadow = desk.act(11, {
      decision: 'hold',
      enforced: false,
      reasons: [reason('fired', 'hold', 'minor', false)],
    });
    desk.executed(11, shadow).resolved(11);
    const { beside } = desk.figure('fcr_agent_alone', { now: LATER });
    expect(beside[0]).toMatchObject({ what: 'missed_escalations', count: 2 });
  });

  it('takes what is told late for when it happened, and what lies before a resolution for nothing', () => {
    const desk = ten();
    desk.at = MONDAY + 9 * DAY;
    desk.outcome(0, 'reopened', { observed_at: MONDAY + DAY });
    desk.outcome(1, 'reopened', { observed_at: MONDAY - DAY });
    desk.outcome(2, 'reopened', { observed_at: Number.NaN });
    desk.outcome(99, 'resolved');
    // The second says that it came back before it began, which is when it began: resolved and back in one instant.
    expect(desk.figure('fcr_desk', { now: LATER })).toMatchObject({ n: 10, met: 8 });
    const early = new SampleDesk();
    early.act(0);
    early.at = MONDAY + 2 * DAY;
    early.resolved(0);
    early.outcome(0, 'reopened', { observed_at: MONDAY + DAY });
    expect(early.figure('fcr_desk', { now: LATER })).toMatchObject({ n: 1, met: 1 });
  });
});

describe('CSAT', () => {
  it('is the top two boxes; a changed answer replaces the former; silence is unknown', () => {
    const desk = ten();
    for (const [n, rating] of [5, 5, 4, 4, 3, 1].entries()) desk.outcome(n, 'csat', { rating });
    desk.at = MONDAY + 8 * DAY;
    desk.outcome(5, 'csat', { rating: 2 });
    // 4 of 6; Wilson 0.3000 to 0.9032. Mean (5+5+4+4+3+2)/6 = 3.8333.
    const top = desk.figure('csat', { now: LATER });
    expect(top).toMatchObject({ n: 6, met: 4, lower: near(0.3), upper: near(0.9032), coverage: { known: 6, of: 10 } });
    expect(desk.figure('csat_mean', { now: LATER })).toMatchObject({ n: 6, value: near(3.8333) });
    expect(top.beside[0]?.says).toBe(
      '60 % answered, of 10 conversations that were resolved, since no survey is on record.',
    );
  });

  it('keeps good and bad on a scale of their own', () => {
    const desk = ten();
    for (let n = 0; n < 6; n++) desk.outcome(n, 'csat_asked');
    for (let n = 0; n < 5; n++) desk.outcome(n, 'csat', { satisfied: n > 0 });
    expect(desk.figure('csat', { now: LATER })).toMatchObject({
      n: 5,
      met: 4,
      value: 0.8,
      coverage: { known: 5, of: 6 },
    });
    expect(desk.figure('csat_mean', { now: LATER })).toMatchObject({
      value: null,
      missing: 'No answers from 1 to 5 in this week; a number needs 5.',
    });
  });
});

describe('escalation latency', () => {
  it('runs on three clocks, and drops none that is open', () => {
    const desk = new SampleDesk();
    for (let n = 0; n < 4; n++) {
      desk.at = MONDAY + n * HOUR;
      desk.act(n);
      desk.outcome(n, 'asked_for_person');
      desk.at += 2 * MINUTE;
      desk.outcome(n, 'escalated');
      desk.at += (n + 1) * 10 * MINUTE;
      if (n < 3) desk.outcome(n, 'acknowledged');
      desk.at += 5 * MINUTE;
      if (n < 3) desk.outcome(n, 'replied');
    }
    const hold = desk.hold(9, 'fired');
    desk.at += 50 * MINUTE;
    desk.answer(9, hold, 'approved');
    const now = desk.at;
    // 10, 20, 30 and 50 minutes, and one open for 95: the median of five is the third.
    expect(desk.figure('need_to_escalated_p50', { now })).toMatchObject({ n: 4, value: null });
    expect(desk.figure('escalated_to_acknowledged_p50', { now })).toMatchObject({
      n: 5,
      value: 30 * MINUTE,
      coverage: { known: 4, of: 5 },
    });
    expect(desk.figure('escalated_to_acknowledged_p90', { now })).toMatchObject({
      value: null,
      missing: 'Too many still wait, or were never taken up, to say when nine in ten are done.',
    });
  });

  it('counts what silence answered as never taken up, and a taken-up hold until its answer', () => {
    const desk = new SampleDesk();
    for (let n = 0; n < 5; n++) {
      const hold = desk.hold(n, 'fired');
      const since = desk.at;
      const within = { agent: 'bot', conversation: SampleDesk.conversation(n) };
      desk.at = since + MINUTE;
      if (n < 4) desk.add('hold.acknowledged', { hold, ...within }, 'person:maria');
      desk.at = since + 3 * MINUTE;
      desk.answer(n, hold, n < 4 ? 'approved' : 'expired', n < 4 ? 'person:maria' : 'consumer:clock');
    }
    expect(desk.figure('escalated_to_acknowledged_p50')).toMatchObject({ n: 5, value: MINUTE });
    expect(desk.figure('escalated_to_acknowledged_p90')).toMatchObject({ n: 5, value: null });
    expect(desk.figure('acknowledged_to_reply_p90').n).toBe(4);
    const cost = desk.figure('cost_per_verified_resolution');
    expect(cost.beside.find(({ what }) => what === 'reviewers_ms')).toMatchObject({ count: 8 * MINUTE });
  });

  it('keeps waits within one percent, never shorter', () => {
    const desk = new SampleDesk();
    for (let n = 0; n < 5; n++) {
      desk.act(n);
      desk.outcome(n, 'escalated');
    }
    desk.at += 123_456;
    for (let n = 0; n < 5; n++) desk.outcome(n, 'acknowledged');
    expect(desk.figure('escalated_to_acknowledged_p50').value).toBe(124 * SECOND);
  });
});

describe('what is kept', () => {
  it('is sixty weeks, and each conversation while something may still become of it', () => {
    const desk = new SampleDesk();
    desk.act(0);
    desk.outcome(0, 'escalated');
    desk.at = MONDAY + CONTACT_MS;
    desk.act(1);
    expect(desk.world().weeks.contacts.size).toBe(1);
    // Nobody took it up as long as it was known: it waited that long, and is no longer open.
    const [row] = desk.rows({ lane: 'refunds' });
    const clock = row?.figures.find(({ metric }) => metric === 'escalated_to_acknowledged_p50');
    expect(clock).toMatchObject({ n: 1, coverage: { known: 0, of: 1 } });
    desk.outcome(0, 'resolved', { closed_by: 'agent' });
    expect(desk.world().weeks.contacts.size).toBe(1);
    desk.at = MONDAY + (WEEKS_KEPT + 1) * 7 * DAY;
    desk.act(2);
    expect(desk.world().weeks.cells.every(({ week }) => week > weekAt(MONDAY))).toBe(true);
  });

  it('is what recordings show too, apart from the work of the agent itself', () => {
    const desk = ten();
    for (let n = 20; n < 30; n++) desk.act(n, { imported: true });
    desk.act(20);
    expect(desk.figure('violations_escaped')).toMatchObject({ n: 21 });
    const counts = (isOf: boolean) =>
      desk
        .world()
        .weeks.cells.flatMap(({ lane, recorded, counts: { opened, actions } }) =>
          lane === null || recorded !== isOf ? [] : [opened, actions[0]?.allow],
        );
    // The agent came back to one of them: a conversation is at work or read in, never both.
    expect([counts(false), counts(true)]).toEqual([
      [11, 11],
      [9, 10],
    ]);
  });

  it('takes no return to the agent’s work from a recording', () => {
    const customer = `s_${'a'.repeat(26)}`;
    const returned = (imported: boolean) => {
      const desk = ten();
      desk.act(10, { customer });
      desk.resolved(10);
      desk.at += DAY;
      desk.act(11, { customer, imported });
      return desk.figure('fcr_agent_alone', { now: MONDAY + 30 * DAY }).met;
    };
    expect([returned(false), returned(true)]).toEqual([10, 11]);
  });

  it('is told by pact version where there were several', () => {
    const desk = ten();
    desk.act(50, { pact: `sha256:${'3'.repeat(64)}` });
    const rows = desk.rows({ lane: 'refunds' });
    expect(rows.map(({ pact }) => pact)).toEqual([null, `sha256:${'1'.repeat(64)}`, `sha256:${'3'.repeat(64)}`]);
    expect(rows.map(({ figures }) => figures.find(({ metric }) => metric === 'violations_escaped')?.n)).toEqual([
      11, 10, 1,
    ]);
  });
});
