/**
 * What the conditions about one tool may name. Every tool has its own scope, since `action.args` has the types of its
 * schema; facts and definitions take a slot, and are checked, when a condition of that tool first names them.
 */
import type { Scope } from '../condition/checker.ts';
import { readCondition } from '../condition/condition.ts';
import { TRACE } from '../condition/functions.ts';
import type { Run } from '../condition/run.ts';
import type { ScopeName } from '../condition/term.ts';
import { BOOL, INT, mapOf, recordOf, STRING, TIME, type Type } from '../condition/type.ts';
import { Unknown, type Value } from '../condition/unknown.ts';
import type { Path } from '../diagnostic.ts';
import type { FactPlan, TraceFactPlan } from '../facts/fact-plan.ts';
import type { ResolvingFrame, SlotPlan } from '../pact.ts';
import type { PactFile } from '../syntax.ts';
import type { Reporter } from './reporter.ts';

/** The slots that every frame begins with. */
export const BASE_SLOTS = ['action', 'conversation', 'trace', 'now', 'autonomy', 'judges'] as const;
export type BaseSlot = (typeof BASE_SLOTS)[number];

const CONVERSATION = recordOf('conversation', { id: STRING, customer: STRING, channel: STRING });
const VERDICT = recordOf('judge', { verdict: STRING, confidence: INT, score: INT, counts: mapOf(STRING, INT, 100) });

/** The part of the pact that scopes are made from. */
export interface ScopeSource {
  readonly file: PactFile;
  readonly facts: ReadonlyMap<string, FactPlan>;
  readonly tables: ReadonlyMap<string, Value>;
  readonly digits: number;
  readonly reporter: Reporter;
  phrases(words: readonly string[]): number;
  /** Told of each fact and definition that some condition names. */
  used(name: string): void;
}

export const actionType = (tool: string, args: Type | undefined): Type =>
  recordOf('action', {
    tool: STRING,
    args: args ?? recordOf(`args of ${tool}`, {}),
    args_sha256: STRING,
    args_text: STRING,
    calls_in_turn: INT,
    text_in_turn: BOOL,
    confidence: INT,
  });

export const judgesType = (names: readonly string[]): Type =>
  recordOf('judges', Object.fromEntries(names.map((name) => [name, VERDICT])));

export class ToolScope implements Scope {
  readonly currency: string;
  readonly digits: number;
  readonly slots: SlotPlan[] = BASE_SLOTS.map((name) => ({ name, resolve: () => new Unknown('missing_fact', name) }));
  readonly #source: ScopeSource;
  readonly #names = new Map<string, ScopeName | 'broken'>();
  readonly #open = new Set<string>();

  constructor(source: ScopeSource, base: Partial<Record<BaseSlot, Type>>) {
    this.#source = source;
    this.currency = source.file.currency;
    this.digits = source.digits;
    const always = { conversation: CONVERSATION, trace: TRACE, now: TIME };
    for (const [name, type] of Object.entries({ ...always, ...base }))
      this.#names.set(name, { type, slot: BASE_SLOTS.indexOf(name as BaseSlot) });
  }

  phrases(words: readonly string[]): number {
    return this.#source.phrases(words);
  }

  *known(): Iterable<string> {
    yield* new Set([
      ...this.#names.keys(),
      ...this.#source.facts.keys(),
      ...Object.keys(this.#source.file.define ?? {}),
    ]);
  }

  find(name: string): ScopeName | 'broken' | undefined {
    const known = this.#names.get(name);
    if (known) return known;
    const fact = this.#source.facts.get(name);
    const definition = this.#source.file.define?.[name];
    if (!fact && !definition) return undefined;
    this.#source.used(name);
    if (this.#open.has(name)) {
      this.#source.reporter.errorAtKey(fact ? ['facts', name] : ['define', name], 'circular', `${name} needs itself`);
      return 'broken';
    }
    this.#open.add(name);
    const found = (fact ? this.#addFact(fact) : this.#addDefinition(name)) ?? 'broken';
    this.#open.delete(name);
    this.#names.set(name, found);
    return found;
  }

  /** Reads an expression at a path of the pact; reports what is wrong with it. */
  read(path: Path, text: string, wanted?: Type) {
    const condition = readCondition(text, this, wanted);
    if (condition.ok) return condition.value;
    this.#source.reporter.expression(path, condition.error);
    return undefined;
  }

  #addSlot(name: string, resolve: SlotPlan['resolve']): number {
    return this.slots.push({ name, resolve }) - 1;
  }

  #addDefinition(name: string): ScopeName | undefined {
    const condition = this.read(['define', name, 'cel'], this.#source.file.define?.[name]?.cel ?? '');
    if (!condition) return undefined;
    return { type: condition.term.type, slot: this.#addSlot(name, condition.run), stands_for: condition.term };
  }

  #addFact(fact: FactPlan): ScopeName | undefined {
    const { name, type } = fact;
    if (fact.from === 'trace') return this.#addTraceFact(fact);
    const written = this.#fileOf(name);
    const asked: [string, Run][] = [];
    for (const [key, text] of Object.entries((written?.from === 'http' && written.with) || {})) {
      const condition = this.read(['facts', name, 'with', key], text);
      if (!condition) return undefined;
      asked.push([key, condition.run]);
    }
    const table = this.#source.tables.get(name);
    return { type, slot: this.#addSlot(name, (frame) => givenValue(frame, name, asked, table)) };
  }

  #fileOf(name: string) {
    return this.#source.file.facts?.[name];
  }

  #addTraceFact(fact: TraceFactPlan): ScopeName | undefined {
    const { name } = fact;
    const file = this.#fileOf(name);
    const written = (file?.from === 'trace' && file.where) || {};
    const fields = fact.element.kind === 'record' ? fact.element.fields : new Map();
    const where = fact.where.map(({ field }) =>
      this.read(['facts', name, 'where', field], written[field] ?? '', fields.get(field)?.type),
    );
    const base = fact.after === undefined ? undefined : this.find(fact.after);
    if (!where.every((condition) => condition !== undefined) || base === 'broken') return undefined;
    const runs = where.map((condition) => condition.run);
    const slot = this.slots.length;
    this.#addSlot(name, (frame) => {
      const keys: Value[] = [];
      for (const run of runs) {
        const key = run(frame);
        if (key instanceof Unknown) return key;
        keys.push(key);
      }
      let after: number | undefined;
      if (base) {
        const earlier = frame.values[base.slot] ?? frame.resolve(base.slot);
        if (earlier instanceof Unknown) return earlier;
        after = frame.steps[base.slot];
      }
      const { value, step } = frame.select(fact.index, keys, after);
      frame.steps[slot] = step;
      return value;
    });
    return { type: fact.type, slot };
  }
}

/** A fact from outside the trace: what was fetched or sent for what is asked, else the table of the pact. */
function givenValue(
  frame: ResolvingFrame,
  name: string,
  asked: readonly (readonly [string, Run])[],
  table: Value | undefined,
): Value {
  const values: Record<string, Value> = {};
  for (const [key, run] of asked) {
    const value = run(frame);
    if (value instanceof Unknown) return value;
    values[key] = value;
  }
  return frame.givenFact(name, values) ?? table ?? new Unknown('missing_fact', name);
}
