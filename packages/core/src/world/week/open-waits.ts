/** What still waits in a place: by the week in which it began, how long each clock has run. */
import type { OpenWaits } from '../../metrics/week/waiting.ts';
import { weekAt } from '../../terms/week.ts';
import type { World } from '../world.ts';
import { type Contact, waitsOf } from './contact.ts';

export interface Place {
  readonly agent: string;
  readonly lane: string | null;
  readonly pact: string | null;
  /** Without what was read in from recordings. */
  readonly isLive?: boolean;
}

/** By the week in which they began, how long each clock has run that still runs. */
export function openIn(world: World, place: Place, now: number): Map<number, OpenWaits> {
  const open = new Map<number, [number[], number[], number[]]>();
  const add = (clock: 0 | 1 | 2, from: number): void => {
    const waits = open.get(weekAt(from)) ?? [[], [], []];
    waits[clock].push(Math.max(0, now - from));
    open.set(weekAt(from), waits);
  };
  for (const contact of world.weeks.contacts)
    if (!contact.merged && isIn(contact, place))
      for (const { clock, from, done, lapsed } of waitsOf(contact))
        if (done === null && lapsed === null) add(clock, from);
  for (const hold of world.holds.values()) {
    const isHere = hold.agent === place.agent && (place.lane === null || hold.lane === place.lane);
    if (!isHere || (place.pact !== null && hold.pact !== place.pact)) continue;
    if (hold.acknowledged === null) add(1, hold.at);
    else add(2, hold.acknowledged.at);
  }
  return open;
}

function isIn({ agent, lanes, pact, imported }: Contact, place: Place): boolean {
  if (agent !== place.agent || (place.isLive && imported)) return false;
  if (place.lane === null) return place.pact === null || pact === place.pact;
  return lanes.some((one) => one.lane === place.lane && (place.pact === null || one.pact === place.pact));
}
