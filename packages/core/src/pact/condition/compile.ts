/** Compiles a checked term to closures. Each gives a value or an Unknown; none throws. */

import { workOf } from './cost.ts';
import type { Frame, Run } from './run.ts';
import type { Term } from './term.ts';
import { OVER_BUDGET, type RecordValue, Unknown, type Value } from './unknown.ts';

/** The closure of a whole expression: pays for its own nodes first, so that no expression runs for free. */
export function compile(term: Term): Run {
  const run = compileTerm(term);
  const work = workOf(term);
  return (frame) => {
    frame.budget -= work;
    return frame.budget < 0 ? OVER_BUDGET : run(frame);
  };
}

function compileTerm(term: Term): Run {
  switch (term.op) {
    case 'literal': {
      const { value } = term;
      return () => value;
    }
    case 'name': {
      const { slot } = term.scope;
      return (frame) => frame.values[slot] ?? frame.resolve(slot);
    }
    case 'local': {
      const { index } = term;
      return (frame) => frame.locals[index] as Value;
    }
    case 'field':
      return compileField(term);
    case 'has':
      return compileHas(term);
    case 'at':
      return compileAt(term);
    case 'and':
      return compileAnd(compileTerm(term.left), compileTerm(term.right));
    case 'or':
      return compileOr(compileTerm(term.left), compileTerm(term.right));
    case 'not': {
      const of = compileTerm(term.of);
      return (frame) => {
        const value = of(frame);
        return typeof value === 'boolean' ? !value : value;
      };
    }
    case 'if':
      return compileIf(term);
    case 'list':
      return compileList(term.items.map(compileTerm));
    case 'map':
      return compileMap(term.entries.map(([key, value]) => [compileTerm(key), compileTerm(value)]));
    case 'call':
      return term.call.build(term.args.map(compileTerm));
    case 'macro':
      return compileMacro(term);
  }
}

/** `order.items[0].price` → `['order', 'items.0.price']`: what a doubt names. */
export function pathOf(term: Term): readonly [name: string | undefined, path: string] {
  switch (term.op) {
    case 'name':
      return [term.name, ''];
    case 'field': {
      const [name, path] = pathOf(term.of);
      return [name, path === '' ? term.key : `${path}.${term.key}`];
    }
    case 'at': {
      const [name, path] = pathOf(term.of);
      const key = term.key.op === 'literal' ? String(term.key.value) : '*';
      return [name, path === '' ? key : `${path}.${key}`];
    }
    case 'macro':
    case 'call': {
      const below = term.op === 'macro' ? term.list : term.args[0];
      return below ? pathOf(below) : [undefined, ''];
    }
    default:
      return [undefined, ''];
  }
}

function noSuchKey(term: Term): Unknown {
  const [name, path] = pathOf(term);
  return new Unknown('no_such_key', name, path);
}

function compileField(term: Term & { op: 'field' }): Run {
  const of = compileTerm(term.of);
  const { key } = term;
  const missing = noSuchKey(term);
  if (term.of.type.kind === 'map')
    return (frame) => {
      const map = of(frame);
      return map instanceof Unknown ? map : ((map as ReadonlyMap<string, Value>).get(key) ?? missing);
    };
  return (frame) => {
    const record = of(frame);
    return record instanceof Unknown ? record : ((record as RecordValue)[key] ?? missing);
  };
}

function compileHas(term: Term & { op: 'has' }): Run {
  const of = compileTerm(term.of);
  const { key } = term;
  return (frame) => {
    const record = of(frame);
    if (record instanceof Unknown) return record;
    const value = record instanceof Map ? record.get(key) : (record as RecordValue)[key];
    // A member that is itself in doubt is neither there nor absent.
    return value instanceof Unknown && value.cause !== 'no_such_key'
      ? value
      : value !== undefined && !(value instanceof Unknown);
  };
}

function compileAt(term: Term & { op: 'at' }): Run {
  const of = compileTerm(term.of);
  const key = compileTerm(term.key);
  const missing = noSuchKey(term);
  return (frame) => {
    const container = of(frame);
    if (container instanceof Unknown) return container;
    const at = key(frame);
    if (at instanceof Unknown) return at;
    const value = container instanceof Map ? container.get(at) : (container as readonly Value[])[at as number];
    return value ?? missing;
  };
}

