/** The floor while one watches: real seconds, which a stop cuts short, and holds that wait for people. */
import type { Floor, Waiting } from './talk.ts';
import type { AgentName, Visit } from './visit.ts';

/** The desk closes: whoever waits for something stops waiting. */
export class ClosedError extends Error {}

export interface LiveFloorOptions {
  /** How many times faster than people talk. */
  readonly speed: number;
  /** An act waits for a person from now on. */
  readonly park: (waiting: Waiting) => Promise<void>;
}

export class LiveFloor implements Floor {
  readonly #options: LiveFloorOptions;
  readonly #pausing = new Set<{ readonly agent: AgentName; readonly end: (error?: ClosedError) => void }>();
  readonly #hurried = new Set<string>();
  #isClosed = false;

  constructor(options: LiveFloorOptions) {
    this.#options = options;
  }

  readonly now = (): number => Date.now();

  pause(seconds: number, { agent, id }: Visit): Promise<void> {
    if (this.#isClosed) return Promise.reject(new ClosedError('The desk is closed'));
    if (this.#hurried.has(id)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => pausing.end(), (seconds * 1_000) / this.#options.speed);
      const pausing = {
        agent,
        end: (error?: ClosedError) => {
          clearTimeout(timer);
          this.#pausing.delete(pausing);
          if (error) reject(error);
          else resolve();
        },
      };
      this.#pausing.add(pausing);
    });
  }

  untilAnswered(waiting: Waiting): Promise<void> {
    return this.#isClosed ? Promise.reject(new ClosedError('The desk is closed')) : this.#options.park(waiting);
  }

  /** This visit is played without a pause. */
  hurry(id: string): void {
    this.#hurried.add(id);
  }

  forget(id: string): void {
    this.#hurried.delete(id);
  }

  /** Whoever of this agent thinks or types goes on at once. */
  wake(agent: AgentName): void {
    for (const one of [...this.#pausing]) if (one.agent === agent) one.end();
  }

  close(): void {
    this.#isClosed = true;
    for (const one of [...this.#pausing]) one.end(new ClosedError('The desk is closed'));
  }
}
