import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrustState } from '../terms/decision.ts';
import type { SlotEntry, Worst } from './entry.ts';
import { DEFAULT_LIMITS, type TrustLimits } from './limits.ts';
import { type AgentTrust, emptySlot, type Slot } from './slot.ts';
import { foldSlot, step } from './step.ts';

/** Loose rates and short times, so that a short run goes up and down. */
const LIMITS: TrustLimits = {
  ...DEFAULT_LIMITS,
  streams: DEFAULT_LIMITS.streams.map((stream) => ({ ...stream, allowedRate: 0.2, relaxedRate: 0.3 })),
  weights: [0.6, 0.4],
  minDays: { limited: 0, autonomous: 0 },
  signOff: { limited: false, autonomous: false },
  outcomeWeeks: 0,
  leaseDays: 4,
  renewDays: 1,
  yearlyVolume: 1,
};
type Loose = SlotEntry extends infer E
  ? E extends SlotEntry
    ? Omit<E, 'seq' | 'at'> & { at?: number }
    : never
  : never;

const WORST: readonly Worst[] = ['none', 'minor', 'major', 'critical'];
const anAgent = fc.constantFrom('a', 'b');
const worst = fc.oneof({ weight: 8, arbitrary: fc.constant<Worst>('none') }, fc.constantFrom(...WORST));
const observed = fc.record({
  type: fc.constant('observed' as const),
  agent: anAgent,
  escaped: worst,
  blocked: worst,
  confirmed: fc.boolean(),
  stratum: fc.nat(1),
  missing: fc.oneof({ weight: 30, arbitrary: fc.constant(false) }, fc.constant(true)),
});
const other: fc.Arbitrary<Loose> = fc.constantFrom<Loose>(
  { type: 'registered', agent: 'a' },
  { type: 'registered', agent: 'b' },
  { type: 'released', agent: 'a' },
  { type: 'stopped', agent: 'b' },
  { type: 'tick' },
  { type: 'tick' },
  { type: 'versionChanged', class: 'minor', agent: 'a' },
  { type: 'pactChanged', widened: true },
  { type: 'outcomeWeek', fail: true, agent: 'a' },
  { type: 'weeklyReview', decision: 'keep' },
  { type: 'weeklyReview', decision: 'widen' },
  { type: 'weeklyReview', decision: 'narrow', agent: 'b' },
  { type: 'incident', escaped: 'major', confirmed: true, agent: 'a' },
  { type: 'licence', valid: false },
  { type: 'gap', kind: 'missing', count: 2, agent: 'a' },
  { type: 'consequence', to: 'supervised', agent: 'a' },
  { type: 'amended', target: 5, set: { escaped: 'none' } },
);
const clean: fc.Arbitrary<readonly Loose[]> = fc
  .integer({ min: 1, max: 60 })
  .map((n) => Array.from({ length: n }, (_, i): Loose => ({ type: 'observed', agent: 'a', stratum: i % 2 })));
const story = fc
  .array(
    fc.oneof(
      observed.map((one): readonly Loose[] => [one]),
      other.map((one) => [one]),
      clean,
    ),
    { maxLength: 25 },
  )
  .map((runs): readonly SlotEntry[] =>
    [{ type: 'registered', agent: 'a' } as Loose, ...runs.flat()].map(
      (one, i) => ({ at: i * 3600, ...one, seq: i + 1 }) as SlotEntry,
    ),
  );

const numbered = (...entries: readonly Loose[]): readonly SlotEntry[] =>
  entries.map((entry, i) => ({ at: i, ...entry, seq: i + 1 }) as SlotEntry);
const cleanRun = (n: number, at: number): readonly Loose[] =>
  Array.from({ length: n }, (_, i): Loose => ({ type: 'observed', agent: 'a', at: at + i }));
const agentIn = (slot: Slot, name = 'a'): AgentTrust => slot.agents.find(({ agent }) => agent === name) as AgentTrust;

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

