/** Entries as they become durable, as server-sent events; `Last-Event-ID` resumes from the ledger, nothing is missed. */
import type { ServerResponse } from 'node:http';
import type { Placed } from '@surety/core/evidence';
import { ROLES } from '@surety/core/terms';
import { WIRE_LIMITS } from '@surety/core/wire';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../operations/context.ts';
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
  const heartbeat = setInterval(() => {
    for (const stream of open) void stream.beat();
  }, HEARTBEAT_MS);
  heartbeat.unref();
  app.get<{ Querystring: { from?: string } }>('/v1/events', async (request, reply) => {
    const actor = await door.admit(request);
    authorise(actor, { may: [...ROLES] });
    if (open.size >= WIRE_LIMITS.eventStreams)
      throw new Refusal(
        'rate.exceeded',
        `At most ${WIRE_LIMITS.eventStreams} event streams are open at once; close one`,
      );
    const from = startOf(request.headers['last-event-id'], request.query.from, context.writer.position.size);
    reply.hijack();
    const stream = new Stream(reply.raw, context, actor, from, () => door.admit(request, true));
    open.add(stream);
    reply.raw.on('close', () => open.delete(stream));
    stream.wake();
  });
  return {
    wake() {
      for (const stream of open) stream.wake();
    },
    close() {
      clearInterval(heartbeat);
      for (const stream of open) stream.end();
    },
  };
}

/** After the last one that was seen; without one, from here on. */
function startOf(last: string | string[] | undefined, from: string | undefined, size: number): number {
  const text = typeof last === 'string' ? last : undefined;
  if (text !== undefined && /^\d{1,15}$/.test(text)) return Number(text) + 1;
  return from !== undefined && /^\d{1,15}$/.test(from) ? Number(from) : size;
}

class Stream {
  readonly #response: ServerResponse;
  readonly #context: Context;
  readonly #actor: Actor;
  readonly #admit: () => Promise<Actor>;
  #next: number;
  #isPumping = false;

  constructor(response: ServerResponse, context: Context, actor: Actor, from: number, admit: () => Promise<Actor>) {
    this.#response = response;
    this.#context = context;
    this.#actor = actor;
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

  write(text: string): void {
    if (!this.#response.writableEnded) this.#response.write(text);
  }

  /** Whose key was revoked or whose session is over hears nothing more. */
  async beat(): Promise<void> {
    try {
      await this.#admit();
      this.write(': still here\n\n');
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
    });
  }

  async #pump(): Promise<void> {
    try {
      while (!this.#response.writableEnded && this.#next < this.#context.writer.position.size) {
        for (const entry of await entriesFrom(this.#context, this.#next)) {
          this.#next = entry.seq + 1;
          if (mayHear(this.#actor, entry)) this.write(eventOf(entry));
        }
      }
    } catch {
      // The reader comes back with the last id it saw.
      this.end();
    }
  }
}

/** An agent's key hears of its own agent, and that a pact changed. */
function mayHear({ roles, by }: Actor, { type, data }: Placed): boolean {
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
