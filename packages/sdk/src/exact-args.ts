/** The exact arguments of a call: a copy nobody else can change, and the SHA-256 of their canonical text (RFC 8785). */
import { canonical, encodeUtf8, sha256Hex } from '@surety/core/crypto';

export interface ExactArgs {
  readonly value: unknown;
  readonly sha256: string;
}

/** What is judged, and what runs; undefined where the arguments are not JSON. */
export function exactArgs(args: unknown): ExactArgs | undefined {
  try {
    const value: unknown = JSON.parse(JSON.stringify(args ?? {}));
    return { value, sha256: sha256Hex(encodeUtf8(canonical(value))) };
  } catch {
    return undefined;
  }
}
