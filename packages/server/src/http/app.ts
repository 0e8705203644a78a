/** The HTTP face: routes of the contract, each authenticated, authorised and validated, and errors as problems. */
import { randomBytes } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import { isUnicode } from '@surety/core/crypto';
import { ROUTES, type Route, type RouteName, WIRE_LIMITS } from '@surety/core/wire';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { z } from 'zod';
import { isHandOverOf } from '../operations/agent/standing.ts';
import type { Context } from '../operations/context.ts';
import type { Actor } from '../operations/operation.ts';
import { authorise, type Doorkeeper } from './auth.ts';
import { readBody } from './body.ts';
import { toHandOver } from './hand-over.ts';
import { Refusal, toProblem } from './problem.ts';
import { HANDLERS } from './routes.ts';

export interface AppParts {
  readonly context: Context;
  readonly door: Doorkeeper;
  readonly logLevel: string;
  readonly ratePerMinute: number;
}

/** These take the texts of customers and tools as they come, and mend them where they are recorded. */
const HOSTILE_TEXT: ReadonlySet<RouteName> = new Set(['action.propose', 'action.report', 'conversation.import']);

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | undefined;
  }
}

export async function makeApp({ context, door, logLevel, ratePerMinute }: AppParts): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: WIRE_LIMITS.bodyBytes,
    logController: new LogController({ disableRequestLogging: true }),
    // Standard output is for the one line that says where the server listens.
    logger: { level: logLevel, stream: process.stderr, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true, allErrors: false } },
    routerOptions: { maxParamLength: 300 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, readBody(text as string));
    } catch (error) {
      done(error as Error);
    }
  });
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    sendProblem(
      new Refusal(
        'route.unknown',
        `There is no ${request.method} ${request.url.split('?')[0]}; /v1/openapi.json lists the routes`,
      ),
      request,
      reply,
    ),
  );
  app.decorateRequest('actor', undefined);
  await app.register(rateLimit, {
    global: false,
    max: ratePerMinute,
    timeWindow: '1 minute',
    hook: 'preHandler',
    keyGenerator: (request) => request.actor?.by ?? request.ip,
    // A customer always reaches a person: a hand-over is not refused for its rate.
    allowList: (request) => isHandOverOf(context, request.body),
    errorResponseBuilder: (_request, { after }) =>
      new Refusal('rate.exceeded', `Too many requests of this key; ask again in ${after}`),
  });
  for (const name of Object.keys(ROUTES) as RouteName[]) addRoute(app, name, context, door);
  return app;
}

function addRoute(app: FastifyInstance, name: RouteName, context: Context, door: Doorkeeper): void {
  const route: Omit<Route, 'name'> = ROUTES[name];
  const handler = HANDLERS[name] as (call: unknown) => Promise<unknown>;
  app.route({
    method: route.method,
    url: route.path.replace(/\{(\w+)\}/g, ':$1'),
    ...(route.body
      ? { schema: { body: z.toJSONSchema(route.body, { target: 'draft-7', io: 'input', unrepresentable: 'any' }) } }
      : {}),
    ...(name === 'pact.propose' || name === 'conversation.import' ? { bodyLimit: WIRE_LIMITS.pactBodyBytes } : {}),
    ...(route.unlimited ? {} : { config: { rateLimit: {} } }),
    onRequest: async (request) => {
      request.actor = await door.admit(request);
      authorise(request.actor, route);
    },
    preValidation: async (request) => {
      if (name === 'action.propose' && (await isHandOverOf(context, request.body)))
        request.body = toHandOver(request.body);
      else if (!HOSTILE_TEXT.has(name) && !isUnicode(request.body))
        throw new Refusal('request.malformed', 'The body holds half a character (a lone surrogate); send Unicode');
    },
    handler: async (request, reply) => {
      const actor = request.actor as Actor;
      const call = {
        context,
        actor,
        body: request.body,
        params: route.params ? parsed(route.params, request.params, 'path') : undefined,
        query: route.query ? parsed(route.query, request.query, 'query') : undefined,
        get id() {
          return entryId(context, name, actor, request);
        },
      };
      // Another node may have written what this request is about; a proposal catches up when it is decided.
      if (name !== 'action.propose') await context.writer.catchUp();
      const answer = await handler(call);
      return reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff').send(answer);
    },
  });
}

function parsed(shape: z.ZodObject, value: unknown, where: string): unknown {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Refusal(
    'request.malformed',
    `The ${where} does not fit: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
}

function entryId(context: Context, name: string, { by }: Actor, { headers }: FastifyRequest): string {
  const key = headers['idempotency-key'];
  if (typeof key === 'string' && key.length > 0 && key.length <= WIRE_LIMITS.idChars)
    return context.names.request(name, by, key);
  return `r/${randomBytes(16).toString('hex')}`;
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = toProblem(error);
  if (body.status >= 500) request.log.error(error);
  if (body.status === 503) void reply.header('retry-after', '1');
  return reply
    .code(body.status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...body, instance: request.url.split('?')[0] }));
}