describe('the step', () => {
  it('is pure: nothing it was given changes, and the same gives the same', () => {
    fc.assert(
      fc.property(story, (entries) => {
        let slot = freeze(emptySlot(LIMITS));
        for (const entry of entries) {
          const once = step(slot, freeze(entry));
          expect(step(slot, entry)).toEqual(once);
          slot = freeze(once.slot);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('goes on from a snapshot as if it had never stopped', () => {
    fc.assert(
      fc.property(story, fc.nat(), (entries, where) => {
        const cut = where % (entries.length + 1);
        const before = foldSlot(LIMITS, entries.slice(0, cut));
        let slot = structuredClone(before.slot);
        const records = [...before.records];
        for (const entry of entries.slice(cut)) {
          const stepped = step(slot, entry);
          slot = stepped.slot;
          records.push(...stepped.records);
        }
        expect({ slot, records }).toEqual(foldSlot(LIMITS, entries));
      }),
      { numRuns: 40 },
    );
  });

  it('lets nobody out of suspension but by a release, a dispute, or by coming in anew where nobody is suspended', () => {
    fc.assert(
      fc.property(story, (entries) => {
        let slot = emptySlot(LIMITS);
        for (const entry of entries) {
          const after = step(slot, entry).slot;
          for (const { agent, state } of slot.agents)
            if (state === 'suspended' && agentIn(after, agent).state !== 'suspended')
              expect(['released', 'amended']).toContain(entry.type);
          slot = after;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('never improves a stream by a graver violation, nor the state by one in place of none', () => {
    const heights: readonly TrustState[] = ['suspended', 'supervised', 'limited', 'autonomous'];
    fc.assert(
      fc.property(clean, fc.nat(), fc.constantFrom(0, 1, 2), fc.boolean(), (run, where, from, isEscaped) => {
        const kind = isEscaped ? 'escaped' : 'blocked';
        const at = where % run.length;
        const end = (severity: Worst): AgentTrust => {
          const told = run.map((one, i) => (i === at ? { ...one, [kind]: severity, confirmed: true } : one));
          return agentIn(foldSlot(LIMITS, numbered({ type: 'registered', agent: 'a' }, ...(told as Loose[]))).slot);
        };
        const [lighter, graver] = [end(WORST[from] as Worst), end(WORST[from + 1] as Worst)];
        expect(heights.indexOf(graver.state)).toBeLessThanOrEqual(heights.indexOf(lighter.state));
        if (graver.state === lighter.state && graver.epochAt === lighter.epochAt)
          graver.streams.forEach((stream, i) => {
            expect(stream.proof.value).toBeLessThanOrEqual(lighter.streams[i]?.proof.value ?? 0);
            expect(stream.detector.value).toBeGreaterThanOrEqual(lighter.streams[i]?.detector.value ?? 0);
          });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a dispute', () => {
  it('leaves the slot as if the entry had been so from the start', () => {
    fc.assert(
      fc.property(story, fc.nat(), fc.constantFrom(...WORST), (entries, where, escaped) => {
        const told = entries.filter(({ type }) => type !== 'amended');
        const target = (told[where % told.length] as SlotEntry).seq;
        const at = told.at(-1)?.at ?? 0;
        const amended = foldSlot(LIMITS, [...told, { type: 'amended', seq: 9999, at, target, set: { escaped } }]).slot;
        const changed = told.map((entry) => (entry.seq === target ? ({ ...entry, escaped } as SlotEntry) : entry));
        expect(amended).toEqual(foldSlot(LIMITS, changed).slot);
      }),
      { numRuns: 40 },
    );
  });

  it('of nothing records nothing', () => {
    const { records } = foldSlot(
      LIMITS,
      numbered({ type: 'registered', agent: 'a' }, { type: 'amended', target: 77, set: {} }),
    );
    expect(records.map(({ reason }) => reason)).toEqual(['registered']);
  });

  it('is folded under the limits that held at the time', () => {
    const strict: TrustLimits = { ...LIMITS, weights: [1], streams: LIMITS.streams.slice(0, 1) };
    const entries = numbered(
      { type: 'registered', agent: 'a' },
      ...cleanRun(3, 1),
      { type: 'pactChanged', widened: false, at: 10, limits: strict },
      ...cleanRun(2, 20),
    );
    const { slot } = foldSlot(LIMITS, entries);
    expect(agentIn(slot)).toMatchObject({ n: 2, epoch: 2, streams: [{ isProven: false }] });
    const again = step(slot, { type: 'amended', seq: 99, at: 30, target: 2, set: { escaped: 'minor' } });
    expect(again.records).toEqual([]);
    expect(agentIn(again.slot)).toEqual(agentIn(slot));
  });
});

it('refuses an observation of a stratum that the reference mix does not have', () => {
  const { slot } = foldSlot(LIMITS, numbered({ type: 'registered', agent: 'a' }));
  expect(() => step(slot, { type: 'observed', seq: 2, at: 1, agent: 'a', stratum: 2 })).toThrow('stratum 2 of entry 2');
});
