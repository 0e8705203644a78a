/** Liveness, readiness, figures for Prometheus, and the contract as OpenAPI. No customer or conversation in a label. */
import type { Placed } from '@surety/core/evidence';
import { openApi } from '@surety/core/wire';
import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Context } from '../operations/context.ts';

export const VERSION = '0.1.0';
/** A clock this far behind the ledger's degrades health. */
const CLOCK_BEHIND_MS = 60_000;
const BACKLOG = 5_000;

export interface Health {
  /** Entries became durable. */
  observe(entries: readonly Placed[]): void;
  /** From the request to its answer, in seconds. */
  observeDecision(seconds: number): void;
  drain(): void;
}

export function addHealthRoutes(app: FastifyInstance, context: Context): Health {
  const registry = new Registry();
  const decisions = new Counter({
    name: 'surety_decisions_total',
    help: 'Decisions of the gate',
    labelNames: ['lane', 'decision'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'surety_decision_seconds',
    help: 'From a proposal to its durable answer',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  addGauges(registry, context);
  let isDraining = false;
  app.get('/healthz', async () => ({ status: 'ok', version: VERSION }));
  app.get('/readyz', async (_request, reply) => {
    const state = await readiness(context, isDraining);
    return reply.code(state.ready ? 200 : 503).send(state);
  });
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
  const document = openApi(VERSION);
  app.get('/v1/openapi.json', async () => document);
  return {
    observe(entries) {
      for (const entry of entries)
        if (entry.type === 'action.decided') {
          const { lane, decision } = (entry as Placed<'action.decided'>).data;
          decisions.inc({ lane: lane ?? 'none', decision });
        }
    },
    observeDecision: (took) => seconds.observe(took),
    drain() {
      isDraining = true;
    },
  };
}

function addGauges(registry: Registry, { writer, views, clock }: Context): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('surety_ledger_size', 'Entries in the ledger', () => writer.world.size);
  gauge('surety_holds_open', 'Holds that wait for a person', () => writer.world.holds.size);
  gauge('surety_hold_oldest_seconds', 'Age of the oldest open hold', () => {
    // Holds are kept in the order in which they came.
    const [oldest] = writer.world.holds.values();
    return oldest ? Math.max(0, (clock() - oldest.at) / 1_000) : 0;
  });
  gauge(
    'surety_agents_stopped',
    'Agents that are stopped',
    () => [...writer.world.agents.values()].filter(({ stopped }) => stopped).length,
  );
  gauge('surety_views_behind', 'Entries that the views of the console have not taken in', () =>
    Math.max(0, writer.position.size - views.next),
  );
  gauge('surety_writer_backlog', 'Requests that wait to be recorded', () => writer.backlog);
}

async function readiness({ writer, store, clock }: Context, isDraining: boolean) {
  const problems: string[] = [];
  if (isDraining) problems.push('The server is shutting down');
  try {
    await store.head();
  } catch (error) {
    problems.push((error as Error).message);
  }
  if (writer.backlog > BACKLOG) problems.push(`${writer.backlog} requests wait to be recorded`);
  const behind = writer.world.at - clock();
  if (behind > CLOCK_BEHIND_MS)
    problems.push(`This machine's clock is ${Math.round(behind / 1_000)} s behind the ledger's latest entry; set it`);
  return { ready: problems.length === 0, problems, size: writer.world.size, at: writer.world.at };
}
