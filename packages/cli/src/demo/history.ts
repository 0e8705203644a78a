/** The history of the sample desk: some weeks of visits, played against the real server under a clock that jumps. */
import type { SampleAgent } from './agent.ts';
import type { Diary } from './diary.ts';
import { Draw } from './draw.ts';
import type { Outcomes } from './outcomes.ts';
import { answerTo, type Later, laterOf, type People } from './people.ts';
import { play } from './play.ts';
import type { SampleClock } from './sample-clock.ts';
import { once } from './set-up.ts';
import type { Shop } from './shop.ts';
import type { Stock } from './stock.ts';
import type { Floor, Waiting } from './talk.ts';
import { Ticks } from './ticks.ts';
import { type AgentName, planVisit, QUALITY, type Visit } from './visit.ts';

export interface HistoryParts {
  readonly agents: Readonly<Record<AgentName, SampleAgent>>;
  readonly people: People;
  readonly outcomes: Outcomes;
  readonly shop: Shop;
  readonly stock: Stock;
  readonly clock: SampleClock;
  readonly diary: Diary;
}

export const WEEKS = 5;
const DAY_MS = 86_400_000;
const OPENS_MS = 8 * 3_600_000;
const OPEN_MS = 11 * 3_600_000;

/** Everyone starts supervised; who kept the pact may do more, lane by lane. */
const MOVES: readonly (readonly [share: number, agent: AgentName, lane: string])[] = [
  [0.1, 'aria', 'ticket_triage'],
  [0.15, 'aria', 'reply_drafting'],
  [0.2, 'bolt', 'ticket_triage'],
  [0.25, 'aria', 'escalation_routing'],
  [0.3, 'aria', 'refund_checks'],
  [0.35, 'bolt', 'reply_drafting'],
  [0.45, 'bolt', 'escalation_routing'],
];

/** When the visit begins: spread over the opening hours of every day. */
export function timeOf({ begins, visits, seed }: Diary['pages'], n: number): number {
  const perDay = visits / (WEEKS * 7);
  const day = Math.floor(n / perDay);
  const within = (n - day * perDay + new Draw(seed ^ 0x7173, n).next() * 0.6) / perDay;
  return Math.round(begins + day * DAY_MS + OPENS_MS + within * OPEN_MS);
}

/** Visits that come at about the same time. */
const TOGETHER = 12;
const APART_SECONDS = 170;

export interface HistoryOptions {
  readonly onVisit: (n: number, of: number) => void;
  /** One visit that fails stops no other. */
  readonly onTrouble: (error: unknown) => void;
  /** False: leave it where it stands; the next start goes on with it. */
  readonly goesOn: () => boolean;
}

interface Due {
  readonly at: number;
  readonly visit: Visit;
  readonly later: Later;
}

export async function buildHistory(parts: HistoryParts, options: HistoryOptions): Promise<void> {
  const { onVisit, onTrouble, goesOn } = options;
  const { diary, clock, people, stock } = parts;
  const { pages } = diary;
  const ticks = new Ticks(clock);
  const floor = historyFloor(parts, ticks);
  let agenda: Due[] = [];
  while (pages.next < pages.visits && goesOn()) {
    const from = pages.next;
    const to = Math.min(from + TOGETHER, pages.visits);
    const at = timeOf(pages, from);
    await settle(
      parts,
      agenda.filter((due) => due.at <= at),
    );
    agenda = agenda.filter((due) => due.at > at);
    clock.moveTo(at);
    for (const [share, agent, lane] of MOVES) {
      const n = Math.floor(share * pages.visits);
      if (from <= n && n < to) await promote(people, agent, lane);
    }
    pages.next = to;
    diary.write();
    const visits = Array.from({ length: to - from }, (_, i) => planVisit(stock, pages.seed, from + i, QUALITY));
    const works = byCustomer(visits).map((some) => async () => {
      const later: Due[] = [];
      for (const visit of some) later.push(...(await attend(parts, floor, visit).catch(noted(onTrouble))));
      return later;
    });
    const later = await ticks.together(works);
    agenda = [...agenda, ...later.flat()].sort((a, b) => a.at - b.at);
    onVisit(to, pages.visits);
  }
  await settle(
    parts,
    agenda.filter(({ at }) => at <= Date.now()),
  );
}

