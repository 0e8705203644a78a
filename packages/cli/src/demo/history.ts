/** The history of the sample desk: some weeks of visits, played against the real server under a clock that jumps. */
import type { SampleAgent } from './agent.ts';
import type { Diary } from './diary.ts';
import { Draw } from './draw.ts';
import { type Later, laterOf } from './later.ts';
import type { Outcomes } from './outcomes.ts';
import { answerTo, type People } from './people.ts';
import { play } from './play.ts';
import type { SampleClock } from './sample-clock.ts';
import type { Shop } from './shop.ts';
import type { Stock } from './stock.ts';
import type { Floor, Waiting } from './talk.ts';
import { Ticks } from './ticks.ts';
import { AGENTS, type AgentName, planVisit, QUALITY, type Visit } from './visit.ts';
import { mondaysIn, signWeek } from './weekly-round.ts';

export interface HistoryParts {
  /** One more of this agent beside those at work: each reports what it did one thing after the other. */
  readonly open: (name: AgentName) => Promise<SampleAgent>;
  readonly people: People;
  readonly outcomes: Outcomes;
  readonly shop: Shop;
  readonly stock: Stock;
  readonly clock: SampleClock;
  readonly diary: Diary;
}

export const WEEKS = 5;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const OPENS_MS = 8 * 3_600_000;
const OPEN_MS = 11 * 3_600_000;

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
/** Words of the helpdesk that it brings at the same time. */
const AT_ONCE = 48;

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
  const crew = await openCrew(parts);
  try {
    await playAll({ ...parts, crew }, options);
  } finally {
    await Promise.all(AGENTS.flatMap((name) => crew[name].map((agent) => agent.close())));
  }
}

type Crew = Readonly<Record<AgentName, readonly SampleAgent[]>>;
type Parts = HistoryParts & { readonly crew: Crew };

async function openCrew({ open }: HistoryParts): Promise<Crew> {
  const some = (name: AgentName) => Promise.all(Array.from({ length: TOGETHER }, () => open(name)));
  const [aria, bolt] = await Promise.all([some('aria'), some('bolt')]);
  return { aria, bolt };
}

async function playAll(parts: Parts, options: HistoryOptions): Promise<void> {
  const { onVisit, onTrouble, goesOn } = options;
  const { diary, clock, stock } = parts;
  const { pages } = diary;
  const ticks = new Ticks(clock);
  const floor = historyFloor(parts, ticks);
  const calendar = new Calendar(parts);
  while (pages.next < pages.visits && goesOn()) {
    const from = pages.next;
    const to = Math.min(from + TOGETHER, pages.visits);
    await calendar.passTo(timeOf(pages, from));
    pages.next = to;
    diary.write();
    const visits = Array.from({ length: to - from }, (_, i) => planVisit(stock, pages.seed, from + i, QUALITY));
    const works = byCustomer(visits).map((some) => async () => {
      for (const visit of some) calendar.add(await attend(parts, floor, visit).catch(noted(onTrouble)));
    });
    await ticks.together(works);
    onVisit(to, pages.visits);
  }
  if (pages.next >= pages.visits) await calendar.passTo(pages.begins + WEEKS * WEEK_MS);
}

/** What happens between visits: what is known of earlier ones by then, and the Monday rounds. */
class Calendar {
  readonly #parts: HistoryParts;
  #due: Due[] = [];

  constructor(parts: HistoryParts) {
    this.#parts = parts;
  }

  add(due: readonly Due[]): void {
    this.#due = [...this.#due, ...due].sort((a, b) => a.at - b.at);
  }

  async passTo(at: number): Promise<void> {
    const { clock, people, diary } = this.#parts;
    const { begins } = diary.pages;
    for (const monday of mondaysIn(clock.read(), at)) {
      await this.#settle(monday);
      await signWeek(people, monday, begins, begins + WEEKS * WEEK_MS);
    }
    await this.#settle(at);
  }

  /** The helpdesk brings what it knows with the times at which it happened, many words at once. */
  async #settle(at: number): Promise<void> {
    const { clock, outcomes } = this.#parts;
    clock.moveTo(at);
    const due = this.#due.filter((one) => one.at <= at);
    this.#due = this.#due.filter((one) => one.at > at);
    for (let i = 0; i < due.length; i += AT_ONCE)
      await Promise.all(due.slice(i, i + AT_ONCE).map(({ at, visit, later }) => outcomes.tell(visit, later, at)));
  }
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

async function attend(parts: Parts, floor: Floor, visit: Visit): Promise<Due[]> {
  const { crew, shop, stock, diary, clock } = parts;
  const { seed } = diary.pages;
  await floor.pause(new Draw(seed ^ 0x91, visit.n).between(0, APART_SECONDS), visit);
  const { ending, done, isBad } = await play(visit, stock, { agent: crewOf(crew, visit), shop, floor });
  await review(parts, visit, done);
  const begun = clock.read();
  return laterOf(visit, { isWithPeople: ending === 'with_people', isBad, done }, seed).map((later) => ({
    at: begun + later.afterSeconds * 1_000,
    visit,
    later,
  }));
}

function crewOf(crew: Crew, { agent, n }: Visit): SampleAgent {
  const found = crew[agent][n % TOGETHER];
  if (!found) throw new Error(`Nobody of ${agent} is at work`);
  return found;
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
      if (!hold) return;
      const isBackup = draw.chance(0.15);
      if (draw.chance(TAKEN_UP)) {
        await people.takeUp(hold, isBackup);
        await ticks.pause(draw.between(20, 240));
      }
      await people.answer(hold, answerTo({ ...waiting, n: waiting.visit.n }, seed), isBackup);
    },
  };
}

const SILENT_SECONDS = 3_600;
/** How often the work on an answer is timed. */
const TAKEN_UP = 0.4;
const WAIT_SECONDS = 5;

/** The server's own clock looks every quarter of a second; what it does about silence is waited for. */
async function silence(people: People, { hold }: Waiting): Promise<void> {
  if (hold.action === null) return;
  await people.as('floor.lead').action.show({ id: hold.action }, { wait: WAIT_SECONDS });
}

const LOOKED_AT = 0.12;
const FOUND = 0.8;

async function review({ people, diary }: HistoryParts, visit: Visit, done: Awaited<ReturnType<typeof play>>['done']) {
  const draw = new Draw(diary.pages.seed ^ 0x3e11, visit.n);
  for (const one of done)
    if (draw.chance(one.act.bad === undefined ? LOOKED_AT : FOUND) && isJudged(one.act.tool)) await people.judge(one);
}

const isJudged = (tool: string): boolean => !/^(?:find_|get_|open_)/.test(tool);
