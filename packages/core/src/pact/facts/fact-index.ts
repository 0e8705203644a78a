/** The results that one fact can be taken from, in the order they came, found by the fields of its `where`. */
import { type Json, ownMember } from '../../terms/json.ts';
import { boundOf } from '../condition/type.ts';
import { type RecordValue, Unknown, type Value } from '../condition/unknown.ts';
import type { Setting } from '../shape/convert.ts';
import type { TraceFactPlan } from './fact-plan.ts';

interface Item {
  readonly value: Value;
  /** The step it came with; results of one turn share it. */
  readonly step: number;
  readonly at: number | undefined;
  /** Of `each`: what a later item with the same takes the place of. */
  readonly identity: string | undefined;
}

/** A selected fact, and the step it was taken from: what `after` counts from. */
export interface Selected {
  readonly value: Value;
  readonly step: number;
}

/** What else a selection depends on: the clock, and whether a result without a time counts as fresh. */
export interface Freshness {
  readonly now: number | undefined;
  readonly undatedIsFresh: boolean;
}

export class FactIndex {
  readonly #plan: TraceFactPlan;
  readonly #groups = new Map<string, Item[]>();
  /** Items whose `where` fields cannot be read: they could be anybody's. */
  readonly #anybodys: Item[] = [];
  readonly #missing: Unknown;
  readonly #overflowing = new Set<string>();

  constructor(plan: TraceFactPlan) {
    this.#plan = plan;
    this.#missing = new Unknown('missing_fact', plan.name);
  }

  add(json: Json | undefined, step: number, at: number | undefined, setting: Setting): void {
    const converted = this.#plan.convert(json, setting);
    const value =
      converted instanceof Unknown ? new Unknown(converted.cause, this.#plan.name, converted.path) : converted;
    const key = this.#keyOf(json, setting);
    const item: Item = { value, step, at, identity: this.#identity(value) };
    if (key === undefined) {
      this.#anybodys.push(item);
      return;
    }
    const group = this.#groups.get(key) ?? [];
    this.#groups.set(key, group);
    this.#insert(group, item, key);
  }

  /** A result that is too long to read: it could be anybody's. */
  addTooLong(step: number, at: number | undefined): void {
    this.#anybodys.push({ value: new Unknown('too_long', this.#plan.name), step, at, identity: undefined });
  }

  #insert(group: Item[], item: Item, key: string): void {
    const { take } = this.#plan;
    if (take === 'latest') group.length = 0;
    const same = item.identity === undefined ? -1 : group.findIndex(({ identity }) => identity === item.identity);
    if (same >= 0) group.splice(same, 1);
    if (take !== 'latest' && group.length >= boundOf(this.#plan.type)) this.#overflowing.add(key);
    else group.push(item);
  }

  #identity(value: Value): string | undefined {
    if (this.#plan.take !== 'each' || value instanceof Unknown) return undefined;
    return JSON.stringify(this.#plan.key.map((field) => (value as RecordValue)[field] ?? null));
  }

  /** The group of an item, or `undefined` where one of its `where` fields cannot be read. */
  #keyOf(json: Json | undefined, setting: Setting): string | undefined {
    const parts: Value[] = [];
    for (const { field, convert } of this.#plan.where) {
      const part = convert(ownMember(json, field), setting);
      if (part instanceof Unknown) return undefined;
      parts.push(part);
    }
    return JSON.stringify(parts);
  }

  /** What the fact is, for these values of its `where` fields and only after that step. */
  select(where: readonly Value[], after: number | undefined, fresh: Freshness): Selected {
    const key = JSON.stringify(where);
    const items = [...(this.#groups.get(key) ?? []), ...this.#anybodys]
      .filter((item) => after === undefined || item.step > after)
      .sort((a, b) => a.step - b.step);
    const step = items.at(-1)?.step ?? -1;
    return {
      value: this.#overflowing.has(key) ? new Unknown('too_long', this.#plan.name) : this.#valueOf(items, after, fresh),
      step,
    };
  }

  #valueOf(items: readonly Item[], after: number | undefined, fresh: Freshness): Value {
    const last = items.at(-1);
    if (!last) return this.#plan.take !== 'latest' && after !== undefined ? [] : this.#missing;
    const used = this.#plan.take === 'latest' ? [last] : items;
    if (used.some((item) => this.#isStale(item, fresh))) return new Unknown('stale', this.#plan.name);
    if (this.#plan.take === 'latest') return last.value;
    const list: Value[] = [];
    for (const { value } of used) {
      if (value instanceof Unknown) return value;
      list.push(value);
    }
    return list;
  }

  #isStale(item: Item, { now, undatedIsFresh }: Freshness): boolean {
    const { maxAge } = this.#plan;
    if (maxAge === undefined) return false;
    if (item.at === undefined || now === undefined) return !undatedIsFresh;
    return now - item.at > maxAge;
  }
}
