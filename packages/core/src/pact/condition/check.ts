/** Checks a condition: every name known, every type right, nothing let in that a gate should not run. */
import type { ASTNode } from '@marcbachmann/cel-js';
import { PACT_LIMITS } from '../pact-limits.ts';
import type { Checker, Locals, Scope } from './checker.ts';
import { FUNCTIONS, METHODS, type Signature } from './functions.ts';
import { checkMacro, isMacro } from './macros.ts';
import { binaryOperator, negate } from './operators.ts';
import { didYouMean, type Problem } from './problem.ts';
import type { Term } from './term.ts';
import { ANY, BOOL, INT, isSameType, listOf, mapOf, STRING, showType, type Type, unify } from './type.ts';

export function checkTree(root: ASTNode, scope: Scope): { term: Term | undefined; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const checker: Checker = {
    scope,
    problems,
    term: (node, locals) => checkNode(checker, node, locals),
    refuse(node, code, says, hint) {
      problems.push({ code, from: node.start, to: node.end, says, hint });
      return undefined;
    },
  };
  return { term: checker.term(root, []), problems };
}

function checkNode(checker: Checker, node: ASTNode, locals: Locals): Term | undefined {
  const at = { from: node.start, to: node.end };
  switch (node.op) {
    case 'value':
      return checkLiteral(checker, node);
    case 'id':
      return checkName(checker, node, node.args, locals);
    case '.':
      return checkField(checker, node, locals);
    case '[]':
      return checkAt(checker, node, locals);
    case '&&':
    case '||': {
      const [left, right] = checkAll(checker, node.args, locals, BOOL);
      return left && right && { ...at, op: node.op === '&&' ? 'and' : 'or', type: BOOL, left, right };
    }
    case '!_': {
      const [of] = checkAll(checker, [node.args], locals, BOOL);
      return of && { ...at, op: 'not', type: BOOL, of };
    }
    case '-_':
      return checkNegation(checker, node, locals);
    case '?:':
      return checkIf(checker, node, locals);
    case 'list':
      return checkList(checker, node, locals);
    case 'map':
      return checkMap(checker, node, locals);
    case 'call':
      return node.args[0] === 'has' ? checkHas(checker, node, locals) : checkCall(checker, node, locals);
    case 'rcall':
      return isMacro(node.args[0]) ? checkMacro(checker, node, locals) : checkCall(checker, node, locals);
    case '.?':
    case '[?]':
      return checker.refuse(node, 'refused', 'Optional access is not let in; use has(…)');
    default:
      return checkBinary(checker, node, locals);
  }
}

/** Terms of several nodes; each that has another type than asked for is a problem at its place. */
function checkAll(checker: Checker, nodes: readonly ASTNode[], locals: Locals, type: Type): (Term | undefined)[] {
  return nodes.map((node) => {
    const term = checker.term(node, locals);
    if (!term || isSameType(term.type, type)) return term;
    return checker.refuse(
      node,
      type === BOOL ? 'not_bool' : 'type_mismatch',
      `This is ${a(term.type)}, not ${a(type)}`,
    );
  });
}

/** `a list<int>`, `an int`. */
const a = (type: Type): string => `${type.kind === 'int' || type.kind === 'any' ? 'an' : 'a'} ${showType(type)}`;

function checkLiteral(checker: Checker, node: ASTNode & { op: 'value' }): Term | undefined {
  const at = { from: node.start, to: node.end, op: 'literal' as const };
  const value = node.args;
  if (typeof value === 'string') return { ...at, type: STRING, value };
  if (typeof value === 'boolean') return { ...at, type: BOOL, value };
  if (typeof value === 'number')
    return checker.refuse(
      node,
      'double_literal',
      'A number with a fraction is not let in',
      'for money write minor("42.50")',
    );
  if (typeof value !== 'bigint')
    return checker.refuse(
      node,
      'refused',
      value === null ? 'null is not let in; use has(…)' : 'Bytes and unsigned numbers are not let in',
    );
  const whole = Number(value);
  if (!Number.isSafeInteger(whole)) return checker.refuse(node, 'bad_value', 'This number is above 2^53');
  return { ...at, type: INT, value: whole };
}

function checkName(checker: Checker, node: ASTNode, name: string, locals: Locals): Term | undefined {
  const at = { from: node.start, to: node.end };
  const index = locals.findLastIndex((local) => local.name === name);
  if (index >= 0) return { ...at, op: 'local', name, index, type: (locals[index] as Locals[number]).type };
  const scope = checker.scope.find(name);
  if (scope === 'broken') return undefined;
  if (scope) return { ...at, op: 'name', name, scope, type: scope.type };
  const known = [...checker.scope.known(), ...locals.map((local) => local.name)];
  return checker.refuse(node, 'unknown_name', `No such name: ${name}`, didYouMean(name, known));
}

