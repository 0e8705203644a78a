/** What a condition costs, in units of about eight nanoseconds: at most (for the checker) and as paid while it runs. */
import { children, type Term } from './term.ts';
import { boundOf } from './type.ts';

/** The most an evaluation can cost: every loop at its bound, every definition it names counted in. */
export function costOf(term: Term): number {
  switch (term.op) {
    case 'name':
      return 1 + (term.scope.stands_for ? costOf(term.scope.stands_for) : 0);
    case 'call':
      return term.args.reduce((total, arg) => total + costOf(arg), term.call.cost);
    case 'macro': {
      const body = costOf(term.body) + (term.where ? costOf(term.where) : 0);
      return costOf(term.list) + boundOf(term.list.type) * (1 + body);
    }
    default:
      return children(term).reduce((total, child) => total + costOf(child), 1);
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
