/** What a condition costs, in units of about eight nanoseconds: at most (for the checker) and as paid while it runs. */
import { children, type Term } from './term.ts';
import { boundOf } from './type.ts';

/** The most an evaluation can cost: every loop at its bound, every definition it names once. */
export function costOf(term: Term): number {
  const definitions = new Set<Term>();
  let total = loopCost(term, definitions);
  for (const definition of definitions) total += loopCost(definition, definitions);
  return total;
}

/** The cost without the definitions that it names, which are added to a set (a set grows while it is walked). */
function loopCost(term: Term, definitions: Set<Term>): number {
  const below = (child: Term) => loopCost(child, definitions);
  switch (term.op) {
    case 'name':
      if (term.scope.stands_for) definitions.add(term.scope.stands_for);
      return 1;
    case 'call':
      return term.args.reduce((total, arg) => total + below(arg), term.call.cost);
    case 'macro': {
      const body = below(term.body) + (term.where ? below(term.where) : 0);
      return below(term.list) + boundOf(term.list.type) * (1 + body);
    }
    default:
      return children(term).reduce((total, child) => total + below(child), 1);
  }
}

/** The loop that costs most, to name it in a diagnostic. */
export function dearestLoop(term: Term): Term {
  const inner = children(term).map(dearestLoop);
  const dear = inner.reduce<Term | undefined>((a, b) => (a && costOf(a) >= costOf(b) ? a : b), undefined);
  return term.op === 'macro' || !dear ? term : dear;
}

/** Units paid up front: every node outside a loop's body. Loops pay per element, a search in text by its length. */
export function workOf(term: Term): number {
  if (term.op === 'macro') return 1 + workOf(term.list);
  return children(term).reduce((total, child) => total + workOf(child), 1);
}
