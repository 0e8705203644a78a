/** The log as C2SP paths, entries and receipts, for whoever may read all of it. */
import { type Role, STAFF } from '@surety/core/terms';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../operations/context.ts';
import { readLedger } from '../operations/ledger/read.ts';
import { authorise, type Doorkeeper } from './auth.ts';
import { Refusal } from './problem.ts';

const READERS = [
  'steward',
  'governance',
  'auditor',
  'engineer',
  'quality_analyst',
  'support_manager',
  'finance',
] as const;
const IMMUTABLE = 'private, max-age=31536000, immutable';

export function addLedgerRoutes(app: FastifyInstance, context: Context, door: Doorkeeper): void {
  const ledger = readLedger(context);
  const readBy = (may: readonly Role[]) => async (request: FastifyRequest) =>
    authorise(await door.admit(request), { may });
  const onRequest = readBy(READERS);
  // Whoever is shown a decision may check its receipt alone.
  const ofOne = { onRequest: readBy(STAFF) };
  app.get('/v1/ledger/checkpoint', { onRequest }, async (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(await ledger.checkpoint()),
  );
  app.get<{ Params: { '*': string } }>('/v1/ledger/tile/*', { onRequest }, async ({ params }, reply) => {
    const bytes = await ledger.tile(`tile/${params['*']}`);
    if (!bytes) throw new Refusal('tile.unknown', `The ledger has no tile/${params['*']} at its present size`);
    return reply.type('application/octet-stream').header('cache-control', IMMUTABLE).send(Buffer.from(bytes));
  });
  app.get<{ Params: { seq: string } }>('/v1/ledger/entries/:seq', ofOne, async ({ params }, reply) =>
    reply
      .type('application/json')
      .header('cache-control', IMMUTABLE)
      .send(Buffer.from(await ledger.entry(seqOf(params.seq)))),
  );
  app.get<{ Params: { seq: string } }>('/v1/ledger/entries/:seq/proof', ofOne, async ({ params }, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(await ledger.receipt(seqOf(params.seq))),
  );
}

function seqOf(text: string): number {
  if (!/^(0|[1-9]\d{0,15})$/.test(text))
    throw new Refusal('request.malformed', `An entry is named by its number, not ${text}`);
  return Number(text);
}
