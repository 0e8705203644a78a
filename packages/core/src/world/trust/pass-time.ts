/** What time alone does: conversations that are over are counted, leases end. In the order of their instants. */
import type { World } from '../world.ts';
import { type Case, endOf } from './case.ts';
import type { DueMove } from './due-move.ts';
import { observe, planIn } from './evidence.ts';
import { judgeWeek } from './outcome-weeks.ts';
import { judgeTargets } from './target-weeks.ts';
import type { TrustBook } from './trust-book.ts';

/** Everything up to an instant, before the entry of that instant is read. */
export function passTime(world: World, at: number, seq: number, book: TrustBook = world.trust): void {
  // Nearly always nothing is due.
  if (at < book.nextEnd && at < book.nextLease * 1000 && at < book.nextWeek) return;
  for (;;) {
    const next = nextOver(book);
    book.nextEnd = next ? endOf(next) : Number.POSITIVE_INFINITY;
    const lease = book.nextLease * 1000;
    const week = book.nextWeek;
    if (next && book.nextEnd <= Math.min(at, lease, week)) observe(world, next, { seq, at: book.nextEnd }, book);
    else if (lease <= Math.min(at, week)) endLeases(world, book, seq, lease);
    else if (week <= at) endWeek(world, book, seq, at);
    else return;
  }
}

const firstOf = (cases: ReadonlySet<Case>): Case | undefined => cases.values().next().value;

/** The case that is over first. Of either kind the first one in is the first one over. */
function nextOver({ open, openRecorded }: TrustBook): Case | undefined {
  const [live, recorded] = [firstOf(open), firstOf(openRecorded)];
  return live && (!recorded || endOf(live) <= endOf(recorded)) ? live : recorded;
}

function endWeek(world: World, book: TrustBook, seq: number, at: number): void {
  const week = book.nextWeek;
  // Where nobody is, no week has to be looked at.
  book.awaitWeek(book.members.size === 0 ? at : week);
  judgeWeek(world, book, week, seq);
  judgeTargets(world, book, week, seq);
}

function endLeases(world: World, book: TrustBook, seq: number, at: number): void {
  const ended = [...book.members.values()].filter(({ leaseUntil }) => leaseUntil !== null && leaseUntil * 1000 <= at);
  for (const member of ended) book.step(member, { type: 'tick' }, seq, at, planIn(world));
}

/** How many cases are over by an instant that are not counted yet: what a clock looks at. */
export function overBy({ trust }: World, at: number): readonly Case[] {
  const over: Case[] = [];
  for (const cases of [trust.open, trust.openRecorded])
    for (const one of cases) {
      if (endOf(one) > at) break;
      over.push(one);
    }
  return over;
}

/** The moves that time calls for by an instant; the world stays as it is until an entry says so. */
export function dueByTime(world: World, at: number): readonly DueMove[] {
  const over = overBy(world, at);
  if (over.length === 0 && world.trust.nextLease * 1000 > at && world.trust.nextWeek > at) return [];
  const ahead = world.trust.fork(over);
  passTime(world, at, world.size, ahead);
  return ahead.due;
}
