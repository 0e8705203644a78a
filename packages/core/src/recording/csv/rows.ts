/** Rows of CSV (RFC 4180: quoted fields, quotes inside doubled) as they stream. */
import { TOO_LONG } from '../item.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';

/** One row, the line where it begins, and what is wrong with it. */
export interface Row {
  readonly fields: readonly string[];
  readonly line: number;
  readonly fault: string | undefined;
}

/** Where in a field the reading stands; `quote` is behind a quote that may end it, `lost` behind a break in its line. */
type State = 'start' | 'plain' | 'quoted' | 'quote' | 'lost';

const GOES_ON = 'a quoted field goes on behind its closing quote; double the quotes inside a field';
const TOO_WIDE = `a row has more than ${RECORDING_LIMITS.csvColumns} fields; leave out columns`;

export class CsvRows {
  readonly #delimiter: string;
  readonly #plainEnd: RegExp;
  #rows: Row[] = [];
  #state: State = 'start';
  #isBehindReturn = false;
  #line = 1;
  #rowLine = 1;
  #chars = 0;
  #fields: string[] = [];
  #pieces: string[] = [];
  #fault: string | undefined;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
    this.#plainEnd = new RegExp(`[${delimiter}\\r\\n]`, 'g');
  }

  push(text: string): Row[] {
    let index = 0;
    while (index < text.length)
      index = this.#state === 'quoted' ? this.#quoted(text, index) : this.#unquoted(text, index);
    return this.#give();
  }

  /** The last row; whether a quoted field in it was never closed. */
  end(): { rows: Row[]; isOpen: boolean } {
    const isOpen = this.#state === 'quoted';
    this.#endRow();
    return { rows: this.#give(), isOpen };
  }

  #give(): Row[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #quoted(text: string, index: number): number {
    const quote = text.indexOf('"', index);
    const end = quote < 0 ? text.length : quote;
    for (let at = text.indexOf('\n', index); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) this.#line += 1;
    this.#add(text.slice(index, end));
    if (quote < 0) return end;
    this.#state = 'quote';
    return end + 1;
  }

  #unquoted(text: string, index: number): number {
    const char = text.charAt(index);
    const isSecondHalf = char === '\n' && this.#isBehindReturn;
    this.#isBehindReturn = char === '\r';
    if (isSecondHalf) return index + 1;
    if (char === '\n' || char === '\r') this.#endLine();
    else if (this.#state === 'lost') return this.#until(/[\r\n]/g, text, index);
    else if (char === this.#delimiter) this.#endField();
    else if (char === '"' && this.#state !== 'plain') this.#quote();
    else if (this.#state === 'quote') this.#lose();
    else return this.#plain(text, index);
    return index + 1;
  }

  #plain(text: string, index: number): number {
    const end = this.#until(this.#plainEnd, text, index);
    this.#add(text.slice(index, end));
    this.#state = 'plain';
    return end;
  }

  #until(end: RegExp, text: string, index: number): number {
    end.lastIndex = index;
    return end.exec(text)?.index ?? text.length;
  }

  /** A quote opens a field, or was the first of two and stands for one. */
  #quote(): void {
    if (this.#state === 'quote') this.#add('"');
    this.#state = 'quoted';
  }

  #lose(): void {
    this.#fault ??= GOES_ON;
    this.#state = 'lost';
  }

  #add(piece: string): void {
    this.#chars += piece.length;
    if (this.#chars > RECORDING_LIMITS.conversationChars) this.#fault ??= TOO_LONG;
    if (this.#fault === undefined) this.#pieces.push(piece);
  }

  #endField(): void {
    if (this.#fields.length < RECORDING_LIMITS.csvColumns) this.#fields.push(this.#pieces.join(''));
    else this.#fault ??= TOO_WIDE;
    this.#pieces = [];
    this.#state = 'start';
  }

  #endLine(): void {
    this.#endRow();
    this.#line += 1;
    this.#rowLine = this.#line;
  }

  #endRow(): void {
    const isBlank = this.#state === 'start' && this.#fields.length === 0;
    this.#endField();
    if (!isBlank) this.#rows.push({ fields: this.#fields, line: this.#rowLine, fault: this.#fault });
    this.#fields = [];
    this.#chars = 0;
    this.#fault = undefined;
  }
}
