/** Trust as it follows from entries: what counts as evidence, what moves an agent, and what is recorded of it. */
import { describe, expect, it } from 'vitest';
import { canonical } from '../../crypto/index.ts';
import { DAY, HOUR, MINUTE } from '../../terms/time.ts';
import { fold } from '../fold.ts';
import { fromPieces, toPieces, World, type WorldPiece } from '../world.ts';
import { gateState, samplingOf } from './gate-state.ts';
import { dueByTime } from './pass-time.ts';
import { BY_STATE, commitment, Desk, DIGEST, fired, TERMS } from './sample-lane.ts';

describe('a conversation is counted', () => {
  it('once, when it is over and nothing in it is awaited', () => {
    const desk = new Desk();
    const action = desk.decide({});
    desk.resolve();
    expect(desk.trust().n).toBe(0);
    desk.executed(action);
    expect(desk.trust().n).toBe(1);
    desk.executed(desk.decide({}, desk.conversation(false)));
    expect(desk.trust()).toMatchObject({ n: 1, missing: 0, violations: [0, 0, 0, 0] });
  });

  it('as missing, where nobody reported by the third day', () => {
    const desk = new Desk();
    desk.decide({});
    desk.now += 72 * HOUR;
    desk.clean(1);
    expect(desk.trust()).toMatchObject({ n: 2, missing: 1 });
  });

  it('as clean by then, where all was reported and nobody closed it', () => {
    const desk = new Desk();
    desk.executed(desk.decide({}));
    desk.now += 72 * HOUR - 1;
    desk.clean(1);
    expect(desk.trust().n).toBe(1);
    desk.now += 1;
    desk.clean(1);
    expect(desk.trust()).toMatchObject({ n: 3, missing: 0 });
  });

  it('with what a rule stopped as an attempt, and with nothing escaped', () => {
    const desk = new Desk();
    desk.decide({ decision: 'deny', reasons: [fired('critical', 'deny')] });
    desk.resolve();
    expect(desk.trust().violations).toEqual([0, 0, 0, 1]);
    expect(desk.state()).toBe('supervised');
    expect(samplingOf(desk.world, 'bot', 'refunds', desk.now)).toBe(3);
    expect(desk.consequences()).toEqual(['sample_more']);
  });

  it('with a refusal where a rule had fired as blocked, and without one as escaped', () => {
    const desk = new Desk();
    desk.answer(desk.held([BY_STATE, fired('minor', 'hold')]), 'refused');
    desk.resolve();
    expect(desk.trust().violations).toEqual([0, 0, 0, 1]);
    desk.answer(desk.held([BY_STATE]), 'refused');
    desk.resolve();
    expect(desk.trust().violations).toEqual([0, 1, 1, 1]);
    desk.answer(desk.held([BY_STATE, fired('major', 'hold')]), 'approved');
    desk.resolve();
    expect(desk.trust()).toMatchObject({ n: 3, violations: [0, 1, 1, 1] });
  });

  it('with a hand-over that a rule or an unknown queue redirected as blocked, as in the weekly figures', () => {
    const desk = new Desk();
    const routed_to = { queue: 'billing', owner: 'billing' };
    const unknown = { id: 'schema', why: 'schema', decision: 'allow', severity: 'major', enforced: true };
    const doubt = { id: 'R-3', why: 'doubt', decision: 'allow', severity: 'critical', enforced: true };
    desk.decide({ routed_to, reasons: [unknown] });
    desk.decide({ routed_to, reasons: [{ ...fired('minor', 'deny'), decision: 'allow' }] });
    desk.decide({ routed_to, reasons: [doubt] });
    expect(desk.trust()).toMatchObject({ n: 3, violations: [0, 0, 0, 2] });
    const cells = desk.world.weeks.cells.filter(({ lane }) => lane === 'refunds');
    expect(cells.map(({ counts }) => counts.actions.map(({ blocked }) => blocked))).toEqual([[[1, 1, 0]]]);
  });

  it('never better for what was found later: a verdict afterwards is an incident and enters no rate', () => {
    const desk = new Desk();
    const action = desk.decide({});
    desk.executed(action);
    desk.resolve();
    const verdict = { ...desk.conversation(false), lane: 'refunds', verdict: 'violation', severity: 'major', action };
    desk.add('verdict.given', verdict);
    expect(desk.trust()).toMatchObject({ n: 1, violations: [0, 0, 0, 0], sampling: 3 });
  });

  it('with a verdict that comes in time', () => {
    const desk = new Desk();
    const action = desk.decide({});
    desk.executed(action);
    desk.add('verdict.given', {
      ...desk.conversation(false),
      lane: null,
      verdict: 'violation',
      severity: 'minor',
      action,
    });
    desk.resolve();
    expect(desk.trust().violations).toEqual([0, 0, 1, 0]);
  });

  it('and doubt is no violation, nor is a rule on trial in a lane that is enforced', () => {
    const desk = new Desk();
    const doubt = { id: 'R-2', why: 'doubt', decision: 'hold', severity: 'critical', enforced: true };
    desk.answer(desk.held([doubt]), 'approved');
    desk.executed(
      desk.decide({ reasons: [{ ...fired('critical', 'deny'), enforced: false }], decision: 'deny', enforced: false }),
    );
    desk.resolve();
    expect(desk.trust().violations.reduce((sum, x) => sum + x, 0)).toBe(0);
  });
});

