/** What a reader gives: conversations, and one clear sentence for each part that could not be read. */
import { err, ok, type Result } from '../result.ts';
import type { Conversation } from '../terms/trace.ts';
import { RECORDING_LIMITS } from './recording-limits.ts';

/** Lines and columns from 1; a column is a UTF-16 code unit. */
export interface Place {
  readonly line: number;
  readonly column?: number | undefined;
}

/** A conversation, the line where it begins, and its position in the file (from 1, unreadable ones counted). */
export interface ConversationItem {
  readonly kind: 'conversation';
  readonly conversation: Conversation;
  readonly line: number;
  readonly position: number;
}

/** A part that gave no conversation: where, and a sentence with place and remedy. */
export interface UnreadableItem {
  readonly kind: 'unreadable';
  readonly place: Place;
  readonly says: string;
}

export type RecordingItem = ConversationItem | UnreadableItem;

export const TOO_LONG = `this conversation is longer than ${RECORDING_LIMITS.conversationChars} characters; leave out what nobody said`;
export const TOO_MANY = `more than ${RECORDING_LIMITS.rememberedIds} conversations in one file; split it`;

/** A reader of one format: text goes in piece by piece, items come out as soon as they are complete. */
export interface FormatReader {
  push(text: string): RecordingItem[];
  end(): RecordingItem[];
}

/** The count of one file: gives items their position, sentences their place, and ids that must be made up their name. */
export class Tally {
  readonly #source: string;
  #read = 0;
  #position = 0;
  readonly #ids = new Map<string, number>();

  constructor(source: string) {
    this.#source = source;
  }

  /** Called once for every conversation met, readable or not. */
  nextPosition(): number {
    this.#position += 1;
    return this.#position;
  }

  conversation(conversation: Conversation, line: number, position: number): ConversationItem {
    this.#read += 1;
    return { kind: 'conversation', conversation, line, position };
  }

  unreadable(place: Place, sentence: string): UnreadableItem {
    const column = place.column === undefined ? '' : `, column ${place.column}`;
    return { kind: 'unreadable', place, says: `${this.#source}, line ${place.line}${column}: ${sentence}` };
  }

  /** The end of a sentence, where reading ends for good. */
  nothingFrom(line: number): string {
    const were = this.#read === 1 ? 'conversation was' : 'conversations were';
    return `Nothing from line ${line} on could be read; ${this.#read} ${were} read before it.`;
  }

  /** Whether an id is met for the first time; `full` when no further one can be remembered. */
  meet(id: string): 'first' | 'again' | 'full' {
    if (this.#ids.has(id)) return 'again';
    if (this.#ids.size >= RECORDING_LIMITS.rememberedIds) return 'full';
    this.#ids.set(id, 1);
    return 'first';
  }

  /** `name`, or `name-2`, `name-3` … where that was met before. */
  nameOnce(name: string): Result<string, string> {
    let candidate = name;
    let met = this.meet(candidate);
    for (let n = this.#ids.get(name) ?? 1; met === 'again'; met = this.meet(candidate)) {
      n += 1;
      this.#ids.set(name, n);
      candidate = `${name}-${n}`;
    }
    return met === 'full' ? err(TOO_MANY) : ok(candidate);
  }
}
