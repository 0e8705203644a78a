/** What a pact lets follow from a violation that escaped and is confirmed: each consequence once, with its cause. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { canonical } from '../../crypto/index.ts';
import { entryBytes } from '../../evidence/index.ts';
import type { Following, LaneTerms } from '../../evidence/kinds/agent.ts';
import { loadPact } from '../../pact/index.ts';
import { DAY, HOUR, WEEK } from '../../terms/time.ts';
import { isStopped } from '../agents.ts';
import { fromPieces, toPieces, type WorldPiece } from '../world.ts';
import { gateState, samplingOf } from './gate-state.ts';
import { laneTermsOf } from './lane-terms.ts';
import { BY_STATE, Desk, fired, TERMS } from './sample-lane.ts';

const terms = (on_violation: LaneTerms['on_violation'], more: Partial<LaneTerms> = {}): LaneTerms => ({
  ...TERMS,
  ...more,
  ...(on_violation === undefined ? {} : { on_violation }),
});
const major = (...followings: Following[]): LaneTerms => terms({ major: followings });
const TELL: Following = { named: 'tell_head', notify: ['head.of.support'] };
const SUPERVISE: Following = { named: 'supervise', set_state: 'supervised' };

function limited(of: LaneTerms): Desk {
  const desk = new Desk(of);
  desk.setState('limited');
  return desk;
}

/** An action of a new conversation that a rule had denied and that ran all the same. Gives the entry that tells it. */
function breaks(desk: Desk, severity: 'minor' | 'major' | 'critical' = 'major'): number {
  const action = desk.decide({ decision: 'deny', reasons: [fired(severity, 'deny')] });
  const cause = desk.world.size;
  desk.executed(action, false);
  return cause;
}

/** All that was applied because of a violation, by entry. */
const applied = (desk: Desk) =>
  desk.entries.flatMap(({ type, data }) => (type === 'consequence.applied' && data.named !== undefined ? [data] : []));

it('follows in the transaction of its cause, names it, and lowers the state that the next decision stands under', () => {
  const desk = limited(major(SUPERVISE, TELL));
  const cause = breaks(desk);
  const named = { cause: 'violation.major', agent: 'bot', lane: 'refunds', entry: cause };
  expect(applied(desk)).toEqual([
    { consequence: 'set_state', ...named, named: 'supervise', to: 'supervised' },
    { consequence: 'notify', ...named, named: 'tell_head', people: ['head.of.support'] },
  ]);
  expect(desk.moves().at(-1)).toBe('limited → supervised: consequence');
  expect(desk.state()).toBe('supervised');
  expect(desk.view().history[0]?.sentence).toBe('From limited to supervised: a consequence of the pact.');
  for (const { stream: _, ...entry } of desk.entries.slice(cause))
    expect(entryBytes({ v: 1, ...entry } as never)).toMatchObject({ ok: true });
});

it('never lifts a state, and is told again for another violation', () => {
  const desk = limited(major(SUPERVISE));
  const causes = [breaks(desk), breaks(desk)];
  expect(applied(desk).map(({ entry }) => entry)).toEqual(causes);
  expect(desk.moves()).toEqual(['supervised → limited: by_hand', 'limited → supervised: consequence']);
  const low = new Desk(major({ named: 'narrow', set_state: 'limited' }));
  breaks(low);
  expect(low.state()).toBe('supervised');
  expect(applied(low)).toHaveLength(1);
});

it('takes the lowest state of several, in one move', () => {
  const desk = limited(major(SUPERVISE, { named: 'suspend', set_state: 'suspended' }));
  breaks(desk);
  expect(desk.moves().slice(1)).toEqual(['limited → suspended: consequence']);
  expect(applied(desk).map(({ named }) => named)).toEqual(['supervise', 'suspend']);
});

it('follows once from one action, however many say that it was wrong', () => {
  const desk = new Desk(major(TELL));
  const action = desk.decide({ reasons: [fired('major', 'hold')], decision: 'hold', enforced: false });
  desk.executed(action);
  const verdict = { ...desk.conversation(false), lane: 'refunds', action, verdict: 'violation', severity: 'major' };
  desk.add('verdict.given', verdict);
  desk.resolve();
  desk.add('check.done', { ...verdict, check: 'refund_twice', code: { blob: 'a'.repeat(64), bytes: 1, media: 'x' } });
  expect(applied(desk)).toHaveLength(1);
});

it('follows from a person’s verdict on what nothing had stopped, before and after the conversation is counted', () => {
  for (const isCounted of [false, true]) {
    const desk = new Desk(major(TELL));
    const action = desk.decide({});
    desk.executed(action);
    if (isCounted) desk.resolve();
    const cause = desk.world.size;
    const verdict = { ...desk.conversation(false), lane: 'refunds', action, verdict: 'violation', severity: 'major' };
    desk.add('verdict.given', verdict);
    expect(applied(desk)).toMatchObject([{ named: 'tell_head', entry: cause }]);
  }
});

it('follows once from a duty that was missed, though every action after it is told of it', () => {
  const desk = new Desk(major(TELL));
  const missed = { id: 'R-4', why: 'duty', decision: 'hold', severity: 'major', enforced: true };
  desk.held([missed]);
  desk.held([missed], desk.conversation(false));
  expect(applied(desk)).toHaveLength(1);
});

it('follows from nothing that was blocked, refused as a draft, only suspected, or of another severity', () => {
  const desk = new Desk(terms({ major: [TELL, SUPERVISE] }));
  desk.decide({ decision: 'deny', reasons: [fired('major', 'deny')] });
  desk.answer(desk.held([BY_STATE]), 'refused');
  breaks(desk, 'critical');
  const action = desk.decide({});
  desk.executed(action);
  const within = { ...desk.conversation(false), lane: 'refunds', action };
  desk.add('verdict.reached', { ...within, verdict: 'violation', severity: 'major', confirmed: true });
  desk.add('verdict.given', { ...within, verdict: 'ok' });
  desk.add('verdict.given', { ...within, verdict: 'violation', severity: 'minor' });
  expect(applied(desk)).toEqual([]);
});

