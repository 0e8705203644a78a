/** One question to the gate over HTTP: a deadline for the whole of it, one retry on a broken connection, problems as errors. */
import { Problem, WIRE_LIMITS } from '@surety/core/wire';
import { SuretyError } from './surety-error.ts';

export interface Asking {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly bytesMax?: number | undefined;
}

export interface Transport {
  /** The JSON that was answered; throws a `SuretyError` and nothing else. */
  ask(asking: Asking): Promise<unknown>;
  /** An answer that goes on: its head, with the body still to be read. */
  open(path: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response>;
}

/** `as`: whom the local key of `server.json` acts as. */
export function connect(url: string, key: string, as?: string): Transport {
  const base = addressOf(url);
  if (!/^[\x21-\x7e]+$/.test(key)) throw new Error('`key` is empty or no API key: make one with `surety keys create`');
  const who = { authorization: `Bearer ${key}`, ...(as !== undefined && { 'surety-as': as }) };
  return {
    ask: (asking) => ask(base, who, asking),
    open: (path, headers, signal) =>
      fetch(`${base}${path}`, { headers: { ...headers, ...who }, signal, redirect: 'error' }),
  };
}

function addressOf(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !/^https?:$/.test(address.protocol))
    throw new Error(`\`url\` is "${url}": give the server's address, such as http://127.0.0.1:7400`);
  return `${address.origin}${address.pathname.replace(/\/+$/, '')}`;
}

async function ask(base: string, who: Readonly<Record<string, string>>, asking: Asking): Promise<unknown> {
  const body = asking.body === undefined ? undefined : textOf(asking);
  const end = AbortSignal.timeout(Math.max(1, Math.ceil(asking.deadlineMs)));
  const signal = asking.signal ? AbortSignal.any([end, asking.signal]) : end;
  const init: RequestInit = {
    method: asking.method,
    headers: {
      ...who,
      accept: 'application/json',
      // One for both tries: what has no id of its own is recorded once too.
      ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
    },
    // A key follows no redirect.
    redirect: 'error',
    signal,
    ...(body !== undefined && { body }),
  };
  for (let isLast = false; ; isLast = true) {
    try {
      const response = await fetch(`${base}${asking.path}`, init);
      return read(response, await response.text());
    } catch (error) {
      if (error instanceof SuretyError) throw error;
      if (signal.aborted)
        throw new SuretyError('gate.silent', `No answer came from ${base} within ${Math.ceil(asking.deadlineMs)} ms`);
      if (isLast) throw new SuretyError('gate.unreachable', `${base} cannot be reached: ${causeOf(error)}`);
    }
  }
}

/** Refused here, since a server that closes the connection on too large a body looks like one that is away. */
function textOf({ body, path, bytesMax = WIRE_LIMITS.bodyBytes }: Asking): string {
  const text = jsonTextOf(body);
  if (text === undefined) throw new SuretyError('request.malformed', `The request to ${path} is not JSON`);
  if (bytesOf(text) > bytesMax)
    throw new SuretyError('request.too_large', `The request to ${path} is larger than ${bytesMax} bytes`);
  return text;
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Whether it could be sent: JSON, and not too large. */
export function isSendable(body: unknown): boolean {
  const text = jsonTextOf(body);
  return text !== undefined && bytesOf(text) <= WIRE_LIMITS.bodyBytes;
}

function jsonTextOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function read({ ok, status, url }: Response, text: string): unknown {
  const value = jsonOf(text);
  if (ok && value !== undefined) return value;
  const problem = Problem.safeParse(value);
  if (!ok && problem.success)
    throw new SuretyError(problem.data.code, problem.data.detail, status, problem.data.diagnostics);
  throw new SuretyError('gate.unreadable', `What answered at ${url} with status ${status} is not Surety`, status);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
