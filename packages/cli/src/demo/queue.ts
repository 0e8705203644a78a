/**
 * The queue of holds while one watches. Sample reviewers answer most of it within a minute; a few cards are left for the
 * person who looks on, and answered only before they would expire. So it never grows without bounds.
 */
import type { SampleAgent } from './agent.ts';
import type { Diary, Parked } from './diary.ts';
import { Draw } from './draw.ts';
import { ClosedError } from './live-floor.ts';
import { answerTo, type OpenHold, type People } from './people.ts';
import { callOf, type Waiting } from './talk.ts';
import type { AgentName } from './visit.ts';

export const QUEUE_LIMITS = Object.freeze({ open: 12, left: 6, leftMs: 12 * 60_000, fromMs: 12_000, toMs: 45_000 });
const LOOK_MS = 1_500;

interface Entry {
  readonly parked: Parked;
  readonly since: number;
  /** When a sample reviewer takes it, unless it is left for the person. */
  readonly answerAt: number;
  readonly end: (error?: ClosedError) => void;
}

export interface QueueParts {
  readonly people: People;
  readonly diary: Diary;
  readonly agents: Readonly<Record<AgentName, SampleAgent>>;
  readonly onTrouble: (error: unknown) => void;
}

export class Queue {
  readonly #parts: QueueParts;
  readonly #entries = new Map<string, Entry>();
  /** Actions whose cards are left for the person who looks on. */
  readonly #left = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
    for (const parked of parts.diary.pages.parked) this.#resume(parked);
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look()
        .catch((error: unknown) => this.#parts.onTrouble(error))
        .finally(() => {
          if (!this.#isClosed) this.start();
        });
    }, LOOK_MS);
  }

  /** Resolves when somebody, or silence, has answered. `keep`: only the person who looks on should. */
  park({ visit, hold, no, call_id, tool, args, bad }: Waiting, keep: boolean): Promise<void> {
    const { agent, id, n, customer } = visit;
    const { action } = hold;
    if (action === null) return Promise.resolve();
    const parked = { agent, id, n, customer, action, no, call_id, tool, args, bad: bad ?? null };
    if (keep) this.#left.add(action);
    return new Promise((resolve, reject) => {
      this.#add(parked, (error) => (error ? reject(error) : resolve()));
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#looking;
    for (const { end } of this.#entries.values()) end(new ClosedError('The desk is closed'));
  }

  #add(parked: Parked, end: Entry['end']): void {
    const since = Date.now();
    const draw = new Draw(parked.n, parked.no);
    const answerAt = since + draw.between(QUEUE_LIMITS.fromMs, QUEUE_LIMITS.toMs);
    this.#entries.set(parked.action, { parked, since, answerAt, end });
    if (this.#left.size < QUEUE_LIMITS.left) this.#left.add(parked.action);
    this.#write();
  }

  /** Held before a restart: once answered, exactly that call is made again, and runs where it may. */
  #resume(parked: Parked): void {
    this.#add(parked, (error) => {
      if (error) return;
      const { agent, tool, args, id, customer } = parked;
      const call = callOf({ id, customer }, parked);
      this.#parts.agents[agent].tools[tool](args, call).catch((failed: unknown) => this.#parts.onTrouble(failed));
    });
  }

  #write(): void {
    const { diary } = this.#parts;
    diary.pages.parked = [...this.#entries.values()].map(({ parked }) => parked);
    diary.write();
  }

  async #look(): Promise<void> {
    const open = new Map((await this.#parts.people.openHolds()).map((hold) => [hold.action, hold]));
    for (const [action, { end }] of this.#entries) {
      if (open.has(action)) continue;
      this.#entries.delete(action);
      this.#left.delete(action);
      this.#write();
      end();
    }
    for (const [action, hold] of this.#due(open)) {
      const entry = this.#entries.get(action);
      if (entry) await this.#answer(hold, entry.parked);
    }
  }

  /** Those whose time has come; and while there are too many, the oldest that nobody was to be left. */
  #due(open: ReadonlyMap<string, OpenHold>): [string, OpenHold][] {
    const now = Date.now();
    const free = [...open].filter(([action, { isTaken }]) => this.#entries.has(action) && !isTaken);
    const old = free.filter(([action, { since }]) => this.#left.has(action) && now - since > QUEUE_LIMITS.leftMs);
    const others = free.filter(([action]) => !this.#left.has(action)).sort(([, a], [, b]) => a.since - b.since);
    const tooMany = Math.max(0, open.size - QUEUE_LIMITS.open);
    const ready = others.filter(([action], i) => i < tooMany || (this.#entries.get(action)?.answerAt ?? now) <= now);
    return [...old, ...ready];
  }

  #answer(hold: OpenHold, { n, no, tool, args, bad }: Parked): Promise<void> {
    const { seed } = this.#parts.diary.pages;
    const answer = answerTo({ n, no, tool, args, bad: bad ?? undefined }, seed);
    return this.#parts.people.answer(hold, answer, false);
  }
}
