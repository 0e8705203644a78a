/** CSV with one message a row; the rows of a conversation stand together, and only these are held. */
import type { Message } from '../chat/message.ts';
import { readName, readTime } from '../chat/message.ts';
import { toSteps } from '../chat/steps.ts';
import { type FormatReader, type Place, type RecordingItem, type Tally, TOO_LONG, TOO_MANY } from '../item.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { type Columns, findDelimiter, readHeader } from './columns.ts';
import { type Cell, cellsOf, readRow } from './row-messages.ts';
import { CsvRows, type Row } from './rows.ts';

/** The conversation whose rows are being read, or why it will not be. */
interface Open {
  readonly written: string;
  readonly line: number;
  readonly at: number | undefined;
  readonly names: {
    id?: string | undefined;
    agent?: string | undefined;
    customer_id?: string | undefined;
    channel?: string | undefined;
  };
  messages: Message[];
  count: number;
  chars: number;
  refused: { readonly place: Place; readonly says: string } | undefined;
}

const NAMED = ['agent', 'customer_id', 'channel'] as const;
const SCATTERED = 'rows of this conversation stand apart from its first ones; sort the file by conversation';
const NO_ID = 'this row has no conversation_id; write into each row which conversation it belongs to';

export class CsvConversations implements FormatReader {
  readonly #tally: Tally;
  #head = '';
  #rows: CsvRows | undefined;
  #columns: Columns | undefined;
  #width = 0;
  #open: Open | undefined;
  #items: RecordingItem[] = [];
  #isDead = false;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  push(text: string): RecordingItem[] {
    if (this.#isDead) return [];
    if (this.#rows) this.#take(this.#rows.push(text));
    else {
      this.#head += text;
      const { csvHeaderChars } = RECORDING_LIMITS;
      if (/[\r\n]/.test(this.#head.trimStart()) || this.#head.length > csvHeaderChars) this.#begin();
    }
    return this.#give();
  }

  end(): RecordingItem[] {
    if (!this.#rows && !this.#isDead) this.#begin();
    if (this.#rows && !this.#isDead) this.#finish(this.#rows);
    return this.#give();
  }

  #give(): RecordingItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #begin(): void {
    const [line = ''] = this.#head.trimStart().split(/[\r\n]/, 1);
    if (line.length > RECORDING_LIMITS.csvHeaderChars) {
      this.#die(1, 'this is neither JSON nor CSV: its first line is too long for a header.');
      return;
    }
    this.#rows = new CsvRows(findDelimiter(line));
    this.#take(this.#rows.push(this.#head));
    this.#head = '';
  }

  #finish(rows: CsvRows): void {
    const { rows: last, isOpen } = rows.end();
    const [row] = last;
    if (!isOpen || !row) this.#take(last);
    this.#close();
    if (isOpen && row) this.#die(row.line, 'a quote is opened in this row and never closed; close it.');
  }

  #die(line: number, says: string): void {
    this.#items.push(this.#tally.unreadable({ line }, `${says} ${this.#tally.nothingFrom(line)}`));
    this.#isDead = true;
  }

  #take(rows: readonly Row[]): void {
    for (const row of rows) {
      if (this.#isDead) return;
      if (this.#columns) this.#read(row, this.#columns);
      else {
        const header = readHeader(row.fields);
        if (!header.ok) this.#items.push(this.#tally.unreadable({ line: row.line }, header.error));
        this.#isDead = !header.ok;
        this.#columns = header.ok ? header.value : undefined;
        this.#width = row.fields.length;
      }
    }
  }

  #read(row: Row, columns: Columns): void {
    const cell = cellsOf(row.fields, columns);
    const written = cell('conversation_id');
    const isCutOff = row.fault !== undefined && written === '';
    if (!this.#open || (written !== this.#open.written && !isCutOff)) {
      this.#close();
      this.#open = this.#start(written, cell, row);
    }
    if (this.#open) this.#add(this.#open, row, cell);
  }

  #start(written: string, cell: Cell, { line, fault }: Row): Open | undefined {
    const met = written === '' ? 'first' : this.#tally.meet(written);
    if (met === 'full') {
      this.#die(line, `there are ${TOO_MANY}.`);
      return undefined;
    }
    const says = met === 'again' ? SCATTERED : written === '' ? (fault ?? NO_ID) : undefined;
    const refused = says === undefined ? undefined : { place: { line }, says };
    const at = readTime(cell('at'));
    return { written, line, at, names: {}, messages: [], count: 0, chars: 0, refused };
  }

  #add(open: Open, row: Row, cell: Cell): void {
    if (open.refused) return;
    const says = row.fault ?? this.#addNames(open, cell) ?? this.#addMessages(open, row, cell);
    if (says === undefined) return;
    open.refused = { place: { line: row.line }, says };
    open.messages = [];
  }

  #addNames(open: Open, cell: Cell): string | undefined {
    const id = readName(open.written, 'the conversation_id');
    if (!id.ok) return id.error;
    open.names.id = id.value;
    for (const column of NAMED) {
      const name = readName(cell(column), `the ${column}`);
      if (!name.ok) return name.error;
      open.names[column] ??= name.value;
    }
    return undefined;
  }

  #addMessages(open: Open, row: Row, cell: Cell): string | undefined {
    if (row.fields.length > this.#width) {
      return `this row has ${row.fields.length} fields and the header ${this.#width}; quote fields that hold a separator`;
    }
    const messages = readRow(cell, open.count);
    if (!messages.ok) return messages.error;
    open.messages.push(...messages.value);
    if (messages.value.length > 0) open.count += 1;
    if (open.count > RECORDING_LIMITS.messages)
      return `the conversation has more than ${RECORDING_LIMITS.messages} messages`;
    open.chars += row.fields.reduce((sum, field) => sum + field.length, 0);
    return open.chars > RECORDING_LIMITS.conversationChars ? TOO_LONG : undefined;
  }

  #close(): void {
    const open = this.#open;
    if (!open) return;
    this.#open = undefined;
    const position = this.#tally.nextPosition();
    const steps = toSteps(open.messages);
    const { id, ...names } = open.names;
    if (open.refused) this.#items.push(this.#tally.unreadable(open.refused.place, open.refused.says));
    else if (!steps.ok) this.#items.push(this.#tally.unreadable({ line: open.line }, steps.error));
    else if (id !== undefined) {
      const conversation = { id, ...names, at: open.at, steps: steps.value };
      this.#items.push(this.#tally.conversation(conversation, open.line, position));
    }
  }
}