/** The type of `of.key`, or `undefined` with the problem reported. */
function fieldType(checker: Checker, node: ASTNode, of: Term, key: string): Type | undefined {
  if (of.type.kind === 'map' && of.type.key.kind === 'string') return of.type.of;
  const place = { start: node.end - key.length, end: node.end };
  if (of.type.kind !== 'record')
    return checker.refuse(
      place,
      'unknown_field',
      `${a(of.type)[0]?.toUpperCase()}${a(of.type).slice(1)} has no fields`,
    );
  const field = of.type.fields.get(key);
  if (field) return field.type;
  return checker.refuse(
    place,
    'unknown_field',
    `No such field in ${of.type.name}: ${key}`,
    didYouMean(key, of.type.fields.keys()),
  );
}

function checkField(checker: Checker, node: ASTNode & { op: '.' }, locals: Locals): Term | undefined {
  const [below, key] = node.args;
  const of = checker.term(below, locals);
  const type = of && fieldType(checker, node, of, key);
  return of && type && { from: node.start, to: node.end, op: 'field', type, of, key };
}

function checkHas(checker: Checker, node: ASTNode & { op: 'call' }, locals: Locals): Term | undefined {
  const [path, ...more] = node.args[1];
  if (!path || more.length > 0 || path.op !== '.' || !isPath(path))
    return checker.refuse(node, 'refused', 'has(…) takes a path of fields, such as has(order.delivered_at)');
  const term = checkField(checker, path, locals);
  if (term?.op !== 'field') return undefined;
  return { from: node.start, to: node.end, op: 'has', type: BOOL, of: term.of, key: term.key };
}

const isPath = (node: ASTNode): boolean => node.op === 'id' || (node.op === '.' && isPath(node.args[0]));

function checkAt(checker: Checker, node: ASTNode & { op: '[]' }, locals: Locals): Term | undefined {
  const [of, key] = node.args.map((part) => checker.term(part, locals));
  if (!of || !key) return undefined;
  const at = { from: node.start, to: node.end };
  if (of.type.kind === 'record' && key.op === 'literal' && typeof key.value === 'string') {
    const field = of.type.fields.get(key.value);
    if (field) return { ...at, op: 'field', type: field.type, of, key: key.value };
    return checker.refuse(
      node.args[1],
      'unknown_field',
      `No such field in ${of.type.name}: ${key.value}`,
      didYouMean(key.value, of.type.fields.keys()),
    );
  }
  if (of.type.kind !== 'list' && of.type.kind !== 'map')
    return checker.refuse(node, 'type_mismatch', `${showType(of.type)} cannot be indexed`);
  const wanted = of.type.kind === 'list' ? INT : of.type.key;
  if (!isSameType(key.type, wanted))
    return checker.refuse(node.args[1], 'type_mismatch', `The index is ${a(key.type)}, not ${a(wanted)}`);
  return { ...at, op: 'at', type: of.type.of, of, key };
}

function checkNegation(checker: Checker, node: ASTNode & { op: '-_' }, locals: Locals): Term | undefined {
  const of = checker.term(node.args, locals);
  if (!of) return undefined;
  const at = { from: node.start, to: node.end };
  if (of.op === 'literal' && typeof of.value === 'number')
    return { ...at, op: 'literal', type: of.type, value: 0 - of.value };
  if (of.type.kind !== 'int' && of.type.kind !== 'duration')
    return checker.refuse(node, 'type_mismatch', `- cannot stand before ${a(of.type)}`);
  return { ...at, op: 'call', type: of.type, call: { name: '-', build: negate, cost: 1 }, args: [of] };
}

function checkIf(checker: Checker, node: ASTNode & { op: '?:' }, locals: Locals): Term | undefined {
  const [test] = checkAll(checker, [node.args[0]], locals, BOOL);
  const yes = checker.term(node.args[1], locals);
  const no = checker.term(node.args[2], locals);
  if (!test || !yes || !no) return undefined;
  if (!isSameType(yes.type, no.type))
    return checker.refuse(
      node,
      'type_mismatch',
      `The two sides differ: ${showType(yes.type)} and ${showType(no.type)}`,
    );
  return { from: node.start, to: node.end, op: 'if', type: unify(yes.type, no.type), test, yes, no };
}

