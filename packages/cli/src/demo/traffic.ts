/** The traffic that goes on while one watches: a visit every few seconds, whatever becomes of the one before. */
import { type Surety, surety } from '@surety/sdk';
import type { SampleAgent } from './agent.ts';
import type { Diary } from './diary.ts';
import { laterOf } from './later.ts';
import { ClosedError, LiveFloor } from './live-floor.ts';
import type { Outcomes } from './outcomes.ts';
import type { People } from './people.ts';
import { play } from './play.ts';
import { Queue } from './queue.ts';
import type { Script } from './scripts/ending.ts';
import type { Shop } from './shop.ts';
import type { Stock } from './stock.ts';
import type { Done } from './talk.ts';
import { AGENTS, type AgentName, type Kind, planVisit, QUALITY, type Visit, type Wanted, WORSE } from './visit.ts';

export interface TrafficParts {
  readonly address: string;
  readonly agents: Readonly<Record<AgentName, SampleAgent>>;
  readonly people: People;
  readonly outcomes: Outcomes;
  readonly shop: Shop;
  readonly stock: Stock;
  readonly diary: Diary;
}

export interface TrafficOptions {
  readonly speed: number;
  readonly onTrouble: (error: unknown) => void;
}

/** How a visit is played, beside how it is planned. */
export interface Manner {
  readonly script?: Script;
  /** Without pauses, and its end known at once. */
  readonly isQuick?: boolean;
  /** Its holds are left for the person who looks on. */
  readonly keepsHolds?: boolean;
}

const EVERY_MS = 4_500;
const AT_ONCE = 6;
/** Below what the pact lets an agent refund in a day, so that there is room for what is asked for. */
const REFUNDS_A_DAY = 550;
const STOPPED_SHARE = 4;
const DAY_MS = 86_400_000;
const LANE_KINDS: readonly (readonly [lane: string, kind: Kind])[] = [
  ['refund_checks', 'refund'],
  ['escalation_routing', 'escalation'],
  ['reply_drafting', 'question'],
  ['ticket_triage', 'triage'],
];

export class Traffic {
  readonly #parts: TrafficParts;
  readonly #options: TrafficOptions;
  readonly #floor: LiveFloor;
  readonly #queue: Queue;
  readonly #ears: Readonly<Record<AgentName, Surety>>;
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #keeping = new Set<string>();
  readonly #refunded = new Map<string, number>();
  #inFlight = 0;
  #isClosed = false;

  constructor(parts: TrafficParts, options: TrafficOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#queue = new Queue({ ...parts, onTrouble: options.onTrouble });
    this.#floor = new LiveFloor({ speed: options.speed, park: (waiting) => this.#park(waiting) });
    const { keys } = parts.diary.pages;
    const listen = (agent: AgentName) =>
      surety({ url: parts.address, key: keys[agent] ?? '', agent, warn: () => undefined });
    this.#ears = { aria: listen('aria'), bolt: listen('bolt') };
  }

  start(): void {
    this.#queue.start();
    for (const agent of AGENTS) this.#listen(agent);
    this.#next();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#floor.close();
    await this.#queue.close();
    for (const agent of AGENTS) await this.#ears[agent].close();
  }

  /** A number of its own for what somebody asked for. */
  takeAsked(): number {
    const { diary } = this.#parts;
    diary.pages.asked++;
    diary.write();
    return diary.pages.asked;
  }

  setWorse(isWorse: boolean): void {
    this.#parts.diary.pages.isWorse = isWorse;
    this.#parts.diary.write();
  }

