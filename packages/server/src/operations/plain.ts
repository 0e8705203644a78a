/** Values from outside as plain JSON that has a canonical form: half a surrogate pair becomes U+FFFD. */
import { canonical } from '@surety/core/crypto';
import type { Json } from '@surety/core/terms';

/** Only half pairs are written as such an escape; an escaped backslash before one is text. */
const HALF_PAIR = /\\\\|\\ud[89a-f][0-9a-f]{2}/g;

export const toPlain = (value: unknown): Json =>
  JSON.parse(
    JSON.stringify(value ?? null).replace(HALF_PAIR, (found) => (found === '\\\\' ? found : '\ufffd')),
  ) as Json;

export const plainText = (value: unknown): string => canonical(toPlain(value));