describe('an agent falls at once', () => {
  it('when a critical rule was broken and it ran: suspended, its owner told, open conversations with people', () => {
    const desk = new Desk({ ...TERMS, enforced: true });
    desk.setState('limited');
    desk.decide({});
    const denied = desk.decide({ decision: 'deny', reasons: [fired('critical', 'deny')] });
    desk.executed(denied, false);
    expect(desk.state()).toBe('suspended');
    expect(desk.moves().at(-1)).toBe('limited → suspended: stop.critical');
    expect(desk.consequences()).toEqual(['notify', 'sample_more', 'hand_over']);
    const [last] = desk.entries.slice(-1);
    expect(last?.data).toMatchObject({ owner: 'billing', conversations: [expect.any(String), expect.any(String)] });
    expect(last?.by).toBe('system:trust');
    expect(desk.world.trust.due).toEqual([]);
  });

  it('when major rules are broken more often than allowed', () => {
    const desk = new Desk();
    desk.setState('limited');
    for (let i = 0; i < 60 && desk.state() === 'limited'; i++) {
      desk.answer(desk.held([{ ...BY_STATE, id: 'sample', why: 'sample' }]), 'refused');
      desk.resolve();
    }
    expect(desk.moves().at(-1)).toBe('limited → supervised: alarm.major');
    expect(desk.view().history[0]?.sentence).toContain('broken more often than the pact allows');
  });

  it('in a lane on trial without a hand-over: nothing there is stopped', () => {
    const desk = new Desk({ ...TERMS, enforced: false });
    const reasons = [{ ...fired('critical', 'deny'), enforced: false }];
    desk.executed(desk.decide({ decision: 'deny', enforced: false, reasons }));
    expect(desk.state()).toBe('suspended');
    expect(desk.consequences()).toEqual(['notify']);
  });

  it('with a declared major change, and under a wider pact', () => {
    const desk = new Desk();
    desk.setState('autonomous');
    desk.publish(TERMS, `sha256:${'b'.repeat(64)}`, { widened: ['refunds'] });
    expect(desk.state()).toBe('limited');
    desk.add('agent.changed', { agent: 'bot', version: 2, class: 'minor' });
    expect(desk.state()).toBe('limited');
    desk.add('agent.changed', { agent: 'bot', version: 3, class: 'major' });
    expect(desk.state()).toBe('supervised');
    expect(desk.moves().slice(1)).toEqual([
      'autonomous → limited: pact.widened',
      'limited → supervised: version.major',
    ]);
  });

  it('when its lease ends: for the gate at that instant, on the record by the clock', () => {
    const desk = new Desk({ ...TERMS, lease: 10 * DAY });
    desk.setState('autonomous');
    desk.now += 10 * DAY - 1000;
    expect([desk.state(), dueByTime(desk.world, desk.now)]).toEqual(['autonomous', []]);
    desk.now += 1000;
    expect(desk.state()).toBe('limited');
    const due = dueByTime(desk.world, desk.now);
    expect(due).toMatchObject([{ from: 'autonomous', to: 'limited', reason: 'lease.expired' }]);
    expect(desk.moves()).toHaveLength(1);
    desk.clean(1);
    expect(desk.moves().at(-1)).toBe('autonomous → limited: lease.expired');
  });
});

describe('an agent rises', () => {
  it('only when it is proven, has been there a week and a person has signed a review that widens', () => {
    const desk = new Desk();
    desk.clean(100, HOUR);
    expect(desk.trust().streams.every(({ isProven }) => isProven)).toBe(true);
    desk.review('widen', 'consumer:clock');
    desk.now += 4 * DAY;
    desk.clean(1);
    expect(desk.state()).toBe('supervised');
    expect(desk.view().needs).toEqual(['A weekly review that widens, signed by a person within the last 8 days.']);
    desk.review('keep');
    desk.review('widen');
    expect(desk.moves()).toEqual(['supervised → limited: promoted.limited']);
    expect(desk.state()).toBe('limited');
    // The signature is spent: each promotion has its own.
    desk.clean(700, HOUR);
    expect(desk.state()).toBe('limited');
    desk.review('widen');
    expect(desk.state()).toBe('autonomous');
    expect(desk.view().sentence).toContain('Autonomous until');
  });

  it('not on a signature that is older than eight days', () => {
    const desk = new Desk();
    desk.review('widen');
    desk.clean(100, 3 * HOUR);
    expect(desk.state()).toBe('supervised');
  });

  it('by a person’s word, which begins a fresh epoch and is shown as set by hand', () => {
    const desk = new Desk();
    desk.clean(30);
    desk.setState('limited');
    expect(desk.trust()).toMatchObject({ n: 0, state: 'limited' });
    expect(desk.view()).toMatchObject({ by_hand: true, effective_state: 'limited' });
    expect(desk.moves()).toEqual(['supervised → limited: by_hand']);
  });

  it('never out of a suspension, by evidence or by another name', () => {
    const desk = new Desk();
    desk.executed(desk.decide({ decision: 'deny', reasons: [fired('critical', 'deny')] }), false);
    desk.clean(200, HOUR);
    desk.review('widen');
    expect(desk.state()).toBe('suspended');
    desk.add('agent.registered', { agent: 'bot-2', party: 'acme' });
    const named = { digest: DIGEST, pact: 'shop', version: 1 };
    desk.add('pact.published', { ...named, agents: ['bot', 'bot-2'], lanes: ['refunds'], from: desk.now });
    expect(gateState(desk.world, 'bot-2', 'refunds', desk.now)).toBe('suspended');
    desk.add('agent.resumed', { agent: 'bot', lane: 'refunds', reason: commitment });
    expect(desk.state()).toBe('supervised');
  });
});