/** A customer is in one conversation at a time, so that what is counted for them has one order. */
function byCustomer(visits: readonly Visit[]): Visit[][] {
  const groups = new Map<string, Visit[]>();
  for (const visit of visits) {
    const { customer_id } = visit.customer;
    groups.set(customer_id, [...(groups.get(customer_id) ?? []), visit]);
  }
  return [...groups.values()];
}

const noted =
  (onTrouble: HistoryOptions['onTrouble']) =>
  (error: unknown): Due[] => {
    onTrouble(error);
    return [];
  };

async function attend(parts: HistoryParts, floor: Floor, visit: Visit): Promise<Due[]> {
  const { agents, shop, stock, diary, clock } = parts;
  const { seed } = diary.pages;
  await floor.pause(new Draw(seed ^ 0x91, visit.n).between(0, APART_SECONDS), visit);
  const { ending, done, isBad } = await play(visit, stock, { agent: agents[visit.agent], shop, floor });
  await review(parts, visit, done);
  const begun = clock.read();
  return laterOf(visit, ending === 'with_people', isBad, seed).map((later) => ({
    at: begun + later.afterSeconds * 1_000,
    visit,
    later,
  }));
}

/** What is known of earlier visits by now, a few at a time. */
async function settle({ clock, outcomes }: HistoryParts, due: readonly Due[]): Promise<void> {
  for (let i = 0; i < due.length; i += TOGETHER) {
    const some = due.slice(i, i + TOGETHER);
    clock.moveTo(some[0]?.at ?? 0);
    await Promise.all(some.map(({ visit, later }) => outcomes.tell(visit, later)));
  }
}

/** Time passes by itself, and holds are answered within minutes. Now and then nobody answers, and the safe default does. */
function historyFloor({ clock, people, diary }: HistoryParts, ticks: Ticks): Floor {
  const { seed } = diary.pages;
  return {
    now: clock.read,
    pause: (seconds) => ticks.pause(seconds * 3),
    async untilAnswered(waiting) {
      const draw = new Draw(seed ^ 0xa5, waiting.visit.n * 64 + waiting.no);
      const isSilent = draw.chance(0.015);
      await ticks.pause(isSilent ? SILENT_SECONDS : draw.between(60, 540));
      if (isSilent) return silence(people, waiting);
      const hold = (await people.openHolds(waiting.visit.agent)).find(({ action }) => action === waiting.hold.action);
      if (hold) await people.answer(hold, answerTo({ ...waiting, n: waiting.visit.n }, seed), draw.chance(0.15));
    },
  };
}

const SILENT_SECONDS = 3_600;
const WAIT_SECONDS = 5;

/** The server's own clock looks every quarter of a second; what it does about silence is waited for. */
async function silence(people: People, { hold }: Waiting): Promise<void> {
  if (hold.action === null) return;
  await people.as('floor.lead').action.show({ id: hold.action }, { wait: WAIT_SECONDS });
}

async function promote(people: People, agent: AgentName, lane: string): Promise<void> {
  const reason = 'Sample data: its first weeks under supervision were clean enough';
  await once(() => people.as('head.of.support').agent.state({ name: agent }, { lane, state: 'limited', reason }));
}

const LOOKED_AT = 0.12;
const FOUND = 0.8;

async function review({ people, diary }: HistoryParts, visit: Visit, done: Awaited<ReturnType<typeof play>>['done']) {
  const draw = new Draw(diary.pages.seed ^ 0x3e11, visit.n);
  for (const one of done)
    if (draw.chance(one.act.bad === undefined ? LOOKED_AT : FOUND) && isJudged(one.act.tool)) await people.judge(one);
}

const isJudged = (tool: string): boolean => !/^(?:find_|get_|open_)/.test(tool);
