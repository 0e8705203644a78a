import { describe, expect, it } from 'vitest';
import { neededFor } from './conditions.ts';
import type { SlotEntry } from './entry.ts';
import { DAY_SECONDS, DEFAULT_LIMITS, presetFor, type TrustLimits } from './limits.ts';
import { type AgentTrust, effectiveState, type Slot } from './slot.ts';
import { foldSlot, step } from './step.ts';

/** Loose rates and no waiting: sixty clean observations prove them. */
const LIMITS: TrustLimits = {
  ...DEFAULT_LIMITS,
  streams: DEFAULT_LIMITS.streams.map((stream) => ({ ...stream, allowedRate: 0.2, relaxedRate: 0.3 })),
  minDays: { limited: 0, autonomous: 0 },
  signOff: { limited: false, autonomous: false },
  outcomeWeeks: 0,
  leaseDays: 4,
  renewDays: 1,
};
type Loose = SlotEntry extends infer E
  ? E extends SlotEntry
    ? Omit<E, 'seq' | 'at'> & { at?: number }
    : never
  : never;

const numbered = (...entries: readonly Loose[]): readonly SlotEntry[] =>
  entries.map((entry, i) => ({ at: i, ...entry, seq: i + 1 }) as SlotEntry);
const cleanRun = (n: number, at: number): readonly Loose[] =>
  Array.from({ length: n }, (_, i): Loose => ({ type: 'observed', agent: 'a', at: at + i }));
const agentIn = (slot: Slot): AgentTrust => slot.agents.find(({ agent }) => agent === 'a') as AgentTrust;

describe('promotion', () => {
  const signed: TrustLimits = { ...LIMITS, signOff: { limited: true, autonomous: true } };
  const proven = [{ type: 'registered', agent: 'a' } as Loose, ...cleanRun(60, 0)];

  it('waits for every condition and says which are open', () => {
    const waits: TrustLimits = { ...signed, minDays: { limited: 7, autonomous: 7 }, ceiling: 'supervised' };
    const { slot } = foldSlot(
      waits,
      numbered({ type: 'registered', agent: 'a' }, { type: 'weeklyReview', decision: 'keep' }),
    );
    const agent = agentIn(slot);
    expect(neededFor(slot.plan, agent, slot.isLicensed, 0)).toEqual({
      next: 'limited',
      open: ['offered', 'proof', 'dwell', 'review', 'signature'],
    });
    expect(neededFor(slot.plan, { ...agent, state: 'autonomous' }, true, 0)).toBeUndefined();
  });

  it('needs a signature that is at most eight days old, and spends it', () => {
    const reasons = (at: number) => {
      const review: Loose = { type: 'weeklyReview', decision: 'widen', at: 0 };
      const entries = numbered({ type: 'registered', agent: 'a' }, review, ...cleanRun(60, at));
      return foldSlot(signed, entries).records.map(({ reason }) => reason);
    };
    expect(reasons(8 * DAY_SECONDS - 100)).toEqual(['registered', 'promoted.limited']);
    expect(reasons(8 * DAY_SECONDS + 1)).toEqual(['registered']);
    const { slot } = foldSlot(signed, numbered(...proven, { type: 'weeklyReview', decision: 'widen', at: 100 }));
    expect(agentIn(slot)).toMatchObject({ state: 'limited', signedAt: null });
  });

  it('costs more at every further attempt, whoever of the slot takes it', () => {
    const { slot } = foldSlot(
      LIMITS,
      numbered(...'abcd'.split('').map((agent): Loose => ({ type: 'registered', agent }))),
    );
    expect(slot.agents.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
  });

  it('lapses with the lease, for the gate at once and in the record with the next entry', () => {
    const limits: TrustLimits = { ...LIMITS, renewDays: 0 };
    const { slot } = foldSlot(limits, numbered({ type: 'registered', agent: 'a' }, ...cleanRun(200, 0)));
    const agent = agentIn(slot);
    expect(agent.state).toBe('autonomous');
    const end = agent.leaseUntil ?? 0;
    expect([effectiveState(agent, end - 1), effectiveState(agent, end)]).toEqual(['autonomous', 'limited']);
    expect(step(slot, { type: 'tick', seq: 999, at: end }).records).toMatchObject([
      { state: 'limited', reason: 'lease.expired', agent: 'a' },
    ]);
  });
});

describe('a clean agent under the preset of its volume', () => {
  /** So many conversations a day, the first at once; each week passes and is signed. */
  function* cleanDays(perDay: number, days: number): Iterable<SlotEntry> {
    let seq = 1;
    yield { type: 'registered', seq, at: 0, agent: 'a' };
    for (let i = 0; i < days * perDay; i++) {
      const at = Math.floor((i * DAY_SECONDS) / perDay);
      if (i > 0 && i % (7 * perDay) === 0) {
        yield { type: 'outcomeWeek', seq: ++seq, at, agent: 'a', pass: true };
        yield { type: 'weeklyReview', seq: ++seq, at, agent: 'a', decision: 'widen' };
      }
      yield { type: 'observed', seq: ++seq, at, agent: 'a' };
    }
  }

  // Section 14 of the trust statistics: days to limited and to autonomous, ±.1
  it.each([
    [5, 17.8, undefined],
    [10, 8.9, 54.9],
    [30, 7.6, 38.3],
    [100, 9.2, 55.4],
  ])('at %i a day is limited after %d days and autonomous after %s', (perDay, limited, autonomous) => {
    const { streams, ceiling, leaseDays } = presetFor(perDay);
    const limits = { ...DEFAULT_LIMITS, streams, ceiling, leaseDays, yearlyVolume: perDay * 365 };
    const { records } = foldSlot(limits, cleanDays(perDay, 60));
    const dayOf = (state: string) => {
      const at = records.find((record) => record.state === state)?.at;
      return at === undefined ? undefined : Math.round((at / DAY_SECONDS) * 10) / 10;
    };
    expect(Math.abs((dayOf('limited') ?? 0) - limited)).toBeLessThanOrEqual(0.1001);
    if (autonomous === undefined) expect(dayOf('autonomous')).toBeUndefined();
    else expect(Math.abs((dayOf('autonomous') ?? 0) - autonomous)).toBeLessThanOrEqual(0.1001);
    expect(records.length).toBe(autonomous === undefined ? 2 : 3);
  });
});
