/** The HTTP contract as an OpenAPI 3.1 document, made from the routes alone. */
import { z } from 'zod';
import { PROBLEMS, Problem } from './problem.ts';
import { ROUTES, type Route, type RouteName } from './routes.ts';
import { SESSION_COOKIE } from './session.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Routes that answer no JSON of the contract's own: the ledger's files, events, health. */
const PLAIN: readonly (readonly [path: string, says: string, media: string])[] = [
  ['/v1/ledger/checkpoint', 'The signed checkpoint of the ledger (C2SP tlog-checkpoint)', 'text/plain'],
  ['/v1/ledger/tile/{path}', 'A tile or entry bundle (C2SP tlog-tiles)', 'application/octet-stream'],
  ['/v1/ledger/entries/{seq}', 'The exact bytes of an entry', 'application/json'],
  ['/v1/ledger/entries/{seq}/proof', 'The receipt of an entry (C2SP tlog-proof)', 'text/plain'],
  [
    '/v1/events',
    'Entries as they become durable, as server-sent events; resumable by Last-Event-ID',
    'text/event-stream',
  ],
  ['/v1/openapi.json', 'This document', 'application/json'],
  ['/healthz', 'Whether the process lives', 'application/json'],
  ['/readyz', 'Whether it can decide and record', 'application/json'],
  ['/metrics', 'Figures for Prometheus', 'text/plain'],
];

const OPEN: readonly string[] = ['/healthz', '/readyz', '/metrics', '/v1/openapi.json'];

export function openApi(version: string): Schema {
  const components: Record<string, unknown> = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const route: Omit<Route, 'name'> = ROUTES[name];
    const path = paths[route.path] ?? {};
    paths[route.path] = path;
    path[route.method.toLowerCase()] = operationOf(name, route, components);
  }
  for (const [path, says, media] of PLAIN)
    paths[path] = {
      get: {
        summary: says,
        ...(OPEN.includes(path) ? { security: [] } : {}),
        parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        responses: { 200: { description: says, content: { [media]: {} } } },
      },
    };
  refTo(Problem, 'output', components);
  return {
    openapi: '3.1.0',
    info: { title: 'Surety', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        // What changes something besides needs the header x-surety and an Origin of the console's own.
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
      },
      schemas: sorted(components),
    },
  };
}

function operationOf(name: string, route: Omit<Route, 'name'>, components: Record<string, unknown>): Schema {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  return {
    operationId: name,
    summary: route.says,
    'x-roles': route.may,
    ...(route.entry === 'open' ? { security: [] } : route.entry === 'session' ? { security: [{ session: [] }] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: refTo(route.body, 'input', components) } },
          },
        }
      : {}),
    responses: {
      200: {
        description: 'Done',
        content: { 'application/json': { schema: refTo(route.answer, 'output', components) } },
      },
      default: {
        description: `A problem; its code is one of ${Object.keys(PROBLEMS).join(', ')}`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parametersOf(shape: z.ZodObject | undefined, where: 'path' | 'query'): Schema[] {
  return Object.entries(shape?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path',
    schema: without$schema(z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' })),
  }));
}

/** A named shape becomes a component; what it holds by name becomes one too. */
function refTo(shape: z.ZodType, io: 'input' | 'output', components: Record<string, unknown>): Schema {
  const { $defs, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any', reused: 'inline' }) as Schema & {
    $defs?: Schema;
  };
  for (const [name, definition] of Object.entries($defs ?? {})) components[name] = relink(definition);
  const id = shape.meta()?.id;
  const linked = relink(without$schema(schema)) as Schema;
  if (id === undefined) return linked;
  components[id] = linked;
  return { $ref: `#/components/schemas/${id}` };
}

const without$schema = ({ $schema: _, id: __, ...schema }: Schema): Schema => schema;

function relink(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relink);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'id' || typeof (value as Schema)['id'] !== 'string' || !('type' in value))
      .map(([key, member]) => [
        key,
        key === '$ref' && typeof member === 'string'
          ? member.replace('#/$defs/', '#/components/schemas/')
          : relink(member),
      ]),
  );
}

const sorted = (record: Readonly<Record<string, unknown>>): Schema =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
