/** A checked condition: the parser's tree with every name resolved, every overload chosen and every type known. */

import type { Build } from './run.ts';
import type { Type } from './type.ts';
import type { Value } from './unknown.ts';

/** What a name in scope is, and where its value lies in a frame. */
export interface ScopeName {
  readonly type: Type;
  readonly slot: number;
  /** A definition's own term: cost and polarity look through the name. */
  readonly stands_for?: Term | undefined;
}

/** One overload of an operator or function, chosen by the checker. */
export interface Call {
  /** As it is written: `<`, `size`, `customer_said`. */
  readonly name: string;
  readonly build: Build;
  /** Units of work beside its arguments; 1 unless said. */
  readonly cost: number;
}

export type MacroName = 'exists' | 'all' | 'exists_one' | 'filter' | 'map';

interface At {
  readonly type: Type;
  /** Offsets in the text of the expression. */
  readonly from: number;
  readonly to: number;
}

export type Term = At &
  (
    | { readonly op: 'literal'; readonly value: Value }
    | { readonly op: 'name'; readonly name: string; readonly scope: ScopeName }
    | { readonly op: 'local'; readonly name: string; readonly index: number }
    | { readonly op: 'field'; readonly of: Term; readonly key: string }
    | { readonly op: 'has'; readonly of: Term; readonly key: string }
    | { readonly op: 'at'; readonly of: Term; readonly key: Term }
    | { readonly op: 'and' | 'or'; readonly left: Term; readonly right: Term }
    | { readonly op: 'not'; readonly of: Term }
    | { readonly op: 'if'; readonly test: Term; readonly yes: Term; readonly no: Term }
    | { readonly op: 'list'; readonly items: readonly Term[] }
    | { readonly op: 'map'; readonly entries: readonly (readonly [Term, Term])[] }
    | { readonly op: 'call'; readonly call: Call; readonly args: readonly Term[] }
    | {
        readonly op: 'macro';
        readonly macro: MacroName;
        readonly list: Term;
        /** Which local the element is, counted from the outermost macro. */
        readonly index: number;
        /** Of `map` with three arguments. */
        readonly where?: Term | undefined;
        readonly body: Term;
      }
  );

/** The terms directly below. */
export function children(term: Term): readonly Term[] {
  switch (term.op) {
    case 'literal':
    case 'name':
    case 'local':
      return [];
    case 'field':
    case 'has':
    case 'not':
      return [term.of];
    case 'at':
      return [term.of, term.key];
    case 'and':
    case 'or':
      return [term.left, term.right];
    case 'if':
      return [term.test, term.yes, term.no];
    case 'list':
      return term.items;
    case 'map':
      return term.entries.flat();
    case 'call':
      return term.args;
    case 'macro':
      return term.where ? [term.list, term.where, term.body] : [term.list, term.body];
  }
}