/** Terms of one type, and that type. */
function checkSame(
  checker: Checker,
  nodes: readonly ASTNode[],
  locals: Locals,
): { terms: Term[]; type: Type } | undefined {
  let type = ANY;
  const terms: Term[] = [];
  for (const node of nodes) {
    const term = checker.term(node, locals);
    if (!term) continue;
    if (!isSameType(type, term.type))
      checker.refuse(node, 'type_mismatch', `This is ${a(term.type)} among ${showType(type)}`);
    type = unify(type, term.type);
    terms.push(term);
  }
  return terms.length === nodes.length ? { terms, type } : undefined;
}

function checkList(checker: Checker, node: ASTNode & { op: 'list' }, locals: Locals): Term | undefined {
  if (node.args.length > PACT_LIMITS.literalItems)
    return checker.refuse(
      node,
      'limit_literal_items',
      `A list here has at most ${PACT_LIMITS.literalItems} items; use a table`,
    );
  const items = checkSame(checker, node.args, locals);
  return (
    items && {
      from: node.start,
      to: node.end,
      op: 'list',
      type: listOf(items.type, items.terms.length),
      items: items.terms,
    }
  );
}

function checkMap(checker: Checker, node: ASTNode & { op: 'map' }, locals: Locals): Term | undefined {
  if (node.args.length > PACT_LIMITS.literalItems)
    return checker.refuse(
      node,
      'limit_literal_items',
      `A map here has at most ${PACT_LIMITS.literalItems} entries; use a table`,
    );
  const keys = checkSame(
    checker,
    node.args.map(([key]) => key),
    locals,
  );
  const values = checkSame(
    checker,
    node.args.map(([, value]) => value),
    locals,
  );
  if (!keys || !values) return undefined;
  const kinds: readonly Type['kind'][] = ['string', 'int', 'bool', 'any'];
  if (!kinds.includes(keys.type.kind))
    return checker.refuse(node, 'type_mismatch', `A key is a string, an int or a bool, not ${a(keys.type)}`);
  const entries = keys.terms.map((key, i) => [key, values.terms[i] as Term] as const);
  return { from: node.start, to: node.end, op: 'map', type: mapOf(keys.type, values.type, entries.length), entries };
}

function checkBinary(checker: Checker, node: ASTNode, locals: Locals): Term | undefined {
  const [leftNode, rightNode] = node.args as readonly [ASTNode, ASTNode];
  const left = checker.term(leftNode, locals);
  const right = checker.term(rightNode, locals);
  if (!left || !right) return undefined;
  const overload = binaryOperator(node.op, left.type, right.type);
  if (!overload)
    return checker.refuse(
      node,
      'type_mismatch',
      `${node.op} cannot stand between ${a(left.type)} and ${a(right.type)}`,
    );
  const call = { name: node.op, build: overload.build, cost: 1 };
  return { from: node.start, to: node.end, op: 'call', type: overload.type, call, args: [left, right] };
}

function checkCall(checker: Checker, node: ASTNode & { op: 'call' | 'rcall' }, locals: Locals): Term | undefined {
  const name = node.args[0];
  const table: Readonly<Record<string, Signature>> = node.op === 'call' ? FUNCTIONS : METHODS;
  const argNodes: readonly ASTNode[] = node.op === 'call' ? node.args[1] : [node.args[1], ...node.args[2]];
  if (name === 'matches')
    return checker.refuse(
      node,
      'regex_refused',
      'Regular expressions are not let in',
      'use mentions, contains or startsWith',
    );
  const signature = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!signature)
    return checker.refuse(node, 'unknown_function', `No such function: ${name}`, didYouMean(name, Object.keys(table)));
  const args = argNodes.map((arg) => checker.term(arg, locals));
  if (!args.every((arg) => arg !== undefined)) return undefined;
  const { currency, digits } = checker.scope;
  const phrases = (words: readonly string[]) => checker.scope.phrases(words);
  const chosen = signature.rule({ types: args.map((arg) => arg.type), args, currency, digits, phrases });
  if (typeof chosen === 'string') return checker.refuse(node, 'bad_value', chosen);
  if (!chosen)
    return checker.refuse(
      node,
      'type_mismatch',
      `${name} does not take (${args.map((arg) => showType(arg.type)).join(', ')})`,
      `it is ${signature.usage}`,
    );
  const at = { from: node.start, to: node.end, type: chosen.type };
  if (chosen.constant !== undefined) return { ...at, op: 'literal', value: chosen.constant };
  return { ...at, op: 'call', call: { name, build: chosen.build, cost: chosen.cost ?? 1 }, args };
}