  /** Plays a visit from now on; resolves at its end, and never throws. */
  async visit(wanted: Wanted = {}, manner: Manner = {}): Promise<void> {
    const { diary, stock } = this.#parts;
    const n = diary.pages.next++;
    diary.write();
    const quality = diary.pages.isWorse ? { ...QUALITY, bolt: WORSE } : QUALITY;
    const planned = planVisit(stock, diary.pages.seed, n, quality, this.#atHand(n, wanted));
    const visit =
      this.#isSpent(planned.agent) && planned.kind === 'refund' ? { ...planned, kind: 'question' as const } : planned;
    if (manner.isQuick) this.#floor.hurry(visit.id);
    if (manner.keepsHolds) this.#keeping.add(visit.id);
    this.#inFlight++;
    try {
      await this.#play(visit, manner);
    } catch (error) {
      if (!(error instanceof ClosedError) && !this.#isClosed) this.#options.onTrouble(error);
    } finally {
      this.#inFlight--;
      this.#floor.forget(visit.id);
      this.#keeping.delete(visit.id);
    }
  }

  after(ms: number, does: () => void): void {
    if (this.#isClosed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      does();
    }, ms);
    this.#timers.add(timer);
  }

  async #play(visit: Visit, { script, isQuick = false }: Manner): Promise<void> {
    const { agents, shop, stock, diary } = this.#parts;
    const { ending, done, isBad } = await play(
      visit,
      stock,
      { agent: agents[visit.agent], shop, floor: this.#floor },
      script,
    );
    this.#count(visit.agent, done);
    const wait = (seconds: number) => (isQuick ? 0 : Math.min(120, 3 + seconds / 600) * 1_000) / this.#options.speed;
    for (const one of done)
      if (one.act.bad !== undefined) this.after(wait(1_800), () => this.#quietly(this.#parts.people.judge(one)));
    for (const later of laterOf(visit, { isWithPeople: ending === 'with_people', isBad, done }, diary.pages.seed))
      this.after(wait(later.afterSeconds), () => this.#quietly(this.#parts.outcomes.tell(visit, later)));
  }

  #quietly(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!this.#isClosed) this.#options.onTrouble(error);
    });
  }

  /** Who waits for a person holds up nobody else. */
  async #park(waiting: Parameters<Queue['park']>[0]): Promise<void> {
    this.#inFlight--;
    try {
      await this.#queue.park(waiting, this.#keeping.has(waiting.visit.id));
    } finally {
      this.#inFlight++;
    }
  }

  #next(): void {
    if (this.#inFlight < AT_ONCE) void this.visit();
    this.after(EVERY_MS / this.#options.speed, () => this.#next());
  }

  /** After a stop the agent acts again at once: what the gate says to that is what one wants to see. */
  #listen(agent: AgentName): void {
    const { stops } = this.#ears[agent].gate;
    const { signal, release } = stops.signal();
    signal.addEventListener('abort', () => {
      release();
      if (this.#isClosed) return;
      this.#floor.wake(agent);
      const kind = LANE_KINDS.find(([lane]) => stops.isStopped(lane))?.[1] ?? 'question';
      void this.visit({ agent, kind, slip: 'none' }, { isQuick: true });
      this.#listen(agent);
    });
  }

  /** Most customers of a stopped agent come to the other one; those who do not are given to people. */
  #atHand(n: number, wanted: Wanted): Wanted {
    const isStopped = (agent: AgentName) => this.#ears[agent].gate.stops.isStopped(undefined);
    const [other] = AGENTS.filter((agent) => !isStopped(agent));
    if (wanted.agent !== undefined || other === undefined || AGENTS.every((agent) => !isStopped(agent))) return wanted;
    return n % STOPPED_SHARE === 0 ? wanted : { ...wanted, agent: other };
  }

  #isSpent(agent: AgentName): boolean {
    return (this.#refunded.get(this.#today(agent)) ?? 0) > REFUNDS_A_DAY;
  }

  #count(agent: AgentName, done: readonly Done[]): void {
    const sum = done.reduce((all, { act }) => all + (act.tool === 'issue_refund' ? Number(act.args['amount']) : 0), 0);
    this.#refunded.set(this.#today(agent), (this.#refunded.get(this.#today(agent)) ?? 0) + sum);
  }

  #today = (agent: AgentName): string => `${agent} ${Math.floor(Date.now() / DAY_MS)}`;
}
