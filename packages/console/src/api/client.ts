/** The only way to the server: a route of the contract by its name, with the session's cookie. */

import { CONTRACT } from 'virtual:contract';
import type { AnswerOf, BodyOf, ParamsOf, Problem, QueryOf, RouteName } from '@surety/core/wire';
import { addressOf, type Sent } from './address.ts';
import { ApiProblem } from './problem.ts';

const TIMEOUT_MS = 20_000;

/** What a route takes, typed by the contract. */
export interface Given<N extends RouteName> {
  readonly params?: ParamsOf<N>;
  readonly query?: QueryOf<N>;
  readonly body?: BodyOf<N>;
  readonly signal?: AbortSignal;
}

let signedOut: () => void = () => undefined;
/** Called when the server knows no session (any more). */
export function onSignedOut(tell: () => void): void {
  signedOut = tell;
}

export const call = <N extends RouteName>(name: N, given: Given<N> = {}): Promise<AnswerOf<N>> => {
  const { method, path } = CONTRACT[name];
  return send(method, path, given as Sent);
};

export async function send<T>(method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<T> {
  return (await readJson(await answered(method, path, sent))) as T;
}

/** What is no JSON: a receipt, a checkpoint. */
export const readText = async (path: string, sent: Sent = {}): Promise<string> =>
  (await answered('GET', path, sent)).text();

/** The response, where it is no refusal. */
async function answered(method: 'GET' | 'POST', path: string, sent: Sent): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const headers: Record<string, string> = { accept: 'application/json, text/plain' };
  if (method === 'POST') {
    headers['content-type'] = 'application/json';
    headers['x-surety'] = 'console';
    // The same press sent twice by the network is one entry.
    headers['idempotency-key'] = randomId();
  }
  const response = await fetch(addressOf(path, sent), {
    method,
    headers,
    credentials: 'same-origin',
    signal: sent.signal ? AbortSignal.any([sent.signal, timeout]) : timeout,
    ...(method === 'POST' ? { body: JSON.stringify(sent.body ?? {}) } : {}),
  }).catch((error: unknown) => {
    if (sent.signal?.aborted) throw error;
    throw new ApiProblem(timeout.aborted ? 'timeout' : 'away', 0);
  });
  if (response.ok) return response;
  const { code, detail, diagnostics } = (await readJson(response)) as Problem;
  if (code === 'session.missing' || code === 'session.over') signedOut();
  throw new ApiProblem(code, response.status, detail, diagnostics);
}

async function readJson(response: Response): Promise<unknown> {
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) {
    // A proxy in front answers with a page of its own where the server is away.
    throw new ApiProblem(response.status >= 500 ? 'away' : 'unreadable', response.status);
  }
  return response.json();
}

const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
