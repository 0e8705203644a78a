/** What must follow by a moment: holds that silence answers, and reservations that nobody reported on. */
import type { HoldStanding } from './actions.ts';
import type { World } from './world.ts';

export type Due =
  | { readonly what: 'hold_expired'; readonly hold: HoldStanding }
  | { readonly what: 'unreported'; readonly action: string };

/** Holds first, since somebody waits for them. */
export function dueAt(world: World, now: number, atMost = Number.POSITIVE_INFINITY): readonly Due[] {
  const due: Due[] = [];
  for (const hold of world.holds.values()) {
    if (due.length >= atMost) break;
    if (hold.expires !== null && hold.expires <= now) due.push({ what: 'hold_expired', hold });
  }
  for (const action of world.limits.late(now, atMost - due.length)) due.push({ what: 'unreported', action });
  return due;
}
