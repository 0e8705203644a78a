/**
 * What a node remembers of open conversations: an erasable cache beside the world, rebuilt from disclosures. The world
 * says which entries make up a conversation's trace; what they say is in their disclosures alone.
 */
import { canonical, encodeUtf8, sha256Hex } from '@surety/core/crypto';
import type { Placed } from '@surety/core/evidence';
import { ConversationMemory, type Pact } from '@surety/core/pact';
import type { CallStep, Step, ZoneOffset } from '@surety/core/terms';
import type { ConversationStanding } from '@surety/core/world';
import { LRUCache } from 'lru-cache';

/** A conversation by the name it has here and the one it has in the operator's systems. */
export interface ConversationRef {
  readonly name: string;
  readonly id: string;
  readonly customer: string | undefined;
  readonly channel: string | undefined;
}

/** Which entries make up a conversation's trace, and whether older ones are no longer known. */
type TraceOf = Pick<ConversationStanding, 'trace' | 'cut'>;

export type TraceEntry = Placed<'trace.observed'> | Placed<'action.executed'> | Placed<'action.failed'>;
/** What trace entries disclosed, by index: `undefined` where it was erased, absent where the entry is not durable yet. */
export type ReadTrace = (indexes: readonly number[]) => Promise<Map<number, readonly Step[] | undefined>>;

/** What things take of memory: a value, much more than the characters of its text. */
const BYTES = { conversation: 4_096, step: 1_024, textChar: 2, valueChar: 8 };

interface Known {
  readonly argsText: string;
  readonly result: string | undefined;
}

const textKey = (step: { kind: string; text: string }): string => sha256Hex(encodeUtf8(`${step.kind}\n${step.text}`));
const resultKey = (step: CallStep): string | undefined =>
  step.result_text ??
  (step.result === undefined ? undefined : typeof step.result === 'string' ? step.result : canonical(step.result));

export class Remembered {
  readonly ref: ConversationRef;
  /** Part of its trace was erased or let go: what "never happened" cannot be known, so its actions are held. */
  incomplete = false;
  /** The latest trace entry taken in. */
  seq = -1;
  /** Steps were taken in whose entry is not durable yet. */
  isAhead = false;
  /** About what it takes of memory. */
  bytes = BYTES.conversation;
  readonly #steps: Step[] = [];
  readonly #memories = new Map<string, ConversationMemory>();
  readonly #texts = new Map<string, number>();
  readonly #calls = new Map<string, Known>();
  readonly #offset: ZoneOffset;

  constructor(ref: ConversationRef, offset: ZoneOffset) {
    this.ref = ref;
    this.#offset = offset;
  }

