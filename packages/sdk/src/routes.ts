/** A transparent view of the contract: route `hold.answer` is `surety.hold.answer(params, body)`, typed by its shapes. */
import { type AnswerOf, type ParamsOf, type QueryOf, ROUTES, type RouteName, WIRE_LIMITS } from '@surety/core/wire';
import { SuretyError } from './surety-error.ts';
import type { Transport } from './transport.ts';

/** What a body may leave out because it has a default. */
type GivenBody<N extends RouteName> = (typeof ROUTES)[N] extends { readonly body: { _zod: { input: infer I } } }
  ? I
  : undefined;
type GivenQuery<N extends RouteName> = QueryOf<N> extends undefined ? undefined : Partial<QueryOf<N>>;

export interface CallOptions {
  readonly deadlineMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Given<N extends RouteName> {
  readonly params?: ParamsOf<N>;
  readonly body?: GivenBody<N>;
  readonly query?: GivenQuery<N>;
}

export type CallRoute = <N extends RouteName>(name: N, given: Given<N>, options?: CallOptions) => Promise<AnswerOf<N>>;

type Arguments<N extends RouteName> = [
  ...(ParamsOf<N> extends undefined ? [] : [params: ParamsOf<N>]),
  ...(GivenBody<N> extends undefined ? [] : [body: GivenBody<N>]),
  ...(GivenQuery<N> extends undefined ? [] : [query?: GivenQuery<N>]),
];
type Noun<N> = N extends `${infer A}.${string}` ? A : never;
type Verb<N, A extends string> = N extends `${A}.${infer V}` ? V : never;

export type Routes = {
  readonly [A in Noun<RouteName>]: {
    readonly [V in Verb<RouteName, A>]: `${A}.${V}` extends infer N extends RouteName
      ? (...given: Arguments<N>) => Promise<AnswerOf<N>>
      : never;
  };
};

/** Asks one route by its name. An answer of another shape than the contract's is no answer. */
export const callRoutes =
  (transport: Transport, deadlineMs: number): CallRoute =>
  async (name, given, options = {}) => {
    const route = ROUTES[name];
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(given.query ?? {})) if (value !== undefined) query.set(key, `${value}`);
    const answer = await transport.ask({
      method: route.method,
      path: `${fill(route.path, given.params ?? {})}${query.size > 0 ? `?${query}` : ''}`,
      body: given.body,
      deadlineMs: options.deadlineMs ?? deadlineMs,
      signal: options.signal,
      bytesMax:
        name === 'pact.propose' || name === 'conversation.import' ? WIRE_LIMITS.pactBodyBytes : WIRE_LIMITS.bodyBytes,
    });
    const read = route.answer.safeParse(answer);
    if (!read.success) throw new SuretyError('gate.unreadable', `The answer to ${name} is not what ${name} answers`);
    return read.data as AnswerOf<typeof name>;
  };

const fill = (path: string, params: Readonly<Record<string, unknown>>): string =>
  path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(`${params[key]}`));

/** Every route under its noun and verb. */
export function viewRoutes(call: CallRoute): Routes {
  const nouns: Record<string, Record<string, (...given: unknown[]) => Promise<unknown>>> = {};
  for (const [name, route] of Object.entries(ROUTES)) {
    const [noun = '', verb = ''] = name.split('.');
    const parts = (['params', 'body', 'query'] as const).filter((part) => part in route);
    const ask = (...given: unknown[]) =>
      call(name as RouteName, Object.fromEntries(parts.map((part, i) => [part, given[i]])) as Given<RouteName>);
    nouns[noun] = { ...nouns[noun], [verb]: ask };
  }
  return nouns as unknown as Routes;
}
