/** Entries as they become durable, as server-sent events; `Last-Event-ID` resumes from the ledger, nothing is missed. */
import type { ServerResponse } from 'node:http';
import { KINDS, type Placed } from '@surety/core/evidence';
import { ROLES } from '@surety/core/terms';
import { WIRE_LIMITS } from '@surety/core/wire';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../operations/context.ts';
import { LeavingError } from '../operations/errors.ts';
import { entriesFrom } from '../operations/ledger/follow.ts';
import type { Actor } from '../operations/operation.ts';
import { authorise, type Doorkeeper } from './auth.ts';
import { Refusal } from './problem.ts';

const HEARTBEAT_MS = 15_000;

export interface EventStreams {
  /** Entries became durable. */
  wake(): void;
  close(): void;
}

export function addEventRoute(app: FastifyInstance, context: Context, door: Doorkeeper): EventStreams {
  const open = new Set<Stream>();
  let isClosed = false;
  const heartbeat = setInterval(() => {
    for (const stream of open) void stream.beat();
  }, HEARTBEAT_MS);
  heartbeat.unref();
  app.get<{ Querystring: { from?: string; kinds?: string } }>('/v1/events', async (request, reply) => {
    const actor = await door.admit(request);
    authorise(actor, { may: [...ROLES] });
    // Another node may have told it what this one has not read yet.
    await context.writer.catchUp();
    const from = startOf(request.headers['last-event-id'], request.query.from, context.writer.position.size);
    const kinds = kindsOf(request.query.kinds);
    // Who comes back while the others are sent away would keep the server for as long as they listen.
    if (isClosed) throw new LeavingError();
    const theirs = [...open].filter(({ by }) => by === actor.by).length;
    if (theirs >= WIRE_LIMITS.eventStreamsEach || open.size >= WIRE_LIMITS.eventStreams)
      throw new Refusal(
        'rate.exceeded',
        `At most ${WIRE_LIMITS.eventStreams} event streams are open at once, ${WIRE_LIMITS.eventStreamsEach} of one key or person; close one`,
      );
    reply.hijack();
    // Who left meanwhile would never be heard to leave.
    if (reply.raw.destroyed) return;
    const mayHear = (entry: Placed) => (kinds?.has(entry.type) ?? true) && isTold(actor, entry);
    const stream = new Stream(actor.by, reply.raw, context, mayHear, from, () => door.admit(request, true));
    open.add(stream);
    reply.raw.on('close', () => open.delete(stream));
    stream.wake();
  });
  return {
    wake() {
      for (const stream of open) stream.wake();
    },
    close() {
      isClosed = true;
      clearInterval(heartbeat);
      for (const stream of open) stream.end();
    },
  };
}

/** After the last one that was seen; without one, or where it was of a longer ledger that this one continues, from here on. */
function startOf(last: string | string[] | undefined, from: string | undefined, size: number): number {
  const text = typeof last === 'string' ? last : undefined;
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Math.min(Number(text) + 1, size);
  return from !== undefined && /^\d{1,15}$/.test(from) ? Math.min(Number(from), size) : size;
}

/** `?kinds=hold,action.decided`: a noun is all of its kinds. */
function kindsOf(text: string | undefined): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined;
  const all = Object.keys(KINDS);
  const kinds = new Set<string>();
  for (const name of text.split(',')) {
    const named = all.filter((kind) => kind === name || kind.startsWith(`${name}.`));
    if (named.length === 0)
      throw new Refusal('request.malformed', `kinds: there is no ${name}; docs/ledger-format.md lists the kinds`);
    for (const kind of named) kinds.add(kind);
  }
  return kinds;
}

class Stream {
  readonly by: string;
  readonly #response: ServerResponse;
  readonly #context: Context;
  readonly #mayHear: (entry: Placed) => boolean;
  readonly #admit: () => Promise<Actor>;
  #next: number;
  #isPumping = false;

  constructor(
    by: string,
    response: ServerResponse,
    context: Context,
    mayHear: (entry: Placed) => boolean,
    from: number,
    admit: () => Promise<Actor>,
  ) {
    this.by = by;
    this.#response = response;
    this.#context = context;
    this.#mayHear = mayHear;
    this.#admit = admit;
    this.#next = from;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 1000\n\n');
  }

  /** Waits for a reader that is behind: what it has not read yet lies in the ledger and not in memory. */
  async #write(text: string): Promise<void> {
    const response = this.#response;
    if (response.writableEnded || response.destroyed || response.write(text)) return;
    await new Promise<void>((resolve) => {
      const go = () => {
        response.off('drain', go).off('close', go);
        resolve();
      };
      response.on('drain', go).on('close', go);
    });
  }

  /** Whose key was revoked or whose session is over hears nothing more. */
  async beat(): Promise<void> {
    try {
      await this.#admit();
      // The id alone: who resumes need not pass again what its kinds left out.
      const id = this.#isPumping || this.#next === 0 ? '' : `id: ${this.#next - 1}\n`;
      if (!this.#response.writableNeedDrain) await this.#write(`${id}: still here\n\n`);
    } catch {
      this.end();
    }
  }

  end(): void {
    this.#response.end();
  }

  wake(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    void this.#pump().finally(() => {
      this.#isPumping = false;
      // What became durable between the last look and now woke nobody.
      if (this.#isOpen && this.#next < this.#context.writer.position.size) this.wake();
    });
  }

  get #isOpen(): boolean {
    return !this.#response.writableEnded && !this.#response.destroyed;
  }

  async #pump(): Promise<void> {
    try {
      while (this.#isOpen && this.#next < this.#context.writer.position.size) {
        for (const entry of await entriesFrom(this.#context, this.#next)) {
          this.#next = entry.seq + 1;
          if (this.#mayHear(entry)) await this.#write(eventOf(entry));
          if (!this.#isOpen) return;
        }
      }
    } catch {
      // The reader comes back with the last id it saw.
      this.end();
    }
  }
}

/** An agent's key hears of its own agent, and that a pact changed. */
function isTold({ roles, by }: Actor, { type, data }: Placed): boolean {
  if (!roles.includes('agent') || type.startsWith('pact.')) return true;
  return 'agent' in data && by === `agent:${data.agent}`;
}

/** Thin: what happened, to whom, where it lies. */
function eventOf({ seq, id, type, at, by, data }: Placed): string {
  const { agent, lane, conversation, action, hold, decision, answer } = data as Readonly<Record<string, unknown>>;
  const thin = JSON.stringify({
    seq,
    id,
    type,
    at,
    by,
    agent,
    lane,
    conversation,
    action,
    hold: typeof hold === 'string' ? hold : undefined,
    decision,
    answer,
  });
  return `id: ${seq}\nevent: ${type}\ndata: ${thin}\n\n`;
}
