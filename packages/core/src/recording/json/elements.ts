/**
 * JSON documents, split as they stream: objects one after another, a list of them, or the `simulations` of a tau2-bench
 * object. Only one element is ever held. After a break, reading goes on at the next line that begins like an element.
 */
import { type Container, toConversation } from '../chat/recorded.ts';
import { type FormatReader, type Place, type RecordingItem, type Tally, TOO_LONG } from '../item.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { TOO_DEEP } from './parse.ts';
import { type Bracket, type JsonEvent, JsonScanner } from './scanner.ts';

/** The brackets around the elements. What surrounds a list of simulations has none: it is passed over. */
interface Surroundings {
  readonly container: Container;
  readonly brackets: readonly Bracket[];
  readonly hasElements: boolean;
}

const TOP: Surroundings = { container: 'file', brackets: [], hasElements: true };
const LIST: Surroundings = { container: 'file', brackets: ['['], hasElements: true };
const SIMULATIONS: Surroundings = { container: 'simulations', brackets: ['{', '['], hasElements: true };
const REST: Surroundings = { container: 'file', brackets: ['{'], hasElements: false };

/** The element being read: its text so far, or why it will not be read. */
interface Element {
  readonly place: Place;
  readonly pieces: string[];
  chars: number;
  refused: string | undefined;
}

/** A break, until it is known whether anything behind it can be read. */
interface Break {
  readonly place: Place;
  readonly says: string;
  readonly lostFrom: number;
  /** The blanks before an element that opens its line; `undefined` where reading cannot go on. */
  indent: string | undefined;
  /** How many of these blanks the present line has shown; `undefined` behind the beginning of a line. */
  matched: number | undefined;
}

export class JsonElements implements FormatReader {
  readonly #tally: Tally;
  readonly #scanner = new JsonScanner();
  #items: RecordingItem[] = [];
  #around = TOP;
  #element: Element | undefined;
  /** Where the element's text goes on in what was fed last. */
  #from = 0;
  /** The name `simulations` was read, and its value comes next. */
  #isBeforeSimulations = false;
  /** The blanks before the first element; `null` where they do not tell elements from what is inside them. */
  #indent: string | null | undefined;
  #broken: Break | undefined;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  push(text: string): RecordingItem[] {
    this.#scanner.feed(text);
    this.#from = 0;
    while (this.#scanner.index < text.length) {
      if (this.#broken) this.#seek(this.#broken);
      else this.#on(this.#scanner.next());
    }
    if (this.#element) this.#take(this.#element, text.slice(this.#from));
    return this.#give();
  }

  end(): RecordingItem[] {
    this.#scanner.feed('');
    this.#from = 0;
    let event: JsonEvent = 'end';
    while (!this.#broken && event === 'end') {
      event = this.#scanner.finish();
      this.#on(event);
    }
    if (this.#broken) this.#report(this.#broken, this.#tally.nothingFrom(this.#broken.lostFrom));
    return this.#give();
  }

  #give(): RecordingItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #on(event: JsonEvent): void {
    if (event === 'begin') this.#begin();
    else if (event === 'end') this.#end();
    else if (event === 'key') this.#isBeforeSimulations = this.#scanner.key === 'simulations';
    else if (event === 'fault') this.#break();
  }

  #begin(): void {
    const { level, opener } = this.#scanner;
    const isSimulations = this.#isBeforeSimulations && opener === '[';
    this.#isBeforeSimulations = false;
    if (isSimulations) this.#enter(SIMULATIONS);
    else if (this.#element) this.#look(this.#element);
    else if (level !== this.#around.brackets.length || !this.#around.hasElements) return;
    else if (this.#around === TOP && opener === '[') this.#enter(LIST);
    else this.#open();
  }

  #enter(around: Surroundings): void {
    this.#around = around;
    this.#element = undefined;
    this.#indent = undefined;
  }

  #open(): void {
    const { place, indent, start } = this.#scanner;
    if (this.#indent === undefined) this.#indent = indent ?? null;
    this.#element = { place, pieces: [], chars: 0, refused: undefined };
    this.#from = start;
  }

  /** Something begins inside an element. */
  #look(element: Element): void {
    const { depth, indent, opener } = this.#scanner;
    if (depth - this.#around.brackets.length > RECORDING_LIMITS.nesting) element.refused ??= TOO_DEEP;
    if (opener === '{' && indent === this.#indent) this.#indent = null;
  }

  #end(): void {
    const { level, text, index } = this.#scanner;
    const inside = this.#around.brackets.length;
    if (level === inside && this.#element) {
      this.#take(this.#element, text.slice(this.#from, index));
      this.#items.push(this.#read(this.#element));
      this.#element = undefined;
    } else if (level < inside) this.#enter(this.#around === SIMULATIONS ? REST : TOP);
  }

  #take(element: Element, piece: string): void {
    element.chars += piece.length;
    if (element.chars > RECORDING_LIMITS.conversationChars) element.refused ??= TOO_LONG;
    if (element.refused) element.pieces.length = 0;
    else element.pieces.push(piece);
  }

  #read({ place, pieces, refused }: Element): RecordingItem {
    const position = this.#tally.nextPosition();
    if (refused) return this.#tally.unreadable(place, refused);
    const conversation = toConversation(JSON.parse(pieces.join('')), this.#around.container, this.#tally);
    if (!conversation.ok) return this.#tally.unreadable(place, conversation.error);
    return this.#tally.conversation(conversation.value, place.line, position);
  }

  #break(): void {
    const { fault, place, indent } = this.#scanner;
    const lostFrom = this.#element?.place.line ?? place.line;
    if (this.#element) this.#tally.nextPosition();
    this.#element = undefined;
    const says = `the JSON breaks here: ${fault}; mend it or export the file again.`;
    const known = this.#around.hasElements ? (this.#indent ?? undefined) : undefined;
    const isAtLineStart = known !== undefined && indent === known && place.column === known.length + 1;
    this.#broken = { place, says, lostFrom, indent: known, matched: isAtLineStart ? known.length : undefined };
  }

  /** Looks for the next line that begins like an element, or for the end of the list. */
  #seek(broken: Break): void {
    const { indent, matched } = broken;
    const char = this.#scanner.text.charAt(this.#scanner.index);
    if (indent === undefined) this.#scanner.index = this.#scanner.text.length;
    else if (matched === undefined) broken.matched = this.#scanner.passLine() ? 0 : undefined;
    else if (matched === indent.length && char === '{') this.#goOn(broken);
    else if (matched < indent.length && char === indent.charAt(matched)) {
      this.#scanner.pass();
      broken.matched = matched + 1;
    } else if (matched < indent.length && char === ']') broken.indent = undefined;
    else broken.matched = undefined;
  }

  #goOn(broken: Break): void {
    this.#scanner.restart(this.#around.brackets);
    this.#broken = undefined;
    const from = this.#scanner.here().line;
    this.#report(broken, `What begins in line ${broken.lostFrom} is left out; reading goes on in line ${from}.`);
  }

  #report({ place, says }: Break, outcome: string): void {
    this.#items.push(this.#tally.unreadable(place, `${says} ${outcome}`));
  }
}