describe('what is no evidence', () => {
  it('moves nobody: verdicts by nobody and on nothing, outcomes and reports of unknown actions, reports twice', () => {
    const desk = new Desk();
    desk.clean(5);
    const before = canonical(JSON.parse(JSON.stringify(desk.trust())));
    const within = desk.conversation(false);
    const verdict = { lane: 'refunds', verdict: 'violation', severity: 'critical', confirmed: true };
    desk.add('verdict.given', { ...within, ...verdict }, 'agent:bot');
    desk.add('verdict.given', { agent: 'bot', conversation: `c_${'f'.repeat(32)}`, ...verdict });
    desk.add('verdict.given', { agent: 'ghost', conversation: within.conversation, ...verdict });
    desk.add('action.executed', { action: 'a/none', ...within, permitted: true }, 'agent:bot');
    desk.add('action.failed', { action: 'a/none', ...within, why: 'failed' }, 'agent:bot');
    desk.add('outcome.observed', { agent: 'ghost', conversation: `c_${'e'.repeat(32)}`, outcome: 'resolved' });
    desk.add('hold.answered', { hold: 'a/none', ...within, answer: 'refused', args: commitment });
    desk.add('week.reviewed', { agent: 'ghost', lane: 'refunds', week: '2026-W02', decision: 'widen' });
    expect(canonical(JSON.parse(JSON.stringify(desk.trust())))).toBe(before);
  });

  it('is a recording of an agent at work: its evidence is decided before it happens', () => {
    const desk = new Desk();
    desk.executed(desk.decide({ imported: true }));
    desk.now += DAY;
    desk.clean(1);
    expect(desk.trust().n).toBe(1);
  });

  it('and a clock that goes back counts as standing still', () => {
    const desk = new Desk();
    desk.clean(3, MINUTE);
    desk.now -= DAY;
    desk.clean(3);
    expect(desk.trust().n).toBe(6);
    expect(desk.view().series).toHaveLength(1);
  });
});

describe('the world with trust', () => {
  it('is the same from a snapshot at any cut, due moves and doubles included, and tells its bytes', () => {
    const desk = new Desk();
    desk.clean(40, HOUR);
    desk.setState('limited');
    desk.decide({});
    desk.answer(desk.held([BY_STATE]), 'refused');
    desk.executed(desk.decide({ decision: 'deny', reasons: [fired('critical', 'deny')] }), false);
    desk.add('agent.resumed', { agent: 'bot', lane: 'refunds', reason: commitment });
    desk.clean(3);
    const text = (world: World) => [...toPieces(world)].map((piece) => canonical(piece)).join('\n');
    const whole = text(desk.world);
    expect(whole).toContain('f64:');
    for (let cut = 0; cut <= desk.entries.length; cut += 7) {
      const first = new World();
      for (const entry of desk.entries.slice(0, cut)) fold(first, entry);
      const pieces = [...toPieces(first)].map((piece) => JSON.parse(canonical(piece)) as WorldPiece);
      const world = fromPieces(pieces);
      for (const entry of desk.entries.slice(cut)) fold(world, entry);
      expect(text(world)).toBe(whole);
    }
  });

  it('says first what a person wants to know', () => {
    const desk = new Desk();
    expect(desk.view().sentence).toMatch(
      /^No conversation has been counted yet\. \d+ more clean conversations, about \d+ days\.$/,
    );
    expect(desk.view().scores.conduct).toMatchObject({
      score: null,
      missing_sentence: '20 more conversations until there is a number.',
    });
    desk.clean(40, HOUR);
    expect(desk.view().sentence).toMatch(
      /^At most \d+(\.\d+)? % break a critical rule; you allow 5 %\. \d+ more clean conversations, about \d+ days?\.$/,
    );
    const { conduct } = desk.view().scores;
    expect(conduct.score).toBeGreaterThan(0);
    expect(conduct.upper).toBe(1000);
  });
});
