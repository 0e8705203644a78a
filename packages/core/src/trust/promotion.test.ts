import { describe, expect, it } from 'vitest';
import { neededFor } from './conditions.ts';
import type { SlotEntry } from './entry.ts';
import { DAY_SECONDS, DEFAULT_LIMITS, type TrustLimits } from './limits.ts';
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
