/** A weekly target is judged as the weekly figures judge it, read from the pact, and once however often a server restarts. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../crypto/index.ts';
import type { FollowedTarget } from '../../evidence/kinds/agent.ts';
import type { TargetTerms } from '../../metrics/week/target.ts';
import { loadPact } from '../../pact/index.ts';
import { DAY, MINUTE, WEEK } from '../../terms/time.ts';
import { formatWeek, weekAt } from '../../terms/week.ts';
import { fold } from '../fold.ts';
import { weekRows } from '../week/rows.ts';
import { fromPieces, toPieces, World, type WorldPiece } from '../world.ts';
import { laneTermsOf } from './lane-terms.ts';
import { fired, TERMS } from './sample-lane.ts';
import { applied, FCR, pass, SUPERVISE, started, TELL, terms, told, week } from './sample-targets.ts';

it('is judged as the weekly figures judge it', () => {
  const shares: FollowedTarget = { ...FCR, target: 'R-1', weeks: 2, min_sample: 50 };
  const broken: FollowedTarget = {
    target: 'R-2',
    metric: 'policy_violation_rate',
    of_severity: 'major',
    at_most: 20_000,
    weeks: 2,
    min_sample: 30,
    then: [TELL],
  };
  const late: FollowedTarget = {
    target: 'R-3',
    metric: 'escalation_latency_p50',
    at_most: 30 * MINUTE,
    weeks: 1,
    min_sample: 5,
    then: [TELL],
  };
  const targets = [shares, broken, late];
  const desk = started({ ...TERMS, targets });
  const asTerms = (one: FollowedTarget): TargetTerms => {
    const unit = one === late ? 1 : 1_000_000;
    const bound = (value: number | undefined) => (value === undefined ? null : value / unit);
    return { ...one, id: one.target, at_least: bound(one.at_least), at_most: bound(one.at_most) };
  };
  const seen = new Map<string, number>();
  const missedOnPage: string[] = [];
  for (let i = 0; i < 12; i++) {
    for (let n = 0; n < (i % 4) * 6; n++) {
      const isBroken = n % 3 === 0 && i % 3 > 0;
      desk.executed(desk.decide(isBroken ? { decision: 'deny', reasons: [fired('major', 'deny')] } : {}), !isBroken);
      if (n % 2 === 0) {
        desk.add('outcome.observed', { ...desk.conversation(false), outcome: 'escalated' });
        desk.now += (i % 5) * 15 * MINUTE;
        // Some nobody ever takes up, in some weeks most.
        if (i % 2 === 0 ? n % 8 !== 6 : n % 8 === 0)
          desk.add('outcome.observed', { ...desk.conversation(false), outcome: 'acknowledged' });
      }
    }
    week(desk, 20 + i, (i % 5) * 6);
    pass(desk);
    const judged = weekAt(desk.now) - 2;
    const row = weekRows(desk.world, {
      week: judged,
      now: desk.now,
      agent: 'bot',
      lane: 'refunds',
      termsOf: () => ({ targets: targets.map(asTerms), fee: null, currency: 'USD' }),
    }).find(({ pact }) => pact === null);
    for (const { id, status } of row?.figures.flatMap((figure) => figure.targets) ?? []) {
      seen.set(`${id} ${status}`, (seen.get(`${id} ${status}`) ?? 0) + 1);
      if (status === 'not_met') missedOnPage.push(`${id} ${formatWeek(judged)}: tell_head`);
    }
  }
  expect(told(desk).toSorted()).toEqual(missedOnPage.toSorted());
  for (const { target } of targets)
    for (const status of ['met', 'not_met', 'too_little_evidence'])
      expect([`${target} ${status}`, seen.get(`${target} ${status}`) ?? 0]).not.toEqual([`${target} ${status}`, 0]);
});

describe('a restart', () => {
  const text = (world: World): string => [...toPieces(world)].map((piece) => canonical(piece)).join('\n');
  const again = (world: World): World =>
    fromPieces([...toPieces(world)].map((piece) => JSON.parse(canonical(piece)) as WorldPiece));

  it('at any entry gives the same world, to the byte', () => {
    const desk = started(terms({ weeks: 2, then: [SUPERVISE, { named: 'closer', sample_times: 3, for: DAY }] }));
    for (const back of [20, 5, 22]) week(desk, 25, back);
    pass(desk, WEEK);
    desk.clean(1);
    expect(applied(desk).length).toBeGreaterThan(2);
    for (let cut = 1; cut <= desk.entries.length; cut += 19) {
      const first = new World();
      for (const entry of desk.entries.slice(0, cut)) fold(first, entry);
      const world = again(first);
      for (const entry of desk.entries.slice(cut)) fold(world, entry);
      expect(text(world)).toBe(text(desk.world));
    }
  });

  it('between the end of the week and its judgement, or between judgement and record, lets it follow once', () => {
    for (const pause of [DAY, WEEK]) {
      const desk = started(terms({ then: [SUPERVISE, TELL] }));
      week(desk, 60, 40);
      desk.now += pause;
      // What a server that stopped here had appended.
      if (pause === WEEK) {
        const resolved = { ...desk.conversation(false), outcome: 'csat', rating: 5 };
        const seq = desk.world.size;
        fold(desk.world, {
          seq,
          id: `e/${seq}`,
          type: 'outcome.observed',
          at: desk.now,
          by: 'a',
          data: resolved,
        } as never);
        expect(desk.world.trust.due.map(({ what }) => what)).toEqual(['move', 'target']);
      }
      desk.world = again(desk.world);
      desk.add('outcome.observed', { ...desk.conversation(false), outcome: 'csat_asked' });
      pass(desk, WEEK);
      desk.world = again(desk.world);
      pass(desk, WEEK);
      expect(told(desk)).toEqual(['R-8 2026-W02: supervise', 'R-8 2026-W02: tell_head']);
    }
  });
});

it('is read from the pact: targets with what moves no money', () => {
  const folder = new URL('../../../../../fixtures/pacts/good/support/', import.meta.url);
  const read = (name: string): Uint8Array => readFileSync(new URL(name, folder));
  const { pact } = loadPact('pact.yaml', read('pact.yaml'), (name) =>
    existsSync(new URL(name, folder)) ? read(name) : undefined,
  );
  if (!pact) throw new Error('the fixture is no pact');
  const lanes = laneTermsOf(pact);
  for (const [lane, { weekly_targets = [] }] of Object.entries(pact.file.lanes)) {
    const operational = weekly_targets.filter(({ then }) =>
      then.some((name) => pact.file.consequences[name]?.kind === 'operational'),
    );
    expect((lanes[lane]?.targets ?? []).map(({ target }) => target)).toEqual(operational.map(({ id }) => id));
    for (const { then } of lanes[lane]?.targets ?? [])
      for (const { named } of then) expect(pact.file.consequences[named]?.kind).toBe('operational');
  }
  expect(Object.values(lanes).flatMap(({ targets = [] }) => targets).length).toBeGreaterThan(0);
});
