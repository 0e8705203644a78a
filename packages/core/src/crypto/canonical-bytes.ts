/** The canonical form (RFC 8785) written as bytes at once: what is hashed and stored is never a text before. */
import { invariant } from '../result.ts';
import { encodeUtf8 } from './bytes.ts';
import { canonical } from './canonical.ts';

/** The same as `encodeUtf8(canonical(value))`, in less than half of its time. */
export function canonicalBytes(value: unknown): Uint8Array {
  end = 0;
  write(value);
  return bytes.slice(0, end);
}

let bytes = new Uint8Array(16_384);
let end = 0;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;

function room(size: number): void {
  if (end + size <= bytes.length) return;
  const larger = new Uint8Array(Math.max(bytes.length * 2, end + size));
  larger.set(bytes.subarray(0, end));
  bytes = larger;
}

function write(value: unknown): void {
  if (typeof value === 'string') text(value);
  else if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) list(value);
    else object(value as Readonly<Record<string, unknown>>);
  } else ascii(canonical(value));
}

function ascii(given: string): void {
  room(given.length);
  for (let i = 0; i < given.length; i++) bytes[end++] = given.charCodeAt(i);
}

/** Texts of printable ASCII are copied; all others take the long way. */
function text(given: string): void {
  room(given.length * 2 + 2);
  const into = bytes;
  let at = end;
  into[at++] = QUOTE;
  for (let i = 0; i < given.length; i++) {
    const unit = given.charCodeAt(i);
    if (unit > 0x7e || unit < 0x20) {
      encoded(given);
      return;
    }
    if (unit === QUOTE || unit === BACKSLASH) into[at++] = BACKSLASH;
    into[at++] = unit;
  }
  into[at++] = QUOTE;
  end = at;
}

function encoded(given: string): void {
  const quoted = encodeUtf8(canonical(given));
  room(quoted.length);
  bytes.set(quoted, end);
  end += quoted.length;
}

function list(values: readonly unknown[]): void {
  room(1);
  bytes[end++] = 0x5b;
  for (let i = 0; i < values.length; i++) {
    if (i > 0) punctuate(COMMA);
    write(values[i]);
  }
  punctuate(0x5d);
}

function object(members: Readonly<Record<string, unknown>>): void {
  const { keys, names } = shapeOf(Object.keys(members));
  punctuate(0x7b);
  for (let i = 0; i < keys.length; i++) {
    if (i > 0) punctuate(COMMA);
    const name = names[i] as Uint8Array;
    room(name.length + 1);
    for (let k = 0; k < name.length; k++) bytes[end++] = name[k] as number;
    bytes[end++] = COLON;
    write(members[keys[i] as string]);
  }
  punctuate(0x7d);
}

function punctuate(byte: number): void {
  room(1);
  bytes[end++] = byte;
}

/** Names in their order, and quoted. */
interface Shape {
  readonly keys: readonly string[];
  readonly names: readonly Uint8Array[];
}

/** Objects of one kind have the same names in the same sequence: sorted once. */
class Known {
  readonly next = new Map<string, Known>();
  shape: Shape | undefined;
}

const KNOWN_MAX = 4_096;
let root = new Known();
let known = 0;

function shapeOf(keys: string[]): Shape {
  let at = root;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string;
    let next = at.next.get(key);
    if (!next) {
      next = new Known();
      at.next.set(key, next);
      known += 1;
    }
    at = next;
  }
  at.shape ??= toShape(keys);
  const { shape } = at;
  // Names from outside may be any: what is known does not grow for ever.
  if (known > KNOWN_MAX) {
    root = new Known();
    known = 0;
  }
  return shape;
}

/** JavaScript compares by UTF-16 units, as the RFC asks. */
function toShape(keys: readonly string[]): Shape {
  for (const key of keys) invariant(key.isWellFormed(), 'a lone surrogate has no canonical form');
  const sorted = keys.toSorted();
  return { keys: sorted, names: sorted.map((key) => encodeUtf8(canonical(key))) };
}
