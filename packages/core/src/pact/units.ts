/** The units of values that stand beside a reason or a fact, so that nobody reads 4500 where 45.00 is meant. */
import type { Reason } from '../terms/decision.ts';
import type { Unit, Units } from '../terms/unit.ts';
import { unitsWithin } from './condition/unit.ts';
import type { Pact } from './pact.ts';

const LIMIT_VALUES = ['used', 'amount', 'at_most'];

/**
 * Of the values of one reason, or of what a rule came out with, by the names that stand in `values`.
 * @example unitsOf(pact, 'refund', reason) // { units: { 'action.args.amount': 'money' }, currency: 'USD' }
 */
export function unitsOf(pact: Pact, toolName: string, { id, values }: Pick<Reason, 'id' | 'values'>): Units {
  const tool = pact.tools.get(toolName);
  const limit = tool?.limits.find((one) => one.id === id)?.unit;
  const known: Readonly<Record<string, Unit>> =
    limit === undefined
      ? (tool?.rules.find((rule) => rule.id === id)?.units ?? {})
      : Object.fromEntries(LIMIT_VALUES.map((name) => [name, limit]));
  return unitsFrom(
    pact,
    Object.entries(known).filter(([name]) => Object.hasOwn(values, name)),
  );
}

/** Of a fact and everything in it, by path: `order.total`, `order.items.*.price`. */
export function factUnits(pact: Pact, name: string): Units {
  const fact = [...pact.memory.facts, ...pact.given].find((one) => one.name === name);
  return fact ? unitsFrom(pact, unitsWithin(fact.type, name)) : {};
}

function unitsFrom({ currency }: Pact, found: readonly (readonly [name: string, unit: Unit])[]): Units {
  if (found.length === 0) return {};
  const units = Object.fromEntries(found);
  return found.some(([, unit]) => unit === 'money') ? { units, currency } : { units };
}
