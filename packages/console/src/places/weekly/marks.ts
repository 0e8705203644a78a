/** What changed in the weeks that a line shows: moves of the lane's state, missed targets, and pacts put in force. */
import { parseWeek, weekStart } from '@surety/core/terms';
import type { LaneTrust, PactView } from '@surety/core/wire';
import type { LineMark } from '../../charts/index.ts';

export interface Changes {
  readonly moves: LaneTrust['history'];
  readonly missed: LaneTrust['missed'];
  readonly pacts: readonly PactView[];
}

export interface Change extends LineMark {
  /** Unix milliseconds. */
  readonly when: number;
}

export function changesIn(weeks: readonly string[], { moves, missed, pacts }: Changes): readonly Change[] {
  const [first = 0, last = -1] = [weeks[0], weeks.at(-1)].map((week) => parseWeek(week ?? ''));
  const [from, to] = [weekStart(first), weekStart(last + 1)];
  const isWithin = (when: number): boolean => when >= from && when < to;
  const found = [
    ...moves
      .filter((move) => move.from !== move.to)
      .map((move) => ({
        when: Date.parse(move.at),
        kind: 'state' as const,
        says: move.sentence,
      }))
      .filter(({ when }) => isWithin(when)),
    // It is judged a week after its end: what a week shown here led to may lie after it.
    ...missed
      .map(({ at, week, sentence }) => ({ week, when: Date.parse(at), kind: 'target' as const, says: sentence }))
      .filter(({ week, when }) => weeks.includes(week) || isWithin(when)),
    ...pacts
      .map(({ pact, version, published_at }) => ({
        when: Date.parse(published_at ?? ''),
        kind: 'pact' as const,
        says: `${pact}, version ${version}, was put in force.`,
      }))
      .filter(({ when }) => isWithin(when)),
  ];
  return found
    .map(({ when, kind, says }) => ({ when, kind, says, at: (when - from) / (to - from) }))
    .toSorted((a, b) => a.when - b.when);
}

/** Those for which the line has a place. */
export const marksOf = (changes: readonly Change[]): readonly LineMark[] =>
  changes.filter(({ at }) => at >= 0 && at < 1);

/** Pacts that bind this agent there and were put in force. */
export const pactsOf = (pacts: readonly PactView[], agent: string, lane: string | null): readonly PactView[] =>
  pacts.filter(
    ({ agents, lanes, published_at }) =>
      published_at !== null && agents.includes(agent) && (lane === null || lanes.includes(lane)),
  );
