/** Asks declared sources for facts over HTTP: within their time, and kept as long as the pact lets an answer be old. */
import type { Json } from '@surety/core/terms';
import { LRUCache } from 'lru-cache';

export interface FactAsked {
  readonly url: string;
  readonly headersFrom: string | undefined;
  readonly timeoutMs: number;
  readonly maxAgeMs: number | undefined;
}

/** Headers of a named secret, such as `{ authorization: 'Bearer …' }`; they are never in a pact, an entry or a log. */
export type SecretHeaders = (name: string) => Readonly<Record<string, string>> | undefined;

const ANSWER_BYTES = 65_536;
const DEPTH = 16;
/** What is kept at once; beyond either the answer longest unused is let go. A value takes more than its text. */
export const ANSWER_LIMITS: AnswerLimits = Object.freeze({ answers: 10_000, bytes: 33_554_432 });

export interface AnswerLimits {
  readonly answers: number;
  readonly bytes: number;
}

interface Answer {
  readonly answer: Json;
  readonly bytes: number;
}

export function factSource(
  secrets: SecretHeaders,
  clock: () => number,
  limits = ANSWER_LIMITS,
): (asked: FactAsked) => Promise<Json | undefined> {
  const kept = new LRUCache<string, Answer & { readonly at: number }>({
    max: limits.answers,
    maxSize: limits.bytes,
    sizeCalculation: ({ bytes }) => 1_024 + 8 * bytes,
  });
  return async ({ url, headersFrom, timeoutMs, maxAgeMs = 0 }) => {
    const known = kept.get(url);
    if (known && clock() - known.at <= maxAgeMs) return known.answer;
    const headers = headersFrom === undefined ? {} : secrets(headersFrom);
    if (!headers) return undefined;
    const given = await ask(url, headers, timeoutMs);
    if (given && maxAgeMs > 0) kept.set(url, { ...given, at: clock() });
    return given?.answer;
  };
}

/** `undefined` for whatever is no timely, small, flat, good answer in JSON; a redirect is not followed. */
async function ask(
  url: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...headers },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const bytes = await readBytes(response);
    if (!response.ok || !bytes) return undefined;
    const answer = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
    return isShallow(answer) ? { answer, bytes: bytes.byteLength } : undefined;
  } catch {
    return undefined;
  }
}

/** A source that sends without end is left in the middle of it. */
async function readBytes({ body }: Response): Promise<Uint8Array | undefined> {
  if (!body) return undefined;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    parts.push(part);
    size += part.byteLength;
    if (size > ANSWER_BYTES) return undefined;
  }
  return Buffer.concat(parts);
}

/** Level by level: what is too deep must not reach a function that recurses. */
function isShallow(answer: Json): boolean {
  let level: readonly unknown[] = [answer];
  for (let depth = 0; depth <= DEPTH; depth++) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return true;
  }
  return false;
}
