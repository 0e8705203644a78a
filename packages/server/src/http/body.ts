/** Bodies: JSON of bounded size and depth, in which each name stands once and each number is one. */
import { parseStrict } from '@surety/core/crypto';
import { WIRE_LIMITS } from '@surety/core/wire';
import { Refusal } from './problem.ts';

export interface Body {
  readonly value: unknown;
  /** Why it is not taken; a hand-over is, without what is wrong with it. */
  readonly fault: Refusal | undefined;
}

export function readBody(text: string): Body {
  if (text === '') return { value: {}, fault: undefined };
  const value = parse(text);
  const { fault, members } = look(value, WIRE_LIMITS.depth);
  return { value, fault: fault ?? (members === membersIn(text) ? undefined : namedTwice(text)) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal('request.malformed', `The body is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
}

/** Whether a member of a body could stand in one that is taken. */
export const isSound = (member: unknown): boolean => look(member, WIRE_LIMITS.depth - 1).fault === undefined;

/** Level by level, so that depth costs no stack. `members`: of all its objects. */
function look(value: unknown, depth: number): { fault: Refusal | undefined; members: number } {
  let members = 0;
  let level: readonly unknown[] = [value];
  for (let left = depth; level.length > 0; left--) {
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one === 'number' && !Number.isFinite(one)) return { fault: tooLargeNumber(), members };
      if (typeof one !== 'object' || one === null) continue;
      if (left === 0) return { fault: tooDeep(), members };
      const inside = Object.values(one);
      if (!Array.isArray(one)) members += inside.length;
      for (const member of inside) next.push(member);
    }
    level = next;
  }
  return { fault: undefined, members };
}

const [QUOTE, COLON, BACKSLASH] = [0x22, 0x3a, 0x5c];

/** How many members a text that is JSON writes: of two with one name `JSON.parse` keeps the second, other readers the first. */
function membersIn(text: string): number {
  let members = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === COLON) members++;
    else if (unit === QUOTE) for (i++; text.charCodeAt(i) !== QUOTE; i++) if (text.charCodeAt(i) === BACKSLASH) i++;
  }
  return members;
}

const tooDeep = () =>
  new Refusal('request.too_deep', `The body is nested deeper than ${WIRE_LIMITS.depth}; send it flatter`);
const tooLargeNumber = () =>
  new Refusal('request.malformed', 'The body holds a number that is too large; send it as a string');

function namedTwice(text: string): Refusal {
  const read = parseStrict(text);
  const where = read.ok ? '' : ` (character ${read.error.at + 1})`;
  return new Refusal('request.malformed', `The body names a member of an object twice${where}; name each once`);
}
