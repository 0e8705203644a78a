/** What a tool moves: its money arguments or its worth, by the path that names them, such as `action.args.amount`. */
import { toScaled } from '../../terms/money.ts';
import type { Term } from '../condition/term.ts';
import type { LimitPlan, Pact, ToolPlan } from '../pact.ts';
import type { PactFile } from '../syntax.ts';

/** Path → the most that the schema or a literal worth lets through, in minor units. Empty: it moves no money that is known. */
export function moneyOf(pact: Pact, { tool, lane, schema }: ToolPlan): ReadonlyMap<string, number | undefined> {
  if (schema && schema.money.size > 0)
    return new Map([...schema.money].map(([key, maximum]) => [`action.args.${key}`, maximum]));
  const worth = pact.file.lanes[lane?.name ?? '']?.may[tool]?.worth;
  if (worth === undefined) return new Map();
  const paths = addends(pact.file, worth);
  return paths ? new Map(paths.map((path) => [path, undefined])) : new Map([[worth, literalOf(worth, pact.digits)]]);
}

/** Whether a sum limit adds up all that the tool moves, and takes nothing away. */
export function sumsUp(pact: Pact, tool: ToolPlan, { id, lane }: LimitPlan): boolean {
  const sum = pact.file.lanes[lane]?.limits?.find((limit) => limit.id === id)?.sum ?? '';
  const added = addends(pact.file, sum) ?? [sum];
  return [...moneyOf(pact, tool).keys()].every((path) => added.includes(path));
}

/** The path of fields that a term reads, seen through definitions; `undefined` for anything else. */
export function pathOf(term: Term): string | undefined {
  if (term.op === 'name') return term.scope.stands_for ? pathOf(term.scope.stands_for) : term.name;
  if (term.op !== 'field') return undefined;
  const path = pathOf(term.of);
  return path === undefined ? undefined : `${path}.${term.key}`;
}

/** The paths that an expression adds up, one or several; `undefined` where it does anything else. */
function addends(file: PactFile, expression: string): readonly string[] | undefined {
  const paths: string[] = [];
  for (const addend of expression.split('+')) {
    const written = addend.replace(/\s/g, '');
    if (!/^[A-Za-z_]\w*(?:\.\w+)*$/.test(written)) return undefined;
    const [name = '', ...fields] = written.split('.');
    const definition = file.define?.[name];
    const below = definition ? addends(file, definition.cel) : [name];
    if (!below || (below.length > 1 && fields.length > 0)) return undefined;
    paths.push(...below.map((path) => [path, ...fields].join('.')));
  }
  return paths;
}

/** The most that one call costs, where the pact says it as a number of minor units or with `minor("…")`. */
function literalOf(worth: string, digits: number): number | undefined {
  const text = worth.trim();
  const amount = /^minor\(\s*["']([\d.]+)["']\s*\)$/.exec(text)?.[1];
  if (amount !== undefined) return toScaled(amount, digits);
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
