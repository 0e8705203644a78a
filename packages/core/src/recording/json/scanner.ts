/** A streaming scanner of JSON (RFC 8259): says where values begin and end, and at which character the text breaks. */
import type { Place } from '../item.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';

export type JsonEvent = 'begin' | 'end' | 'key' | 'fault' | 'more';
export type Bracket = '{' | '[';

type Expect = 'value' | 'value_or_end' | 'key' | 'key_or_end' | 'colon' | 'comma_or_end';
type Token = 'none' | 'text' | 'escape' | 'hex' | 'word';

const EXPECTED: Readonly<Record<Expect, string>> = {
  value: 'a value',
  value_or_end: 'a value or "]"',
  key: 'a name in quotes',
  key_or_end: 'a name in quotes or "}"',
  colon: 'a colon',
  comma_or_end: 'a comma or a closing bracket',
};

const WORD = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
const WORD_CHARS = /[-+.\w]*/y;
const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y;
const KEY_CHARS = 32;
const INDENT_CHARS = 64;

/** Feed it pieces of text, and ask for the next event until it wants `more`. It never recurses. */
export class JsonScanner {
  /** The text fed last, and how far it has been read. */
  text = '';
  index = 0;
  /** Of the last `begin` or `end`: how many brackets stand around that value. */
  level = 0;
  /** Of the last `begin`: where in `text` it begins, its first character, its place, and the blanks before it where it opens its line. */
  start = 0;
  opener = '';
  place: Place = { line: 1, column: 1 };
  indent: string | undefined;
  /** Of the last `key` at level 1: the name as written, cut after some characters. */
  key = '';
  /** Of a `fault`: what was found and what should stand there. */
  fault = '';

  #before = 0;
  #line = 1;
  #lineStart = 0;
  #blanks: string | undefined = '';
  #stack: Bracket[] = [];
  #expect: Expect = 'value';
  #token: Token = 'none';
  #isKey = false;
  #hexLeft = 0;
  #word = '';

  feed(text: string): void {
    this.#before += this.text.length;
    this.text = text;
    this.index = 0;
  }

  get depth(): number {
    return this.#stack.length;
  }

