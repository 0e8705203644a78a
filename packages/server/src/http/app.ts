/** The HTTP face: routes of the contract, each authenticated, authorised and validated, and errors as problems. */
import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import { isUnicode } from '@surety/core/crypto';
import { ROUTES, type Route, type RouteName, WIRE_LIMITS } from '@surety/core/wire';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { z } from 'zod';
import { isHandOverOf } from '../operations/agent/standing.ts';
import type { Context } from '../operations/context.ts';
import { LeavingError } from '../operations/errors.ts';
import type { Actor } from '../operations/operation.ts';
import { actorOfSession, type Begun, type OpenSession } from '../operations/session/open-session.ts';
import { authorise, type Doorkeeper } from './auth.ts';
import { readBody } from './body.ts';
import { forgetSession, keepSession } from './cookie.ts';
import { toHandOver } from './hand-over.ts';
import { Methods } from './methods.ts';
import { misfitInText } from './misfit.ts';
import { problem, Refusal, toProblem } from './problem.ts';
import { HANDLERS } from './routes.ts';

export interface AppParts {
  readonly context: Context;
  readonly door: Doorkeeper;
  readonly logLevel: string;
  readonly ratePerMinute: number;
  /** A proxy on this machine or network says whom it asks for. */
  readonly isBehindProxy?: boolean;
}

/** These take the texts of customers and tools as they come, and mend them where they are recorded. */
const HOSTILE_TEXT: ReadonlySet<RouteName> = new Set(['action.propose', 'action.report', 'conversation.import']);

/** Who asks to be let in. */
const NOBODY: Actor = { by: 'system:nobody', roles: [], scopes: [] };

declare module 'fastify' {
  interface FastifyRequest {
    /** Why its body is not taken, unless it hands over to a person. */
    fault: Refusal | undefined;
    actor: Actor | undefined;
    session: OpenSession | undefined;
  }
}

export async function makeApp({
  context,
  door,
  logLevel,
  ratePerMinute,
  isBehindProxy,
}: AppParts): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: WIRE_LIMITS.bodyBytes,
    trustProxy: isBehindProxy ? ['loopback', 'uniquelocal'] : false,
    logController: new LogController({ disableRequestLogging: true }),
    // Standard output is for the one line that says where the server listens.
    logger: { level: logLevel, stream: process.stderr, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: true,
        allErrors: false,
        verbose: true,
      },
    },
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    clientErrorHandler: refuseGarbled,
    // Its words would be no problem of the contract.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 300 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    try {
      const { value, fault } = readBody(text as string);
      request.fault = fault;
      done(null, value);
    } catch (error) {
      done(error as Error);
    }
  });
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.addHook('onRequest', async ({ method }) => {
    if (context.writer.isLeaving && method === 'POST') throw new LeavingError();
  });
  const methods = new Methods();
  app.addHook('onRoute', (route) => methods.add(route));
  app.setNotFoundHandler((request, reply) => sendNotThere(methods, request, reply));
  app.decorateRequest('fault', undefined);
  app.decorateRequest('actor', undefined);
  app.decorateRequest('session', undefined);
  await app.register(cookie);
  await app.register(rateLimit, {
    global: false,
    max: ratePerMinute,
    timeWindow: '1 minute',
    hook: 'preHandler',
    keyGenerator: ({ actor, ip }) => (actor === undefined || actor.by === NOBODY.by ? ip : actor.by),
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
      await admit(request, route, door);
    },
    preValidation: async (request) => {
      if (name === 'action.propose' && (await isHandOverOf(context, request.body)))
        request.body = toHandOver(request.body);
      else if (request.fault) throw request.fault;
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
        session: request.session,
        from: request.ip,
        keep: (begun: Begun) => keepSession(reply, context.entrance.address, begun),
        forget: () => forgetSession(reply, context.entrance.address),
      };
      // Another node may have written what this request is about; a proposal catches up when it is decided.
      if (name !== 'action.propose') await context.writer.catchUp();
      const answer = await handler(call);
      return reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff').send(answer);
    },
  });
}

async function admit(request: FastifyRequest, route: Omit<Route, 'name'>, door: Doorkeeper): Promise<void> {
  if (route.entry === 'open') {
    door.checkOpen(request);
    request.actor = NOBODY;
  } else if (route.entry === 'session') {
    request.session = await door.session(request, route);
    request.actor = actorOfSession(request.session);
  } else {
    request.actor = await door.admit(request);
    authorise(request.actor, route);
  }
}

function parsed(shape: z.ZodObject, value: unknown, where: string): unknown {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  throw new Refusal('request.malformed', `The ${where} does not fit: ${misfitInText(read.error.issues[0])}`);
}

function entryId(context: Context, name: string, { by }: Actor, { headers }: FastifyRequest): string {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return `r/${randomBytes(16).toString('hex')}`;
  if (key.length <= WIRE_LIMITS.idChars) return context.names.request(name, by, key);
  // Passed over, it would let a request that is repeated be carried out twice.
  throw new Refusal(
    'request.malformed',
    `Idempotency-Key has at most ${WIRE_LIMITS.idChars} characters; send a shorter one`,
  );
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = toProblem(error);
  if (body.status >= 500 && !(error instanceof LeavingError)) request.log.error(error);
  const wait = body.status === 503 ? 1 : body.retry_after_s;
  if (wait !== undefined) void reply.header('retry-after', String(wait));
  return reply
    .code(body.status)
    .type('application/problem+json')
    .send(JSON.stringify({ ...body, instance: request.url.split('?')[0] }));
}

function sendNotThere(methods: Methods, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path = ''] = request.url.split('?');
  const others = methods.at(path);
  if (others.length === 0) {
    const sentence = `There is no ${request.method} ${path}; /v1/openapi.json lists the routes`;
    return sendProblem(new Refusal('route.unknown', sentence), request, reply);
  }
  const allowed = others.join(', ');
  const sentence = `${path} takes ${allowed}, not ${request.method}; /v1/openapi.json lists the routes`;
  return sendProblem(new Refusal('method.unknown', sentence), request, reply.header('allow', allowed));
}

/** What is no HTTP reaches no route, and hears a problem all the same. */
function refuseGarbled({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  const isLong = code === 'HPE_HEADER_OVERFLOW';
  const sentence = isLong
    ? 'The headers are too long; send shorter ones'
    : 'What was sent is not an HTTP request; send one';
  const refusal = problem(isLong ? 'request.too_large' : 'request.malformed', sentence);
  const body = JSON.stringify(refusal);
  const head = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}`;
  socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
}
