/** Values from outside as plain JSON that has a canonical form: half a surrogate pair becomes U+FFFD. */
import { hash } from 'node:crypto';
import { canonical } from '@surety/core/crypto';
import type { Json } from '@surety/core/terms';

/** Only half pairs are written as such an escape; an escaped backslash before one is text. */
const HALF_PAIR = /\\\\|\\ud[89a-f][0-9a-f]{2}/g;

export const toPlain = (value: unknown): Json =>
  JSON.parse(
    JSON.stringify(value ?? null).replace(HALF_PAIR, (found) => (found === '\\\\' ? found : '\ufffd')),
  ) as Json;

export const plainText = (value: unknown): string => canonical(toPlain(value));

/** SHA-256 of a text in hex: what an answer to a hold is bound to. */
export const textSha256 = (text: string): string => hash('sha256', text, 'hex');
