/** The most that one call of a tool can move: by its schema, and by the rules that stop what is above an amount. */
import type { Term } from '../condition/term.ts';
import type { RecordValue } from '../condition/unknown.ts';
import type { RulePlan } from '../pact.ts';
import { pathOf } from './amounts.ts';

type Amount = number | { readonly parameter: string };

/** The least of the schema's maximum and of what each of `rules` lets through; null where there is neither. */
export function capOf(
  path: string,
  maximum: number | undefined,
  rules: readonly RulePlan[],
  autonomy: RecordValue,
): number | null {
  const caps = rules.flatMap((rule) => {
    const threshold = thresholdOf(rule);
    if (threshold?.path !== path) return [];
    const { amount, passes } = threshold;
    const most = typeof amount === 'number' ? amount : autonomy[amount.parameter];
    return typeof most === 'number' ? [passes ? most : most - 1] : [];
  });
  const least = Math.min(maximum ?? Number.POSITIVE_INFINITY, ...caps);
  return least === Number.POSITIVE_INFINITY ? null : Math.max(0, least);
}

/** What a rule stops: amounts at `path` above `amount`, and that very amount too unless it `passes`. */
export interface Threshold {
  readonly path: string;
  readonly amount: Amount;
  readonly passes: boolean;
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const NEGATED: Readonly<Record<string, string>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/** Of a rule whose whole condition is `amount > x` or `amount >= x`, however it is turned round; `undefined` for any other. */
export function thresholdOf({
  condition,
  firesWhen,
}: Pick<RulePlan, 'condition' | 'firesWhen'>): Threshold | undefined {
  const term = unfold(condition.term);
  if (term.op !== 'call' || !Object.hasOwn(MIRRORED, term.call.name)) return undefined;
  const [left, right] = term.args as readonly [Term, Term];
  const operator = term.call.name;
  return (
    thresholdIn(left, operator, right, firesWhen) ?? thresholdIn(right, MIRRORED[operator] as string, left, firesWhen)
  );
}

function thresholdIn(left: Term, operator: string, right: Term, firesWhen: boolean): Threshold | undefined {
  const fires = firesWhen ? operator : NEGATED[operator];
  const path = pathOf(left);
  const amount = amountOf(right);
  if (path === undefined || amount === undefined || !fires?.startsWith('>')) return undefined;
  return { path, amount, passes: fires === '>' };
}

/** What a name stands for, where it is a definition. */
const unfold = (term: Term): Term =>
  term.op === 'name' && term.scope.stands_for ? unfold(term.scope.stands_for) : term;

function amountOf(term: Term): Amount | undefined {
  const meant = unfold(term);
  if (meant.op === 'literal') return typeof meant.value === 'number' ? meant.value : undefined;
  const parameter = /^autonomy\.(\w+)$/.exec(pathOf(meant) ?? '')?.[1];
  return parameter === undefined ? undefined : { parameter };
}
