/** Which format a file has, told from how it begins and never from its name. */
import { type JsonEvent, JsonScanner } from './json/scanner.ts';
import { RECORDING_LIMITS } from './recording-limits.ts';

/** `lines`: a JSON value a line. `document`: JSON across lines, or a list. `none`: `says` why it is no recording. */
export type Format = { readonly kind: 'lines' | 'document' | 'csv' } | { readonly kind: 'none'; readonly says: string };

const LINES: Format = { kind: 'lines' };
const DOCUMENT: Format = { kind: 'document' };
const CSV: Format = { kind: 'csv' };
const BLANK: Format = {
  kind: 'none',
  says: `it begins with more than ${RECORDING_LIMITS.conversationChars} blank characters; leave them out`,
};

/** So much is read before anything is decided, however small the pieces are in which it comes. */
const LOOK_CHARS = 1_024;
const CONTROL = /[\u0000-\u0008\u000e-\u001f]/;

/** Text goes in until the format is known. */
export class Sniffer {
  /** All text so far; the reader of the format takes it over. */
  text = '';
  readonly #scanner = new JsonScanner();
  #isObject = false;
  #firstLine: number | undefined;

  /** The format, or `undefined` when more text is needed. */
  push(piece: string): Format | undefined {
    this.text += piece;
    if (this.#isObject) return this.#scan(piece);
    return this.text.length < LOOK_CHARS ? undefined : this.#look();
  }

  /** The format of a file that ends here. */
  end(): Format {
    if (this.text.trim() === '') return { kind: 'none', says: 'the file is empty; there is no conversation in it' };
    return (this.#isObject ? undefined : this.#look()) ?? LINES;
  }

  #look(): Format | undefined {
    const binary = sayBinary(this.text.slice(0, LOOK_CHARS));
    if (binary) return { kind: 'none', says: binary };
    const opener = /\S/.exec(this.text)?.[0];
    if (opener === '[') return DOCUMENT;
    if (opener === undefined) return this.text.length > RECORDING_LIMITS.conversationChars ? BLANK : undefined;
    if (opener !== '{') return CSV;
    this.#isObject = true;
    return this.#scan(this.text);
  }

  /** Reads on in a first object: one that is whole in its first line makes a file of lines. */
  #scan(piece: string): Format | undefined {
    const scanner = this.#scanner;
    const before = this.text.length - piece.length;
    scanner.feed(piece);
    for (let event = scanner.next(); event !== 'more'; event = scanner.next()) {
      if (event === 'begin') this.#firstLine ??= scanner.place.line;
      const format = this.#told(event);
      if (format) return before + scanner.index > RECORDING_LIMITS.conversationChars ? DOCUMENT : format;
    }
    return this.text.length > RECORDING_LIMITS.conversationChars ? DOCUMENT : undefined;
  }

  #told(event: JsonEvent): Format | undefined {
    const { key, level } = this.#scanner;
    if (event === 'key' && key === 'simulations') return DOCUMENT;
    if (event === 'end' && level === 0) return this.#scanner.here().line === this.#firstLine ? LINES : DOCUMENT;
    if (event === 'fault') return this.#isBrokenLine() ? LINES : DOCUMENT;
    return undefined;
  }

  /** A first line that breaks, or is followed by an object where none can stand, was meant as a line. */
  #isBrokenLine(): boolean {
    const { line, column } = this.#scanner.place;
    const char = this.#scanner.text.charAt(this.#scanner.index);
    return line === this.#firstLine || (char === '{' && column === 1);
  }
}

const GZIP = /^\u001f[\u008b\ufffd]/;

function sayBinary(beginning: string): string | undefined {
  if (GZIP.test(beginning)) return 'this is a gzip file that was not unpacked; unpack it first';
  if (beginning.startsWith('PK\u0003\u0004'))
    return 'this is a zip or Excel file; unpack it, or save it as CSV in UTF-8';
  if (CONTROL.test(beginning)) return 'this is not text in UTF-8; export the conversations as JSON or CSV in UTF-8';
  return undefined;
}
