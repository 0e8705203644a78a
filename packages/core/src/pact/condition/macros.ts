/** The loops of conditions: exists, all, exists_one, filter, map. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { PACT_LIMITS } from '../pact-limits.ts';
import type { Checker, Locals } from './checker.ts';
import type { MacroName, Term } from './term.ts';
import { BOOL, boundOf, isSameType, listOf, showType, type Type } from './type.ts';

const MACROS: readonly MacroName[] = ['exists', 'all', 'exists_one', 'filter', 'map'];

export const isMacro = (name: string): boolean => (MACROS as readonly string[]).includes(name);

export function checkMacro(checker: Checker, node: ASTNode & { op: 'rcall' }, locals: Locals): Term | undefined {
  const macro = node.args[0] as MacroName;
  const [variable, ...bodies] = node.args[2];
  if (variable?.op !== 'id' || bodies.length < 1 || bodies.length > (macro === 'map' ? 2 : 1))
    return checker.refuse(node, 'type_mismatch', `${macro} is written as list.${macro}(x, …)`);
  const name = variable.args;
  if (isKnown(checker, name) || locals.some((local) => local.name === name))
    return checker.refuse(variable, 'refused', `${name} hides another name; choose a new one`);
  const list = checker.term(node.args[1], locals);
  if (!list) return undefined;
  const of = elementOf(list.type);
  if (!of)
    return checker.refuse(
      node.args[1],
      'type_mismatch',
      `${macro} goes over a list or a map, not ${showType(list.type)}`,
    );
  // Depth counts bodies inside bodies: a chain x.filter(…).map(…) adds none.
  if (locals.length >= PACT_LIMITS.nesting)
    return checker.refuse(
      node,
      'nesting',
      `Loops stand at most ${PACT_LIMITS.nesting} deep`,
      'name the inner one under define',
    );
  const inner = [...locals, { name, type: of }];
  const terms = bodies.map((body) => checker.term(body, inner));
  if (!terms.every((term) => term !== undefined)) return undefined;
  const body = terms.at(-1) as Term;
  const test = macro === 'map' ? (terms.length === 2 ? terms[0] : undefined) : body;
  if (test && !isSameType(test.type, BOOL))
    return checker.refuse(
      { start: test.from, end: test.to },
      'not_bool',
      `${macro} asks for a bool here, not ${showType(test.type)}`,
    );
  const bound = boundOf(list.type);
  const type = macro === 'filter' ? listOf(of, bound) : macro === 'map' ? listOf(body.type, bound) : BOOL;
  const at = { from: node.start, to: node.end, type };
  return { ...at, op: 'macro', macro, list, index: locals.length, where: macro === 'map' ? test : undefined, body };
}

const isKnown = (checker: Checker, name: string): boolean => [...checker.scope.known()].includes(name);

/** What a loop goes over: the elements of a list, the keys of a map. */
const elementOf = (type: Type): Type | undefined =>
  type.kind === 'list' ? type.of : type.kind === 'map' ? type.key : undefined;
