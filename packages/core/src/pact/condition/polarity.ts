/** Finds where the word of the agent or the customer would relax a rule: text may add caution, never take it away. */
import { children, type Term } from './term.ts';

/** +1: the more often true, the stricter the rule. -1: the other way round. 0: it may go both ways. */
type Sign = 1 | -1 | 0;

/** Terms of text that could relax the rule, `fires` being whether the rule fires when the condition is true. */
export function relaxingText(condition: Term, fires: boolean): readonly Term[] {
  const found: Term[] = [];
  walk(condition, fires ? 1 : -1, found, condition);
  return found;
}

const flip = (sign: Sign): Sign => (sign === 1 ? -1 : sign === -1 ? 1 : 0);

/** `place` is what to point at: inside a definition, the name that the rule uses. */
function walk(term: Term, sign: Sign, found: Term[], place: Term, isOwn = true): void {
  const here = isOwn ? term : place;
  const below = (child: Term, as: Sign) => walk(child, as, found, here, isOwn);
  switch (term.op) {
    case 'name':
      if (term.scope.stands_for) walk(term.scope.stands_for, sign, found, here, false);
      return;
    case 'and':
    case 'or':
      below(term.left, sign);
      below(term.right, sign);
      return;
    case 'not':
      below(term.of, flip(sign));
      return;
    case 'if':
      below(term.test, 0);
      below(term.yes, sign);
      below(term.no, sign);
      return;
    case 'macro':
      below(term.list, 0);
      if (term.where) below(term.where, term.macro === 'map' ? 0 : sign);
      below(term.body, term.macro === 'exists' || term.macro === 'all' ? sign : 0);
      return;
    case 'call': {
      const own = wordSign(term);
      if (own !== undefined) {
        if (sign === 0 || own !== sign) found.push(here);
        return;
      }
    }
  }
  if (isConfidence(term)) found.push(here);
  else for (const child of children(term)) below(child, 0);
}

const SEARCHES = ['mentions', 'contains', 'startsWith', 'endsWith'];
/** `confidence < 60` is true of an agent that doubts itself: caution. The other way round it praises itself. */
const ORDER: Readonly<Record<string, Sign>> = { '<': 1, '<=': 1, '>': -1, '>=': -1 };

/** How a test of somebody's word counts, or `undefined` where the call is no such test. */
function wordSign(term: Term & { op: 'call' }): Sign | undefined {
  const { name } = term.call;
  const [first, second] = term.args;
  if (name === 'customer_said') return 1;
  if (SEARCHES.includes(name) && first && isWritten(first)) return 1;
  if (first && isConfidence(first)) return ORDER[name] ?? 0;
  if (second && isConfidence(second)) return flip(ORDER[name] ?? 0);
  return undefined;
}

const isConfidence = (term: Term): boolean =>
  term.op === 'field' && term.key === 'confidence' && term.of.op === 'name' && term.of.name === 'action';

/** Text that the agent wrote: an argument of the action, at any depth. */
function isWritten(term: Term): boolean {
  if (term.op === 'field' || term.op === 'at') return isArgs(term) || isWritten(term.of);
  if (term.op === 'call') return term.args.some(isWritten);
  return term.op === 'name' && term.scope.stands_for !== undefined && isWritten(term.scope.stands_for);
}

const isArgs = (term: Term): boolean =>
  term.op === 'field' && term.key === 'args' && term.of.op === 'name' && term.of.name === 'action';
