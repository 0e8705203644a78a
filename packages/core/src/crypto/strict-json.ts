/** RFC 8259, read strictly: duplicate names and lone surrogates are reported, where JSON.parse would take them silently. */
import { err, ok, type Result } from '../result.ts';

/** `at` counts UTF-16 units from the start of the text. */
export interface JsonProblem {
  readonly code: 'syntax' | 'duplicate_name' | 'lone_surrogate' | 'too_deep' | 'number_too_large';
  readonly at: number;
}

export const STRICT_JSON_LIMITS = Object.freeze({ depthMax: 512 });

/** The value of a JSON text; the first problem where there is one. */
export function parseStrict(
  text: string,
  depthMax: number = STRICT_JSON_LIMITS.depthMax,
): Result<unknown, JsonProblem> {
  try {
    return ok(new StrictReader(text, depthMax).document());
  } catch (problem) {
    if (problem instanceof Refused) return err({ code: problem.code, at: problem.at });
    throw problem;
  }
}

class Refused extends Error {
  readonly code: JsonProblem['code'];
  readonly at: number;

  constructor(code: JsonProblem['code'], at: number) {
    super(code);
    this.code = code;
    this.at = at;
  }
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class StrictReader {
  readonly #text: string;
  readonly #depthMax: number;
  #at = 0;

  constructor(text: string, depthMax: number) {
    this.#text = text;
    this.#depthMax = depthMax;
  }

  document(): unknown {
    this.#space();
    const value = this.#value(1);
    this.#space();
    if (this.#at < this.#text.length) throw this.#refused('syntax');
    return value;
  }

  #value(depth: number): unknown {
    const first = this.#text[this.#at];
    if (first === '"') return this.#string();
    if (first === '{' || first === '[') {
      if (depth > this.#depthMax) throw this.#refused('too_deep');
      return first === '{' ? this.#object(depth) : this.#list(depth);
    }
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return this.#number();
  }

  #object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#at++;
    this.#space();
    if (this.#take('}')) return object;
    do {
      this.#space();
      const at = this.#at;
      if (this.#text[at] !== '"') throw this.#refused('syntax');
      const name = this.#string();
      if (Object.hasOwn(object, name)) throw new Refused('duplicate_name', at);
      this.#space();
      if (!this.#take(':')) throw this.#refused('syntax');
      this.#space();
      const value = this.#value(depth + 1);
      // Defined, not assigned: assigning `__proto__` would change the object instead of giving it a member.
      if (name === '__proto__') {
        Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
      } else object[name] = value;
      this.#space();
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#refused('syntax');
    return object;
  }

  #list(depth: number): unknown[] {
    const list: unknown[] = [];
    this.#at++;
    this.#space();
    if (this.#take(']')) return list;
    do {
      this.#space();
      list.push(this.#value(depth + 1));
      this.#space();
    } while (this.#take(','));
    if (!this.#take(']')) throw this.#refused('syntax');
    return list;
  }

  #string(): string {
    const from = this.#at;
    let end = from + 1;
    for (; this.#text[end] !== '"'; end++) {
      if (end >= this.#text.length) throw new Refused('syntax', from);
      if (this.#text[end] === '\\') end++;
    }
    const written = this.#text.slice(from, end + 1);
    const value = readString(written);
    if (value === undefined) throw new Refused('syntax', from);
    if (!value.isWellFormed()) throw new Refused('lone_surrogate', from);
    this.#at = end + 1;
    return value;
  }

  #number(): number {
    const written = this.#match(NUMBER);
    if (written === '') throw this.#refused('syntax');
    const value = Number(written);
    if (!Number.isFinite(value)) throw new Refused('number_too_large', this.#at - written.length);
    return value;
  }

  #space(): void {
    this.#match(SPACE);
  }

  #take(mark: string): boolean {
    const isThere = this.#text[this.#at] === mark;
    if (isThere) this.#at++;
    return isThere;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #refused(code: JsonProblem['code']): Refused {
    return new Refused(code, this.#at);
  }
}

/** The engine's own reader knows every escape and refuses control characters. */
function readString(written: string): string | undefined {
  try {
    return JSON.parse(written) as string;
  } catch {
    return undefined;
  }
}