  /** Where the scanner stands now. */
  here(): Place {
    return { line: this.#line, column: this.#before + this.index - this.#lineStart + 1 };
  }

  next(): JsonEvent {
    while (this.index < this.text.length) {
      const event = this.#token === 'none' ? this.#structure() : this.#insideToken();
      if (event !== 'more') return event;
    }
    return 'more';
  }

  /** At the end of all text: `end` for a last number, `more` when all is closed, `fault` when something is open. */
  finish(): JsonEvent {
    if (this.#token === 'word') return this.#endWord();
    if (this.#token === 'none' && this.#stack.length === 0) return 'more';
    this.place = this.here();
    this.fault = 'the text ends too early';
    return 'fault';
  }

  /** Goes on after a fault as if only these brackets were open and a value came next. */
  restart(open: readonly Bracket[]): void {
    this.#stack = [...open];
    this.#expect = 'value';
    this.#token = 'none';
  }

  /** Passes one character unread, whatever it is. */
  pass(): void {
    const char = this.text.charAt(this.index++);
    if (char === '\n') this.#newLine();
    else if (this.#blanks !== undefined) {
      this.#blanks = isBlank(char) && this.#blanks.length < INDENT_CHARS ? this.#blanks + char : undefined;
    }
  }

  /** Passes to just behind the next line break, or to the end of what was fed; whether there was a line break. */
  passLine(): boolean {
    const end = this.text.indexOf('\n', this.index);
    this.#blanks = undefined;
    this.index = end < 0 ? this.text.length : end + 1;
    if (end >= 0) this.#newLine();
    return end >= 0;
  }

  #newLine(): void {
    this.#line += 1;
    this.#lineStart = this.#before + this.index;
    this.#blanks = '';
  }

  #structure(): JsonEvent {
    const char = this.text.charAt(this.index);
    if (isBlank(char)) {
      this.pass();
      return 'more';
    }
    this.place = this.here();
    this.indent = this.#blanks;
    this.#blanks = undefined;
    if (char === ',' || char === ':') return this.#separator(char);
    if (char === '}' || char === ']') return this.#close(char);
    if (this.#expect === 'key' || this.#expect === 'key_or_end') return char === '"' ? this.#beginKey() : this.#stop();
    if (this.#expect === 'value' || this.#expect === 'value_or_end') return this.#beginValue(char);
    return this.#stop();
  }

  #separator(char: ',' | ':'): JsonEvent {
    if (this.#expect !== (char === ',' ? 'comma_or_end' : 'colon') || this.#stack.length === 0) return this.#stop();
    this.#expect = char === ',' && this.#stack.at(-1) === '{' ? 'key' : 'value';
    this.index += 1;
    return 'more';
  }

  #close(char: '}' | ']'): JsonEvent {
    const opener = char === '}' ? '{' : '[';
    const isEmpty = this.#expect === (char === '}' ? 'key_or_end' : 'value_or_end');
    if (this.#stack.at(-1) !== opener || !(isEmpty || this.#expect === 'comma_or_end')) return this.#stop();
    this.#stack.pop();
    this.index += 1;
    return this.#endValue();
  }

  #beginKey(): JsonEvent {
    this.#isKey = true;
    this.#token = 'text';
    this.#word = '';
    this.index += 1;
    return 'more';
  }

  #beginValue(char: string): JsonEvent {
    this.level = this.#stack.length;
    this.start = this.index;
    this.opener = char;
    if (char === '{' || char === '[') {
      if (this.#stack.length >= RECORDING_LIMITS.nestingFollowed) return this.#stop('brackets are nested too deep');
      this.#stack.push(char);
      this.#expect = char === '{' ? 'key_or_end' : 'value_or_end';
      this.index += 1;
    } else if (char === '"') {
      this.#isKey = false;
      this.#token = 'text';
      this.index += 1;
    } else if (/[-\w]/.test(char)) {
      this.#token = 'word';
      this.#word = '';
    } else return this.#stop();
    return 'begin';
  }

  #endValue(): JsonEvent {
    this.level = this.#stack.length;
    this.#token = 'none';
    this.#expect = this.level === 0 ? 'value' : 'comma_or_end';
    return 'end';
  }

  #insideToken(): JsonEvent {
    if (this.#token === 'word') return this.#insideWord();
    if (this.#token === 'text') return this.#insideText();
    const char = this.text.charAt(this.index);
    if (this.#token === 'escape') {
      if (!'"\\/bfnrtu'.includes(char)) return this.#stopHere('a backslash that escapes nothing known');
      this.#token = char === 'u' ? 'hex' : 'text';
      this.#hexLeft = 4;
    } else {
      if (!/[0-9a-fA-F]/.test(char)) return this.#stopHere('an escape without its four digits');
      this.#hexLeft -= 1;
      if (this.#hexLeft === 0) this.#token = 'text';
    }
    this.index += 1;
    return 'more';
  }

  #insideText(): JsonEvent {
    PLAIN_TEXT.lastIndex = this.index;
    PLAIN_TEXT.test(this.text);
    const end = PLAIN_TEXT.lastIndex;
    if (this.#isKey && this.#word.length < KEY_CHARS)
      this.#word += this.text.slice(this.index, end).slice(0, KEY_CHARS);
    this.index = end;
    if (end === this.text.length) return 'more';
    const char = this.text.charAt(end);
    if (char !== '"' && char !== '\\') return this.#stopHere('a text in quotes that is not closed in its line');
    this.index += 1;
    if (char === '\\') {
      this.#token = 'escape';
      if (this.#isKey) this.#word += char;
      return 'more';
    }
    return this.#isKey ? this.#endKey() : this.#endValue();
  }

  #endKey(): JsonEvent {
    this.#token = 'none';
    this.#expect = 'colon';
    if (this.#stack.length !== 1) return 'more';
    this.key = this.#word;
    return 'key';
  }

  #insideWord(): JsonEvent {
    WORD_CHARS.lastIndex = this.index;
    WORD_CHARS.test(this.text);
    const end = WORD_CHARS.lastIndex;
    const room = RECORDING_LIMITS.wordChars - this.#word.length;
    if (end - this.index > room) return this.#stop('a number that is too long');
    this.#word += this.text.slice(this.index, end);
    this.index = end;
    return end === this.text.length ? 'more' : this.#endWord();
  }

  #endWord(): JsonEvent {
    return WORD.test(this.#word) ? this.#endValue() : this.#stop(`${quote(this.#word)} is not a JSON value`);
  }

  #stop(what?: string): JsonEvent {
    this.fault = what ?? `${quote(this.text.charAt(this.index))} stands where ${EXPECTED[this.#expect]} is expected`;
    return 'fault';
  }

  #stopHere(what: string): JsonEvent {
    this.place = this.here();
    return this.#stop(what);
  }
}

const isBlank = (char: string): boolean => char === ' ' || char === '\n' || char === '\r' || char === '\t';

const quote = (text: string): string => JSON.stringify(text.length > 20 ? `${text.slice(0, 20)}…` : text);
