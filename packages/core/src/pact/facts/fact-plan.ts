/** Where a fact comes from: a section of the pact, resolved. */
import type { Type } from '../condition/type.ts';
import type { Converter } from '../shape/convert.ts';

/** A fact that is selected from results in the trace. */
export interface TraceFactPlan {
  readonly from: 'trace';
  readonly name: string;
  /** Its place among the trace facts: the number of its index in a memory. */
  readonly index: number;
  /** Tool → the parts of its result to take. An empty path is the whole result. */
  readonly sources: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Field of the fact ← argument of the call. */
  readonly carry: readonly (readonly [field: string, arg: string])[];
  /** Fields that must equal an expression at the moment of the decision. */
  readonly where: readonly { readonly field: string; readonly convert: Converter }[];
  readonly take: 'latest' | 'each' | 'all';
  /** Of `each`: the fields that tell its items apart. */
  readonly key: readonly string[];
  readonly flatten: boolean;
  /** Another trace fact: only results that came after the one it was taken from. */
  readonly after: string | undefined;
  readonly maxAge: number | undefined;
  /** The type in conditions, and that of one element (the same for `latest`). */
  readonly type: Type;
  readonly element: Type;
  readonly convert: Converter;
}

/**
 * A fact that does not come from the trace: a table under the pact's digest, what the gate fetches (`http`), what the
 * proposal brings (`caller`).
 */
export interface GivenFactPlan {
  readonly from: 'table' | 'http' | 'caller';
  readonly name: string;
  readonly type: Type;
  readonly convert: Converter;
  readonly maxAge: number | undefined;
}

export type FactPlan = TraceFactPlan | GivenFactPlan;
