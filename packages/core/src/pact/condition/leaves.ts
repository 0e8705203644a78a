/** The values that decided: the leaves of the part of a condition that gave it its value. */
import type { Unit } from '../../terms/unit.ts';
import { compile, pathOf } from './compile.ts';
import type { Frame, Run } from './run.ts';
import { children, type Term } from './term.ts';
import { unitOf } from './unit.ts';
import { Unknown, type Value } from './unknown.ts';

const LEAVES_MAX = 8;
/** Of a long text so much is shown. */
const TEXT_CHARS = 500;

/** A function from a frame to `{ 'action.args.amount': 6000 }`, for a condition that came out as `outcome`. */
export function compileLeaves(term: Term): (frame: Frame, outcome: boolean) => Readonly<Record<string, Value>> {
  const collect = leavesOf(term);
  return (frame, outcome) => {
    const values: Record<string, Value> = {};
    collect(frame, outcome, (name, value) => {
      if (Object.keys(values).length < LEAVES_MAX) values[name] = shown(value);
    });
    return values;
  };
}

const shown = (value: Value): Value =>
  typeof value === 'string' && value.length > TEXT_CHARS ? `${value.slice(0, TEXT_CHARS).toWellFormed()}…` : value;

/** The units of those leaves, by the same names. */
export function leafUnits(term: Term): Readonly<Record<string, Unit>> {
  if (term.op === 'not') return leafUnits(term.of);
  if (term.op === 'and' || term.op === 'or') return { ...leafUnits(term.left), ...leafUnits(term.right) };
  const units = pathsIn(term).map((leaf) => [nameOf(leaf), unitOf(leaf.type)] as const);
  return Object.fromEntries(units.flatMap(([name, unit]) => (unit === undefined ? [] : [[name, unit]])));
}

type Add = (name: string, value: Value) => void;
type Collect = (frame: Frame, outcome: boolean, add: Add) => void;

function leavesOf(term: Term): Collect {
  if (term.op === 'not') {
    const below = leavesOf(term.of);
    return (frame, outcome, add) => below(frame, !outcome, add);
  }
  if (term.op === 'and' || term.op === 'or') return connective(term);
  const leaves = pathsIn(term).map((leaf): [string, Run] => [nameOf(leaf), compile(leaf)]);
  return (frame, _outcome, add) => {
    for (const [name, run] of leaves) {
      const value = run(frame);
      if (!(value instanceof Unknown) && typeof value !== 'object') add(name, value);
    }
  };
}

/** Of `a || b` that is true only a true side decided; of `a && b` that is false only a false side. */
function connective(term: Term & { op: 'and' | 'or' }): Collect {
  const sides = [term.left, term.right].map((side) => ({ run: compile(side), collect: leavesOf(side) }));
  const decides = term.op === 'or';
  return (frame, outcome, add) => {
    for (const { run, collect } of sides) {
      if (outcome !== decides || run(frame) === outcome) collect(frame, outcome, add);
    }
  };
}

/** Paths such as `order.total` and names such as `legal_words`, outside the bodies of loops. */
function pathsIn(term: Term): readonly Term[] {
  if (term.op === 'name' || term.op === 'field' || term.op === 'at') return isLocal(term) ? [] : [term];
  if (term.op === 'macro') return pathsIn(term.list);
  return children(term).flatMap(pathsIn);
}

const isLocal = (term: Term): boolean => term.op === 'local' || children(term).some(isLocal);

function nameOf(term: Term): string {
  const [name, path] = pathOf(term);
  return [name ?? '', path].filter((part) => part !== '').join('.');
}
