/** JSONL: one conversation a line. A line that cannot be read is reported, and the next one is read. */
import { toConversation } from '../chat/recorded.ts';
import { type FormatReader, type RecordingItem, type Tally, TOO_LONG } from '../item.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { parseJson } from './parse.ts';

export class JsonLines implements FormatReader {
  readonly #tally: Tally;
  #line = 1;
  #pieces: string[] = [];
  #chars = 0;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  push(text: string): RecordingItem[] {
    const items: RecordingItem[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#take(text.slice(from, end));
      items.push(...this.#endLine());
      from = end + 1;
    }
    this.#take(text.slice(from));
    return items;
  }

  end(): RecordingItem[] {
    return this.#endLine();
  }

  #take(piece: string): void {
    this.#chars += piece.length;
    if (this.#chars <= RECORDING_LIMITS.conversationChars) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  #endLine(): RecordingItem[] {
    const text = this.#pieces.join('');
    const isTooLong = this.#chars > RECORDING_LIMITS.conversationChars;
    const line = this.#line;
    this.#pieces = [];
    this.#chars = 0;
    this.#line += 1;
    if (!isTooLong) return text.trim() === '' ? [] : [this.#read(text, line)];
    this.#tally.nextPosition();
    return [this.#tally.unreadable({ line }, TOO_LONG)];
  }

  #read(text: string, line: number): RecordingItem {
    const position = this.#tally.nextPosition();
    const value = parseJson(text);
    if (!value.ok) {
      const { place, says } = value.error;
      const sentence = `this line is not JSON: ${says}; mend it or export the conversation again`;
      return this.#tally.unreadable({ line, column: place.column }, sentence);
    }
    const conversation = toConversation(value.value, 'file', this.#tally);
    if (!conversation.ok) return this.#tally.unreadable({ line }, conversation.error);
    return this.#tally.conversation(conversation.value, line, position);
  }
}
