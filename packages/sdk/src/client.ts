/** The client: a view of the contract's routes, with what an agent's side needs while the gate is away. */
import { Calls } from './calls.ts';
import type { Gate } from './gate.ts';
import { callRoutes, type Routes, viewRoutes } from './routes.ts';
import { Delivery } from './spool/delivery.ts';
import { openFileSpool } from './spool/file-spool.ts';
import { memorySpool } from './spool/spool.ts';
import { connect, type Transport } from './transport.ts';
import { follow, type StreamEvent } from './watch/event-stream.ts';
import { Guide } from './watch/guide.ts';
import { Stops } from './watch/stops.ts';

export interface SuretyOptions {
  /** The server's address. */
  readonly url: string;
  /** An API key: of the agent, where tools are guarded. */
  readonly key: string;
  /** The agent's name; without one the client is a view of the routes and follows nothing. */
  readonly agent?: string | undefined;
  /** With the local key of `server.json`: the person on whose behalf it acts. */
  readonly as?: string | undefined;
  /** The agent's own tool that gives a conversation to a person. */
  readonly handOver?: string | undefined;
  /** How long an answer may take; 2,000 by default. */
  readonly deadlineMs?: number | undefined;
  /** A file that keeps reports while the server is away, also over a kill; in memory without it. */
  readonly spool?: string | undefined;
  /** False: follow no stops, for a process that lives only for one call. The gate refuses a stopped agent all the same. */
  readonly follow?: boolean | undefined;
  /** Hears what an engineer must know, such as a report that was refused; `console.warn` by default. */
  readonly warn?: ((sentence: string) => void) | undefined;
}

export type Surety = Routes & {
  readonly gate: Gate;
  /** Resolves when the client knows its guide and its stops, or has failed to learn them. */
  ready(): Promise<void>;
  /** Sends what is spooled; whether all of it arrived. */
  flush(withinMs?: number): Promise<boolean>;
  /** Sends what is spooled and lets go of every connection, so that a process can end. */
  close(): Promise<void>;
};

export const DEADLINE_MS = 2_000;

/** `const client = surety({ url, key, agent: 'refund-bot' })` */
export function surety(options: SuretyOptions): Surety {
  const {
    url,
    key,
    agent,
    deadlineMs = DEADLINE_MS,
    warn = (sentence) => console.warn(`surety: ${sentence}`),
  } = options;
  if (agent !== undefined && !/^[A-Za-z0-9._-]{1,96}$/.test(agent))
    throw new Error(`\`agent\` is "${agent}": a name has up to 96 letters, digits, dots, dashes and underscores`);
  if (!Number.isFinite(deadlineMs) || deadlineMs <= 0)
    throw new Error(`\`deadlineMs\` is ${deadlineMs}: give a number of milliseconds above 0`);
  const transport = connect(url, key, options.as);
  const call = callRoutes(transport, deadlineMs);
  const spool = options.spool === undefined ? memorySpool() : openFileSpool(options.spool);
  const gate: Gate = {
    agent: agent ?? '',
    deadlineMs,
    handOver: options.handOver,
    call,
    guide: new Guide(call, agent ?? ''),
    stops: new Stops(),
    delivery: new Delivery(spool, call, warn),
    calls: new Calls(),
    warn,
  };
  const known = agent === undefined ? Promise.resolve() : learn(gate);
  const unfollow = agent === undefined || options.follow === false ? () => {} : followStops(gate, transport);
  if (spool.size > 0) void gate.delivery.flush(deadlineMs);
  return {
    ...viewRoutes(call),
    gate,
    ready: () => known,
    flush: (withinMs = deadlineMs) => gate.delivery.flush(withinMs),
    async close() {
      unfollow();
      gate.guide.close();
      await gate.delivery.flush(deadlineMs);
      gate.delivery.close();
    },
  };
}

async function learn(gate: Gate): Promise<void> {
  await Promise.all([gate.guide.refresh(), learnStops(gate)]);
}

const TRIES = 3;

/** Asked again where an event came meanwhile, which may be newer than the answer. */
async function learnStops({ call, stops, agent }: Gate): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { heard } = stops;
    try {
      const trust = await call('agent.trust', { params: { name: agent } });
      if (stops.heard === heard) return stops.learn(trust, heard);
    } catch {
      // What was known stays; the gate itself refuses a stopped agent.
      return;
    }
  }
}

function followStops(gate: Gate, transport: Transport): () => void {
  return follow({
    transport,
    path: '/v1/events',
    deadlineMs: gate.deadlineMs,
    // While it was cut off, a stop or a new pact may have passed by.
    onOpen: () => void learn(gate).then(() => gate.delivery.flush(gate.deadlineMs)),
    onEvent: (event) => hear(gate, event),
  });
}

function hear(gate: Gate, { type: named, data }: StreamEvent): void {
  const event = eventOf(data);
  const type = typeof event?.['type'] === 'string' ? event['type'] : named;
  if (type.startsWith('pact.')) void gate.guide.refresh();
  if (event?.['agent'] !== gate.agent || (type !== 'agent.stopped' && type !== 'agent.resumed')) return;
  const { lane } = event;
  gate.stops.hear({ type, lane: typeof lane === 'string' ? lane : undefined });
}

function eventOf(data: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
