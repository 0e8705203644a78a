/** The entry: one thing that happened. Its envelope, and its exact bytes (RFC 8785, narrowed by the entry profile). */
import { z } from 'zod';
import { canonicalBytes, decodeUtf8 } from '../crypto/index.ts';
import { err, ok, type Result } from '../result.ts';
import { isJsonObject, type JsonObject } from '../terms/json.ts';
import { type TextCode, textProblem } from './entry-text.ts';
import { ActorName, EntryId } from './kinds/shapes.ts';
import { type ProfileCode, profileProblem } from './profile.ts';

export const ENTRY_LIMITS = Object.freeze({ bytesMax: 65_535, typeMax: 64 });

const whole = (min: number) => z.int().min(min);
/** Its schema is the kind's; here it is any object. */
const data = z.custom<JsonObject>(isJsonObject, 'an object');

export const EntryEnvelope = z
  .strictObject({
    v: z.literal(1),
    seq: whole(0),
    id: EntryId,
    type: z
      .string()
      .max(ENTRY_LIMITS.typeMax)
      .regex(/^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+$/),
    at: whole(0),
    by: ActorName,
    stream: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,96}\/[a-z][a-z0-9_]{0,63}$/)
      .optional(),
    n: whole(1).optional(),
    data,
  })
  .refine(({ stream, n }) => (stream === undefined) === (n === undefined), 'stream and n come together');

export type Entry = z.infer<typeof EntryEnvelope>;

export type EntryCode = ProfileCode | TextCode | 'too_long' | 'not_utf8' | 'envelope';

export interface EntryRefusal {
  readonly code: EntryCode;
  /** One sentence for a person. */
  readonly detail: string;
}

const REASONS: Readonly<Record<Exclude<EntryCode, 'envelope'>, string>> = {
  too_long: `An entry has at most ${ENTRY_LIMITS.bytesMax} bytes.`,
  not_utf8: 'An entry is UTF-8.',
  not_json: 'An entry is JSON.',
  too_deep: 'An entry has at most 32 objects and arrays inside one another.',
  not_integer: 'Numbers in an entry are integers of at most 2^53 - 1.',
  lone_surrogate: 'Texts in an entry are Unicode: a surrogate stands alone.',
  duplicate_name: 'A name occurs twice in one object.',
  not_canonical: 'The entry is not in canonical form (RFC 8785).',
};

/** The bytes to store and to hash; refused where a reader would refuse them. */
export function entryBytes(entry: Entry): Result<Uint8Array, EntryRefusal> {
  const problem = profileProblem(entry);
  if (problem) return refuse(problem);
  const checked = checkEnvelope(entry);
  if (!checked.ok) return checked;
  const bytes = canonicalBytes(entry);
  return bytes.length > ENTRY_LIMITS.bytesMax ? refuse('too_long') : ok(bytes);
}

/** Reads bytes from anywhere: whatever is not the one form of an entry is refused, never mended. */
export function readEntry(bytes: Uint8Array): Result<Entry, EntryRefusal> {
  const value = readCanonical(bytes);
  return value.ok ? checkEnvelope(value.value) : value;
}

/** The entry profile alone, without the envelope. */
export function readCanonical(bytes: Uint8Array): Result<unknown, EntryRefusal> {
  if (bytes.length > ENTRY_LIMITS.bytesMax) return refuse('too_long');
  const text = decodeUtf8(bytes);
  if (text === undefined) return refuse('not_utf8');
  const value = parseJson(text);
  if (value === undefined) return refuse('not_json');
  const problem = textProblem(text);
  return problem ? refuse(problem) : ok(value);
}

function checkEnvelope(value: unknown): Result<Entry, EntryRefusal> {
  const parsed = EntryEnvelope.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'entry';
  return err({ code: 'envelope', detail: `The envelope is wrong at ${where}: ${issue?.message ?? 'unreadable'}.` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const refuse = (code: Exclude<EntryCode, 'envelope'>) => err({ code, detail: REASONS[code] });
