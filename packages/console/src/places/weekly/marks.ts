/** What changed in the weeks that a line shows: moves of the lane's state, and pacts put in force. */
import { parseWeek, weekStart } from '@surety/core/terms';
import type { LaneTrust, PactView } from '@surety/core/wire';
import type { LineMark } from '../../charts/index.ts';

export interface Changes {
  readonly moves: LaneTrust['history'];
  readonly pacts: readonly PactView[];
}

export interface Change extends LineMark {
  /** Unix milliseconds. */
  readonly when: number;
}

export function changesIn(weeks: readonly string[], { moves, pacts }: Changes): readonly Change[] {
  const [first = 0, last = -1] = [weeks[0], weeks.at(-1)].map((week) => parseWeek(week ?? ''));
  const [from, to] = [weekStart(first), weekStart(last + 1)];
  const found = [
    ...moves
      .filter((move) => move.from !== move.to)
      .map((move) => ({
        when: Date.parse(move.at),
        kind: 'state' as const,
        says: `${move.from} → ${move.to}: ${move.sentence}`,
      })),
    ...pacts.map(({ pact, version, published_at }) => ({
      when: Date.parse(published_at ?? ''),
      kind: 'pact' as const,
      says: `${pact}, version ${version}, was put in force.`,
    })),
  ];
  return found
    .filter(({ when }) => when >= from && when < to)
    .map((one) => ({ ...one, at: (one.when - from) / (to - from) }))
    .toSorted((a, b) => a.when - b.when);
}

/** Pacts that bind this agent there and were put in force. */
export const pactsOf = (pacts: readonly PactView[], agent: string, lane: string | null): readonly PactView[] =>
  pacts.filter(
    ({ agents, lanes, published_at }) =>
      published_at !== null && agents.includes(agent) && (lane === null || lanes.includes(lane)),
  );
