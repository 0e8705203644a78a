/** Whether the agent is stopped, as far as its own side knows: bites at once, also for what the gate had allowed already. */
import type { AnswerOf } from '@surety/core/wire';

export interface StopEvent {
  readonly type: 'agent.stopped' | 'agent.resumed';
  readonly lane?: string | undefined;
}

export class Stops {
  readonly #lanes = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #everywhere = false;
  #heard = 0;

  /** Events that were heard so far: what was asked before the latest of them says nothing about it. */
  get heard(): number {
    return this.#heard;
  }

  isStopped(lane: string | null | undefined): boolean {
    return this.#everywhere || (typeof lane === 'string' && this.#lanes.has(lane));
  }

  /** As the server folds it: without a lane it stops, or resumes, everywhere. */
  hear({ type, lane }: StopEvent): void {
    this.#heard++;
    if (type === 'agent.stopped') {
      if (lane === undefined) this.#everywhere = true;
      else this.#lanes.add(lane);
      for (const listener of [...this.#listeners]) listener();
    } else if (lane === undefined) {
      this.#everywhere = false;
      this.#lanes.clear();
    } else this.#lanes.delete(lane);
  }

  /** What the server says now, where no event came while it was asked. */
  learn({ stopped, lanes }: AnswerOf<'agent.trust'>, heardBefore: number): void {
    if (this.#heard !== heardBefore) return;
    this.hear({ type: 'agent.resumed' });
    if (stopped) this.hear({ type: 'agent.stopped' });
    for (const { lane } of lanes.filter((one) => one.stopped)) this.hear({ type: 'agent.stopped', lane });
  }

  /** A signal that is aborted at the next stop; call the function when it is no longer needed. */
  signal(): { readonly signal: AbortSignal; readonly release: () => void } {
    const controller = new AbortController();
    const listener = () => controller.abort();
    this.#listeners.add(listener);
    return { signal: controller.signal, release: () => this.#listeners.delete(listener) };
  }
}
