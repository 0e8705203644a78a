/** Text of a recording in, piece by piece; conversations out, and a sentence for whatever could not be read. */
import { invariant } from '../result.ts';
import type { Conversation } from '../terms/trace.ts';
import { CsvConversations } from './csv/conversations.ts';
import { type FormatReader, type RecordingItem, Tally, type UnreadableItem } from './item.ts';
import { JsonElements } from './json/elements.ts';
import { JsonLines } from './json/lines.ts';
import { type Format, Sniffer } from './sniff.ts';

const READERS: Readonly<Record<Exclude<Format['kind'], 'none'>, new (tally: Tally) => FormatReader>> = {
  lines: JsonLines,
  document: JsonElements,
  csv: CsvConversations,
};

const NOTHING: FormatReader = { push: () => [], end: () => [] };

/**
 * A reader of one file in any of the four formats, told apart by content. Push its text in pieces of any size (UTF-8
 * already decoded, gzip unpacked), then call `end`; each call gives what became complete. It holds one conversation.
 */
export class RecordingReader {
  readonly #tally: Tally;
  readonly #sniffer = new Sniffer();
  #reader: FormatReader | undefined;
  #isAtStart = true;
  #isEnded = false;

  constructor(source: string) {
    this.#tally = new Tally(source);
  }

  push(piece: string): RecordingItem[] {
    invariant(!this.#isEnded, 'a recording was pushed to after its end');
    const text = this.#isAtStart && piece.startsWith('\ufeff') ? piece.slice(1) : piece;
    this.#isAtStart &&= piece === '';
    if (this.#reader) return this.#reader.push(text);
    const format = this.#sniffer.push(text);
    return format ? this.#begin(format) : [];
  }

  end(): RecordingItem[] {
    invariant(!this.#isEnded, 'a recording was ended twice');
    this.#isEnded = true;
    const items = this.#reader ? [] : this.#begin(this.#sniffer.end());
    return [...items, ...(this.#reader?.end() ?? [])];
  }

  #begin(format: Format): RecordingItem[] {
    const text = this.#sniffer.text;
    this.#sniffer.text = '';
    if (format.kind === 'none') {
      this.#reader = NOTHING;
      return [this.#tally.unreadable({ line: 1 }, format.says)];
    }
    this.#reader = new READERS[format.kind](this.#tally);
    return this.#reader.push(text);
  }
}

/** A reader whose sentences name `source`: `for (const item of reader.push(text)) …`, at last `reader.end()`. */
export const createReader = ({ source = 'recording' }: { readonly source?: string } = {}): RecordingReader =>
  new RecordingReader(source);

/** A whole recording at once: its conversations, and what could not be read. */
export function readRecording(
  text: string,
  options: { readonly source?: string } = {},
): { readonly conversations: readonly Conversation[]; readonly unreadable: readonly UnreadableItem[] } {
  const reader = createReader(options);
  const conversations: Conversation[] = [];
  const unreadable: UnreadableItem[] = [];
  for (const item of [...reader.push(text), ...reader.end()]) {
    if (item.kind === 'conversation') conversations.push(item.conversation);
    else unreadable.push(item);
  }
  return { conversations, unreadable };
}
