/** Weekly targets and what a pact lets follow where one is missed: once, when the week is mature. */
import { describe, expect, it } from 'vitest';
import { entryBytes } from '../../evidence/index.ts';
import type { Following } from '../../evidence/kinds/agent.ts';
import { DAY, HOUR, WEEK } from '../../terms/time.ts';
import { isStopped } from '../agents.ts';
import { gateState, samplingOf } from './gate-state.ts';
import { DIGEST, TERMS } from './sample-lane.ts';
import { applied, FCR, pass, SUPERVISE, started, TELL, terms, told, week } from './sample-targets.ts';

describe('a week that missed its target', () => {
  it('has its consequences when its seven days have passed, each as an entry that names target and week', () => {
    const desk = started(terms({ then: [SUPERVISE, TELL] }));
    week(desk, 60, 40);
    pass(desk, WEEK - 1);
    expect(applied(desk)).toEqual([]);
    expect(desk.state()).toBe('limited');
    const from = desk.entries.length;
    pass(desk, 1);
    const missed = { target: 'R-8', metric: FCR.metric, week: '2026-W02', weeks: 1, n: 60, bound: 700_000 };
    const named = { cause: 'target.missed', agent: 'bot', lane: 'refunds', missed: expect.objectContaining(missed) };
    expect(desk.entries.slice(from).map(({ type }) => type)).toEqual([
      'state.moved',
      'consequence.applied',
      'consequence.applied',
      'consequence.applied',
    ]);
    expect(applied(desk)).toEqual([
      { consequence: 'set_state', ...named, named: 'supervise', to: 'supervised' },
      { consequence: 'notify', ...named, named: 'tell_head', people: ['head.of.support'] },
    ]);
    // Wilson at 20 of 60: upper = 0.4594.
    expect(applied(desk)[0]?.missed?.best).toBe(459_431);
    expect(desk.moves().at(-1)).toBe('limited → supervised: consequence');
    expect(desk.world.trust.due).toEqual([]);
    for (const { stream: _, ...entry } of desk.entries.slice(from))
      expect(entryBytes({ v: 1, ...entry } as never)).toMatchObject({ ok: true });
  });

  it('says in one sentence what was missed and what followed', () => {
    const closer: Following = { named: 'closer', sample_times: 5, for: 14 * DAY };
    const desk = started(terms({ weeks: 4, then: [SUPERVISE, closer, TELL] }));
    week(desk, 60, 40);
    pass(desk, WEEK);
    expect(desk.view().missed).toMatchObject([{ week: '2026-W02', target: 'R-8', at: '2026-01-19T00:00:00.000Z' }]);
    expect(desk.view().missed[0]?.sentence).toBe(
      'R-8 was missed over the 4 weeks to 2026-W02 (at best 45.9 % in 60 cases, where the pact asks for at least 70 %), so it may be at most supervised, people look at 5 times as many actions until 2026-02-02 and head.of.support is told.',
    );
  });

  it('follows by the first entry after it too, in whose transaction it stands', () => {
    const desk = started(terms({ then: [SUPERVISE] }));
    week(desk, 60, 40);
    desk.now += WEEK + HOUR;
    desk.decide({});
    expect(told(desk)).toEqual(['R-8 2026-W02: supervise']);
    expect(desk.state()).toBe('supervised');
  });

  it('is told once, and each week by itself', () => {
    const desk = started();
    week(desk, 60, 40);
    week(desk, 60, 0);
    week(desk, 60, 50);
    pass(desk, WEEK);
    pass(desk);
    desk.clean(3);
    pass(desk, 3 * WEEK);
    expect(told(desk)).toEqual(['R-8 2026-W02: tell_head', 'R-8 2026-W04: tell_head']);
  });

  it('is judged at its time by what was known then, also where nobody was there to say so', () => {
    const desk = started(terms({ weeks: 2 }));
    week(desk, 60, 40);
    pass(desk, 4 * WEEK);
    expect(told(desk)).toEqual(['R-8 2026-W02: tell_head', 'R-8 2026-W03: tell_head']);
  });

  it('stays as it was judged, whatever is told later', () => {
    const [missed, met] = [started(), started()];
    const first = missed.conversation(true);
    week(missed, 60, 40);
    week(met, 60, 0);
    for (const desk of [missed, met]) pass(desk, WEEK);
    for (let n = 1; n <= 60; n++) {
      const late = { agent: 'bot', conversation: `c_${String(n).padStart(32, '0')}`, observed_at: met.now - 10 * DAY };
      met.add('outcome.observed', { ...late, outcome: 'reopened' });
      missed.add('outcome.observed', { ...first, ...late, outcome: 'merged' });
    }
    for (const desk of [missed, met]) pass(desk, WEEK);
    expect([told(missed), told(met)]).toEqual([['R-8 2026-W02: tell_head'], []]);
  });
});

describe('nothing follows', () => {
  it.each([
    ['where it was met', 60, 0, {}],
    ['where chance may explain it', 60, 20, {}],
    ['from too little evidence', 19, 19, {}],
    ['from what was read in from recordings', 60, 60, { imported: true }],
  ])('%s', (_, n, back, given) => {
    const desk = started(terms({ then: [SUPERVISE, TELL] }));
    week(desk, n, back, given);
    pass(desk, 3 * WEEK);
    expect(applied(desk)).toEqual([]);
    expect(desk.state()).toBe('limited');
    expect(desk.view().missed).toEqual([]);
  });

  it('where the pact says nothing', () => {
    const desk = started(TERMS);
    week(desk, 60, 60);
    pass(desk, 3 * WEEK);
    expect(applied(desk)).toEqual([]);
  });
});

