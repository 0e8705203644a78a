/** The last guide the client saw: what each tool is, and what holds for it while the gate cannot be reached. */
import type { AnswerOf } from '@surety/core/wire';
import type { CallRoute } from '../routes.ts';

export type ToolGuide = AnswerOf<'agent.guide'>['tools'][string];

const REFRESH_MS = 60_000;
const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

export class Guide {
  readonly #call: CallRoute;
  readonly #agent: string;
  #tools: AnswerOf<'agent.guide'>['tools'] | undefined;
  #loading: Promise<void> | undefined;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = FIRST_RETRY_MS;
  readonly #pacts = new Map<string, string>();
  #closed = false;

  constructor(call: CallRoute, agent: string) {
    this.#call = call;
    this.#agent = agent;
  }

  /** Undefined where no guide was seen, or it does not know the tool: then nothing goes on. */
  find(tool: string): ToolGuide | undefined {
    return this.#tools && Object.hasOwn(this.#tools, tool) ? this.#tools[tool] : undefined;
  }

  get isKnown(): boolean {
    return this.#tools !== undefined;
  }

  /** Fetches it now; once more where it is being fetched already, since that answer may be older than the reason. */
  refresh(): Promise<void> {
    if (this.#loading) this.#again = true;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
      if (this.#again && !this.#closed) {
        this.#again = false;
        void this.refresh();
      }
    });
    return this.#loading;
  }

  /** Another pact in a lane than that of the answer before: what the guide says may have changed. */
  notice(lane: string | null, pact: string | null): void {
    const isNew = lane !== null && pact !== null && this.#pacts.get(lane) !== pact;
    if (isNew) this.#pacts.set(lane, pact);
    if (isNew || !this.isKnown) void this.refresh();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #load(): Promise<void> {
    clearTimeout(this.#timer);
    let nextMs = REFRESH_MS;
    try {
      this.#tools = (await this.#call('agent.guide', { params: { name: this.#agent } })).tools;
      this.#retryMs = FIRST_RETRY_MS;
    } catch {
      // The one before stays: it is the last pact the client saw.
      nextMs = this.#retryMs;
      this.#retryMs = Math.min(2 * this.#retryMs, LAST_RETRY_MS);
    }
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.refresh(), nextMs);
    this.#timer.unref?.();
  }
}