// `&&` and `||` absorb an unknown side, as CEL's do: false && ? is false, true || ? is true.
const compileAnd =
  (left: Run, right: Run): Run =>
  (frame) => {
    const a = left(frame);
    if (a === false) return false;
    const b = right(frame);
    return a === true || b === false ? b : a;
  };

const compileOr =
  (left: Run, right: Run): Run =>
  (frame) => {
    const a = left(frame);
    if (a === true) return true;
    const b = right(frame);
    return a === false || b === true ? b : a;
  };

function compileIf(term: Term & { op: 'if' }): Run {
  const test = compileTerm(term.test);
  const yes = compileTerm(term.yes);
  const no = compileTerm(term.no);
  return (frame) => {
    const value = test(frame);
    return value === true ? yes(frame) : value === false ? no(frame) : value;
  };
}

const compileList =
  (items: readonly Run[]): Run =>
  (frame) => {
    const list: Value[] = [];
    for (const item of items) {
      const value = item(frame);
      if (value instanceof Unknown) return value;
      list.push(value);
    }
    return list;
  };

const REPEATED_KEY = new Unknown('wrong_type', undefined, 'a key that stands twice');

const compileMap =
  (entries: readonly (readonly [Run, Run])[]): Run =>
  (frame) => {
    const map = new Map<string, Value>();
    for (const [key, value] of entries) {
      const k = key(frame);
      if (k instanceof Unknown) return k;
      const v = value(frame);
      if (v instanceof Unknown) return v;
      if (map.has(k as string)) return REPEATED_KEY;
      map.set(k as string, v);
    }
    return map;
  };

function compileMacro(term: Term & { op: 'macro' }): Run {
  const list = compileTerm(term.list);
  const body = compileTerm(term.body);
  const where = term.where && compileTerm(term.where);
  const { index } = term;
  const work = 1 + workOf(term.body) + (term.where ? workOf(term.where) : 0);
  const loop = LOOPS[term.macro](body, where);
  return (frame) => {
    const container = list(frame);
    if (container instanceof Unknown) return container;
    const items = container instanceof Map ? [...container.keys()] : (container as readonly Value[]);
    return loop(items, frame, index, work);
  };
}

type Loop = (items: readonly Value[], frame: Frame, index: number, work: number) => Value;

/** Puts the element in its local and runs; a spent budget ends the loop. */
function step(run: Run, item: Value, frame: Frame, index: number, work: number): Value {
  frame.budget -= work;
  if (frame.budget < 0) return OVER_BUDGET;
  frame.locals[index] = item;
  return run(frame);
}

/** `exists` looks for true and `all` for false; an unknown element matters only where nothing was found. */
const search =
  (wanted: boolean) =>
  (body: Run): Loop =>
  (items, frame, index, work) => {
    let doubt: Value | undefined;
    for (const item of items) {
      const value = step(body, item, frame, index, work);
      if (value === wanted) return wanted;
      if (value === OVER_BUDGET) return value;
      if (value instanceof Unknown) doubt ??= value;
    }
    return doubt ?? !wanted;
  };

const LOOPS: Readonly<Record<(Term & { op: 'macro' })['macro'], (body: Run, where: Run | undefined) => Loop>> = {
  exists: search(true),
  all: search(false),
  exists_one: (body) => (items, frame, index, work) => {
    let found = 0;
    for (const item of items) {
      const value = step(body, item, frame, index, work);
      if (value instanceof Unknown) return value;
      if (value === true) found++;
    }
    return found === 1;
  },
  filter: (body) => (items, frame, index, work) => {
    const kept: Value[] = [];
    for (const item of items) {
      const value = step(body, item, frame, index, work);
      if (value instanceof Unknown) return value;
      if (value === true) kept.push(item);
    }
    return kept;
  },
  map: (body, where) => (items, frame, index, work) => {
    const mapped: Value[] = [];
    for (const item of items) {
      const isIn = where ? step(where, item, frame, index, work) : true;
      if (isIn instanceof Unknown) return isIn;
      if (isIn !== true) continue;
      const value = where ? body(frame) : step(body, item, frame, index, work);
      if (value instanceof Unknown) return value;
      mapped.push(value);
    }
    return mapped;
  },
};