describe('a pact that changes', () => {
  const other = `sha256:${'b'.repeat(64)}`;
  const strict = terms({ target: 'R-9' });

  it('judges the weeks that end under it, and none before', () => {
    const desk = started();
    week(desk, 60, 40);
    desk.publish(strict, other);
    desk.now += DAY;
    week(desk, 60, 40);
    pass(desk, 2 * WEEK);
    expect(told(desk)).toEqual(['R-8 2026-W02: tell_head', 'R-9 2026-W03: tell_head']);
  });

  it('in the middle of a week judges that week', () => {
    const desk = started();
    const end = desk.now + WEEK;
    week(desk, 60, 40);
    desk.now = end - 1;
    desk.publish(strict, other);
    pass(desk, WEEK + 1);
    expect(told(desk)).toEqual(['R-9 2026-W02: tell_head']);
  });

  it('leaves a lane with nothing to judge by', () => {
    const desk = started();
    week(desk, 60, 40);
    desk.now -= 1;
    desk.add('pact.published', { digest: DIGEST, pact: 'shop', version: 2, agents: [], lanes: [], from: desk.now });
    pass(desk, 2 * WEEK);
    expect(told(desk)).toEqual([]);
  });
});

describe('what follows', () => {
  it('stops the agent once, and gives its open conversations to who answers for them', () => {
    const desk = started(terms({ then: [{ named: 'stop', stop_agent: true }] }));
    week(desk, 60, 40);
    week(desk, 59, 40);
    desk.executed(desk.decide({}));
    const { conversation } = desk.conversation(false);
    pass(desk, WEEK);
    expect(isStopped(desk.world.agents, 'bot', undefined)).toBe(true);
    expect(desk.entries.filter(({ type }) => type === 'agent.stopped')).toHaveLength(1);
    expect(told(desk)).toEqual(['R-8 2026-W02: stop', 'R-8 2026-W02: stop', 'R-8 2026-W03: stop']);
    expect(desk.world.conversations.get(conversation)?.handed_over).toMatchObject({ owner: 'billing' });
  });

  it('gives the open conversations of the lane to the owner that the pact names', () => {
    const desk = started(terms({ then: [{ named: 'to_legal', route_to: 'legal' }] }));
    week(desk, 60, 40);
    desk.executed(desk.decide({}));
    const { conversation } = desk.conversation(false);
    pass(desk, WEEK);
    expect(applied(desk)).toMatchObject([{ consequence: 'hand_over', owner: 'legal' }]);
    expect(applied(desk)[0]?.conversations).toContain(conversation);
    expect(desk.world.conversations.get(conversation)?.handed_over).toMatchObject({ owner: 'legal' });
    expect(desk.view().missed[0]?.sentence).toContain(', so open conversations go to legal.');
  });

  it('keeps one note of what is handed over in several entries', () => {
    const desk = started(terms({ then: [{ named: 'to_legal', route_to: 'legal' }] }));
    week(desk, 60, 40);
    for (let n = 0; n < 501; n++) desk.decide({});
    pass(desk, WEEK);
    expect(applied(desk).map(({ conversations }) => conversations?.length)).toEqual([500, 41]);
    expect(desk.world.trust.find('bot', 'refunds')?.missed.map(({ followed }) => followed)).toEqual([
      [{ consequence: 'hand_over', owner: 'legal' }],
    ]);
  });

  it('neither stops nor routes anybody where the lane is on trial', () => {
    const then: Following[] = [
      { named: 'stop', stop_agent: true },
      { named: 'to_legal', route_to: 'legal' },
    ];
    const desk = started(terms({ then: [...then, TELL] }, { enforced: false }));
    week(desk, 60, 40);
    pass(desk, WEEK);
    expect(told(desk)).toEqual(['R-8 2026-W02: tell_head']);
    expect(isStopped(desk.world.agents, 'bot', undefined)).toBe(false);
  });

  it('leaves nothing open where all that would follow is left out', () => {
    const desk = started(terms({ then: [{ named: 'stop', stop_agent: true }] }, { enforced: false }));
    week(desk, 60, 40);
    desk.now += WEEK;
    desk.clean(1);
    expect([told(desk), desk.world.trust.due]).toEqual([[], []]);
  });

  it('holds the lane: whoever the pact binds there is supervised', () => {
    const held = terms({ then: [{ named: 'hold', hold_lane: true }] });
    const desk = started(held);
    desk.add('agent.registered', { agent: 'bot-2', party: 'other' });
    desk.publish(held, `sha256:${'b'.repeat(64)}`, { agents: ['bot', 'bot-2'] });
    for (const agent of ['bot', 'bot-2'])
      desk.add('state.moved', { agent, lane: 'refunds', from: 'supervised', to: 'limited', reason: 'by_hand' });
    week(desk, 60, 40);
    pass(desk, WEEK);
    expect(['bot', 'bot-2'].map((agent) => gateState(desk.world, agent, 'refunds', desk.now))).toEqual([
      'supervised',
      'supervised',
    ]);
    expect(told(desk)).toEqual(['R-8 2026-W02: hold']);
  });

  it('draws more for people from when it is recorded', () => {
    const desk = started(terms({ then: [{ named: 'closer', sample_times: 5, for: 14 * DAY }] }));
    week(desk, 60, 40);
    pass(desk, WEEK + 3 * DAY);
    const until = desk.now + 14 * DAY;
    expect(applied(desk)).toMatchObject([{ times: 5, until }]);
    expect([until - 1, until].map((at) => samplingOf(desk.world, 'bot', 'refunds', at))).toEqual([5, 1]);
  });
});
