/** What was counted on each day, for scores that forget slowly and for people to see. No state reads it. */
import { DAY } from '../../terms/time.ts';
import type { Stream, TrustPlan, Worst } from '../../trust/index.ts';
import type { Day, Member } from './member.ts';

/** Of a day a year old less than half a percent would count. */
const DAYS_MOST = 366;

interface Counted {
  readonly escaped?: Worst | undefined;
  readonly blocked?: Worst | undefined;
  readonly missing?: boolean | undefined;
}

const GRAVITY: Readonly<Record<Worst, number>> = { none: 0, minor: 1, major: 2, critical: 3 };

/** Counts one conversation; in the epoch only where it belongs to the one that goes on. */
export function count(member: Member, seen: Counted, at: number, isOfEpoch: boolean, plan: TrustPlan): void {
  const day = dayOf(member.days, Math.floor(at / DAY), plan);
  if (seen.missing) {
    day.missing++;
    return;
  }
  day.n++;
  const { streams } = plan.limits;
  for (let i = 0; i < streams.length; i++) {
    const x = isViolated(streams[i] as Stream, seen) ? 1 : 0;
    day.violations[i] = (day.violations[i] ?? 0) + x;
    if (isOfEpoch) member.violations[i] = (member.violations[i] ?? 0) + x;
  }
}

function isViolated(stream: Stream, { escaped, blocked }: Counted): boolean {
  if (stream.kind !== 'census') return false;
  const worst = (stream.of === 'escaped' ? escaped : blocked) ?? 'none';
  // Most conversations are clean: nothing need be looked up for them.
  return worst !== 'none' && GRAVITY[worst] >= GRAVITY[stream.severity];
}

function dayOf(days: Day[], day: number, { streams }: TrustPlan): Day {
  const last = days.at(-1);
  // Time does not go back: an entry dated before another is of its day.
  if (last && last.day >= day) return last;
  const fresh = { day, n: 0, missing: 0, violations: streams.map(() => 0) };
  days.push(fresh);
  if (days.length > DAYS_MOST) days.shift();
  return fresh;
}
