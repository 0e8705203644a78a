/** What the checks of one expression share. */
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Problem } from './problem.ts';
import type { ScopeName, Term } from './term.ts';
import type { Type } from './type.ts';

/** What a condition may name, and the money it is written in. */
export interface Scope {
  /**
   * What a name stands for; definitions are checked when they are first asked for. `broken` where that failed and was
   * told at its own place.
   */
  find(name: string): ScopeName | 'broken' | undefined;
  known(): Iterable<string>;
  readonly currency: string;
  readonly digits: number;
  phrases(words: readonly string[]): number;
}

/** Local names of the macros around a node, outermost first. */
export type Locals = readonly { readonly name: string; readonly type: Type }[];

/** Carries one check: the scope, and the problems found so far. A node in error gives no term and no second problem. */
export interface Checker {
  readonly scope: Scope;
  readonly problems: Problem[];
  term(node: ASTNode, locals: Locals): Term | undefined;
  refuse(node: { start: number; end: number }, code: Problem['code'], says: string, hint?: string): undefined;
}