  memoryFor(pact: Pact): ConversationMemory {
    const known = this.#memories.get(pact.digest);
    if (known) return known;
    const { id, customer, channel } = this.ref;
    const memory = new ConversationMemory(pact, { id, customer, channel }, this.#offset);
    for (const step of this.#steps) memory.observe(step);
    this.#memories.set(pact.digest, memory);
    return memory;
  }

  observe(steps: readonly Step[]): void {
    for (const step of steps) {
      this.#steps.push(step);
      this.bytes += BYTES.step + this.#note(step);
      for (const memory of this.#memories.values()) memory.observe(step);
    }
  }

  /** For later comparing; what it holds takes so many bytes. */
  #note(step: Step): number {
    if (step.kind === 'call') {
      const known = { argsText: argsText(step), result: resultKey(step) };
      this.#calls.set(step.call_id, known);
      return BYTES.valueChar * (known.argsText.length + (known.result?.length ?? 0));
    }
    const key = textKey(step);
    this.#texts.set(key, (this.#texts.get(key) ?? 0) + 1);
    return BYTES.textChar * step.text.length;
  }

  /**
   * The steps of a trace that was sent which are not known yet, in their order; and whether it disagrees with what was
   * recorded: another result or other arguments of a known call, or an unknown call from before a known one.
   */
  compare(sent: readonly Step[], callName: (id: string) => string): { fresh: readonly Step[]; conflicts: boolean } {
    const seen = new Map<string, number>();
    const fresh: Step[] = [];
    let conflicts = false;
    for (const step of sent) {
      if (step.kind !== 'call') {
        const key = textKey(step);
        const n = (seen.get(key) ?? 0) + 1;
        seen.set(key, n);
        if (n > (this.#texts.get(key) ?? 0)) fresh.push(step);
        continue;
      }
      const result = resultKey(step);
      if (result === undefined) continue;
      const named: CallStep = { ...step, call_id: callName(step.call_id) };
      const known = this.#calls.get(named.call_id);
      if (!known) fresh.push(named);
      else if (known.argsText !== argsText(step) || (known.result !== undefined && !sameResult(known.result, result)))
        conflicts = true;
      if (known && fresh.some(({ kind }) => kind === 'call')) conflicts = true;
    }
    return { fresh, conflicts };
  }
}

const argsText = ({ args, args_text }: CallStep): string =>
  args ? JSON.stringify(canonicalOrText(args)) : (args_text ?? '');

function canonicalOrText(value: unknown): string {
  try {
    return canonical(value);
  } catch {
    return JSON.stringify(value);
  }
}

/** A framework may send the result as text where the report had it as a value. */
function sameResult(recorded: string, sent: string): boolean {
  if (recorded === sent) return true;
  return asCanonical(recorded) === asCanonical(sent);
}

function asCanonical(text: string): string {
  try {
    return canonicalOrText(JSON.parse(text));
  } catch {
    return text;
  }
}

/** What is remembered at once; beyond either the conversation longest unused is let go. */
export const MEMORY_LIMITS: MemoryLimits = Object.freeze({ conversations: 20_000, bytes: 134_217_728 });

export interface MemoryLimits {
  readonly conversations: number;
  readonly bytes: number;
}

export class Memories {
  readonly #known: LRUCache<string, Remembered>;
  readonly #loading = new Map<string, Promise<Remembered>>();
  /** How often everything was forgotten. */
  #age = 0;
  readonly #offset: ZoneOffset;
  readonly #read: ReadTrace;

  constructor(offset: ZoneOffset, read: ReadTrace, { conversations, bytes } = MEMORY_LIMITS) {
    this.#offset = offset;
    this.#read = read;
    this.#known = new LRUCache({ max: conversations, maxSize: bytes, sizeCalculation: (known) => known.bytes });
  }

  /** What is remembered, if it is up to the world's trace; otherwise it has to be loaded first. */
  current(ref: ConversationRef, standing: TraceOf | undefined): Remembered | undefined {
    const known = this.#known.get(ref.name);
    if (known && !needsCustomer(known, ref) && known.seq === (standing?.trace.at(-1) ?? -1)) return known;
    if (!known && !standing) return this.#keep(new Remembered(ref, this.#offset));
    return undefined;
  }

  async load(ref: ConversationRef, standing: TraceOf | undefined): Promise<Remembered> {
    const current = this.current(ref, standing);
    if (current) return current;
    const running = this.#loading.get(ref.name);
    if (running) return running;
    // The world's own list grows while it is read.
    const trace = [...(standing?.trace ?? [])];
    const loading = this.#rebuild(ref, trace, standing?.cut ?? false).finally(() => this.#loading.delete(ref.name));
    this.#loading.set(ref.name, loading);
    return loading;
  }

  /**
   * Takes in an entry that became durable, with what it discloses; for conversations that are remembered. Where entries
   * of another node came between, it is let go and built anew.
   */
  take(entry: TraceEntry, steps: readonly Step[], standing: TraceOf | undefined): void {
    const known = this.#known.get(entry.data.conversation);
    if (!known) return;
    const place = standing?.trace.lastIndexOf(entry.seq) ?? -1;
    if (place < 0 || known.seq !== (standing?.trace[place - 1] ?? -1)) {
      this.forget(known.ref.name);
      return;
    }
    known.seq = entry.seq;
    // What a proposal sent along was taken in when it was prepared.
    if (entry.type === 'trace.observed' && known.isAhead) known.isAhead = false;
    else known.observe(steps);
    this.#keep(known);
  }

  forget(name: string): void {
    this.#known.delete(name);
  }

  /** What is being read meanwhile is not kept either. */
  forgetAll(): void {
    this.#age++;
    this.#known.clear();
  }

  async #rebuild(ref: ConversationRef, trace: readonly number[], cut: boolean): Promise<Remembered> {
    const fresh = new Remembered(ref, this.#offset);
    fresh.incomplete = cut;
    const age = this.#age;
    const read = await this.#read(trace);
    for (const index of trace) {
      if (!read.has(index)) break;
      const steps = read.get(index);
      if (steps) fresh.observe(steps);
      else fresh.incomplete = true;
      fresh.seq = index;
    }
    return age === this.#age ? this.#keep(fresh) : fresh;
  }

  /** The cache asks how large a thing is when it comes in, and not again. */
  #keep(known: Remembered): Remembered {
    this.#known.delete(known.ref.name);
    this.#known.set(known.ref.name, known);
    return known;
  }
}

/** The customer became known, or the channel: what was remembered without them is built anew. */
const needsCustomer = ({ ref }: Remembered, { customer, channel }: ConversationRef): boolean =>
  (customer !== undefined && ref.customer !== customer) || (channel !== undefined && ref.channel !== channel);
