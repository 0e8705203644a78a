/** What needs a person now: from the world, which knows what is open, and from the views, which know what happened. */
import { DAY, formatTime, parseTime } from '@surety/core/terms';
import type { QueryOf, Today } from '@surety/core/wire';
import type { HoldStanding, PactStanding } from '@surety/core/world';
import type { Context } from '../context.ts';
import { openedOf, viewsNow } from '../conversation/history.ts';
import { pactOf } from '../decision/sentences.ts';
import { InvalidError } from '../errors.ts';
import { QUARTER_MS } from '../kept/view-changes.ts';
import type { Actor } from '../operation.ts';
import { toPlaced } from '../writing/placed.ts';

const SINCE_AT_MOST_MS = 8 * DAY;
const PACTS = 20;

export async function showToday(context: Context, actor: Actor, query: QueryOf<'today.show'>): Promise<Today> {
  const now = context.clock();
  const since = sinceOf(query.since, now);
  const counted = await viewsNow(context);
  const tallies = await context.store.views.tallies(since / QUARTER_MS);
  const { world, position } = context.writer;
  const count = (what: string): number => tallies.get(what) ?? 0;
  return {
    at: formatTime(now),
    holds: await holdsOf(context, actor, now),
    stopped: await stoppedOf(context),
    decisions: { since: formatTime(since), allow: count('allow'), hold: count('hold'), deny: count('deny') },
    hand_overs: count('hand_over'),
    agents: world.agents.size,
    pacts_waiting: waitingIn(context),
    ledger: { size: position.size, at: formatTime(position.at), counted },
  };
}

function sinceOf(text: string | undefined, now: number): number {
  const asked = text === undefined ? now - DAY : parseTime(text);
  if (asked === undefined)
    throw new InvalidError(
      'request.malformed',
      `since is a time with offset such as 2026-06-15T00:00:00Z, not ${text}`,
    );
  return Math.floor(Math.max(asked, now - SINCE_AT_MOST_MS) / QUARTER_MS) * QUARTER_MS;
}

async function holdsOf(context: Context, actor: Actor, now: number): Promise<Today['holds']> {
  const open = [...context.writer.world.holds.values()];
  const byLane = new Map<string | null, HoldStanding[]>();
  for (const hold of open) {
    const others = byLane.get(hold.lane);
    if (others) others.push(hold);
    else byLane.set(hold.lane, [hold]);
  }
  return {
    ...sum(open, now),
    oldest_at: open.length === 0 ? null : oldest(open),
    next_due: open.length === 0 ? null : nextDue(open),
    mine: await countMine(context, actor, open),
    conversations: new Set(open.map(({ conversation }) => conversation)).size,
    by_lane: [...byLane].map(([lane, holds]) => ({
      lane,
      ...sum(holds, now),
      oldest_at: oldest(holds),
      next_due: nextDue(holds),
    })),
  };
}

const sum = (holds: readonly HoldStanding[], now: number) => ({
  open: holds.length,
  late: holds.filter(({ answer_by }) => answer_by < now).length,
});
const least = (numbers: readonly number[]): string => formatTime(numbers.reduce((a, b) => Math.min(a, b)));
const oldest = (holds: readonly HoldStanding[]): string => least(holds.map(({ at }) => at));
const nextDue = (holds: readonly HoldStanding[]): string => least(holds.map(({ answer_by }) => answer_by));

/** Those whose owner, primary or backup, the person is. */
async function countMine(context: Context, { by }: Actor, open: readonly HoldStanding[]): Promise<number> {
  const name = by.replace(/^person:/, '');
  const mine = new Map<string, boolean>();
  let count = 0;
  for (const { pact: digest, owner } of open) {
    const key = `${digest}/${owner}`;
    if (!mine.has(key)) {
      const who = (await pactOf(context, digest))?.file.owners[owner];
      mine.set(key, who?.primary === name || who?.backup === name);
    }
    if (mine.get(key)) count++;
  }
  return count;
}

/** The world says who is stopped; the views know the entry, which says since when, by whom and why. */
async function stoppedOf(context: Context): Promise<Today['stopped']> {
  const stops = await context.store.views.stops();
  const seqs = stops.map(({ seq }) => seq);
  const entries = new Map((await context.store.entriesAt(seqs)).map(toPlaced).map((entry) => [entry.seq, entry]));
  const opened = await openedOf(context, seqs);
  const stopped: Today['stopped'] = [];
  const add = (agent: string, lane: string | null) => {
    const stop = stops.find((one) => one.agent === agent && one.lane === (lane ?? ''));
    const entry = stop && entries.get(stop.seq);
    const reason = entry?.type === 'agent.stopped' ? opened(entry.data.reason) : undefined;
    stopped.push({
      agent,
      lane,
      since: entry ? formatTime(entry.at) : null,
      by: entry?.by ?? null,
      reason: typeof reason === 'string' ? reason : null,
    });
  };
  for (const { name, stopped: isStopped, lanes } of context.writer.world.agents.values()) {
    if (isStopped) add(name, null);
    for (const [lane, standing] of Object.entries(lanes)) if (standing.stopped) add(name, lane);
  }
  return stopped;
}

/** Of each pact the newest version, while it is not in force: it waits for a signature, or for being published. */
function waitingIn({ writer }: Context): Today['pacts_waiting'] {
  const newest = new Map<string, PactStanding>();
  for (const standing of writer.world.pacts.byDigest.values())
    if (standing.version >= (newest.get(standing.pact)?.version ?? 0)) newest.set(standing.pact, standing);
  return [...newest.values()]
    .filter(({ published_at }) => published_at === null)
    .sort((a, b) => b.proposed_at - a.proposed_at)
    .slice(0, PACTS)
    .map(({ digest, pact, version, author, signed_by }) => ({ digest, pact, version, author, signed_by }));
}
