/** Asks declared sources for facts over HTTP: within their time, and kept as long as the pact lets an answer be old. */
import type { Json } from '@surety/core/terms';

export interface FactAsked {
  readonly url: string;
  readonly headersFrom: string | undefined;
  readonly timeoutMs: number;
  readonly maxAgeMs: number | undefined;
}

/** Headers of a named secret, such as `{ authorization: 'Bearer …' }`; they are never in a pact, an entry or a log. */
export type SecretHeaders = (name: string) => Readonly<Record<string, string>> | undefined;

const ANSWER_BYTES = 65_536;
const KEPT = 10_000;

export function factSource(
  secrets: SecretHeaders,
  clock: () => number,
): (asked: FactAsked) => Promise<Json | undefined> {
  const kept = new Map<string, { readonly at: number; readonly answer: Json }>();
  return async ({ url, headersFrom, timeoutMs, maxAgeMs = 0 }) => {
    const known = kept.get(url);
    if (known && clock() - known.at <= maxAgeMs) return known.answer;
    const headers = headersFrom === undefined ? {} : secrets(headersFrom);
    if (!headers) return undefined;
    const answer = await ask(url, headers, timeoutMs);
    if (answer === undefined) return undefined;
    if (kept.size >= KEPT) kept.clear();
    kept.set(url, { at: clock(), answer });
    return answer;
  };
}

/** `undefined` for whatever is no timely, small, good answer in JSON; a redirect is not followed. */
async function ask(
  url: string,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Json | undefined> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', ...headers },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) return undefined;
    const text = await response.text();
    return text.length > ANSWER_BYTES ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}