it('is nothing where the pact says nothing', () => {
  const desk = limited(TERMS);
  breaks(desk);
  expect(applied(desk)).toEqual([]);
  expect(desk.state()).toBe('limited');
});

it('draws more for people until it ends', () => {
  const desk = limited(major({ named: 'look_closer', sample_times: 5, for: 14 * DAY }));
  breaks(desk);
  const until = desk.now + 14 * DAY;
  expect(applied(desk)).toMatchObject([{ consequence: 'sample_times', named: 'look_closer', times: 5, until }]);
  expect(samplingOf(desk.world, 'bot', 'refunds', until - 1)).toBe(5);
  expect(samplingOf(desk.world, 'bot', 'refunds', until)).toBe(1);
  expect(desk.view().sampling).toBe(5);
});

it('stops the agent everywhere, once, and gives its open conversations to who answers for them', () => {
  const desk = limited(major({ named: 'stop', stop_agent: true }));
  desk.executed(desk.decide({}));
  const open = desk.conversation(false).conversation;
  desk.executed(desk.decide({}));
  desk.resolve();
  breaks(desk);
  const own = desk.conversation(false).conversation;
  expect(isStopped(desk.world.agents, 'bot', undefined)).toBe(true);
  expect(applied(desk).map(({ consequence, conversations }) => [consequence, conversations])).toEqual([
    ['stop_agent', undefined],
    ['hand_over', [open, own]],
  ]);
  expect(desk.world.conversations.get(open)?.handed_over).toMatchObject({ owner: 'billing' });
  breaks(desk);
  expect(desk.entries.filter(({ type }) => type === 'agent.stopped')).toHaveLength(1);
});

it('holds the lane: whoever the pact binds there is supervised', () => {
  const desk = limited(major({ named: 'hold', hold_lane: true }));
  desk.add('agent.registered', { agent: 'bot-2', party: 'other' });
  desk.publish(
    desk.world.pacts.byDigest.values().next().value?.lanes?.['refunds'] as LaneTerms,
    `sha256:${'a'.repeat(64)}`,
    {
      agents: ['bot', 'bot-2'],
    },
  );
  for (const agent of ['bot', 'bot-2'])
    desk.add('state.moved', { agent, lane: 'refunds', from: 'supervised', to: 'limited', reason: 'by_hand' });
  breaks(desk);
  expect(gateState(desk.world, 'bot-2', 'refunds', desk.now)).toBe('supervised');
  expect(desk.state()).toBe('supervised');
  expect(applied(desk)).toMatchObject([{ consequence: 'hold_lane', named: 'hold', to: 'supervised' }]);
});

it('gives the conversation to the owner that the pact names', () => {
  const desk = new Desk(major({ named: 'to_legal', route_to: 'legal' }));
  breaks(desk);
  const { conversation } = desk.conversation(false);
  expect(applied(desk)).toMatchObject([{ consequence: 'hand_over', owner: 'legal', conversations: [conversation] }]);
  expect(desk.world.conversations.get(conversation)?.handed_over).toMatchObject({ owner: 'legal' });
});

it('neither stops nor routes anybody where the lane is on trial', () => {
  const followings = [{ named: 'stop', stop_agent: true }, { named: 'to_legal', route_to: 'legal' }, TELL] as const;
  const desk = new Desk(terms({ major: [...followings] }, { enforced: false }));
  desk.executed(desk.decide({ reasons: [{ ...fired('major', 'deny'), enforced: false }], enforced: false }));
  expect(applied(desk).map(({ named }) => named)).toEqual(['tell_head']);
  expect(isStopped(desk.world.agents, 'bot', undefined)).toBe(false);
});

it('stands in a snapshot as in the ledger', () => {
  const desk = limited(major(SUPERVISE, { named: 'look_closer', sample_times: 4, for: DAY }));
  breaks(desk);
  desk.now += HOUR;
  desk.clean(1);
  const pieces = JSON.parse(JSON.stringify([...toPieces(desk.world)])) as WorldPiece[];
  const restored = fromPieces(pieces);
  expect(canonical([...toPieces(restored)] as never)).toBe(canonical(pieces as never));
  expect(samplingOf(restored, 'bot', 'refunds', desk.now)).toBe(4);
});

it('is read from the pact without what moves money, and stands in the terms of every lane', () => {
  const folder = new URL('../../../../../fixtures/pacts/good/support/', import.meta.url);
  const read = (name: string): Uint8Array => readFileSync(new URL(name, folder));
  const charge = '{ kind: economic, charge: { account: vendor, amount: 5.00 USD } }';
  const text = read('pact.yaml')
    .toString()
    .replace('major: [sample_more] }', 'major: [sample_more, fine], minor: [fine] }')
    .replace('\nconsequences:\n', `\nconsequences:\n  fine: ${charge}\n`);
  const { pact, diagnostics } = loadPact('pact.yaml', new TextEncoder().encode(text), (name) =>
    existsSync(new URL(name, folder)) ? read(name) : undefined,
  );
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  for (const { on_violation } of Object.values(laneTermsOf(pact)))
    expect(on_violation).toEqual({
      critical: [
        { named: 'suspend', set_state: 'suspended' },
        { named: 'notify_head', notify: ['head.of.support'] },
      ],
      major: [{ named: 'sample_more', sample_times: 3, for: 2 * WEEK }],
    });
});
