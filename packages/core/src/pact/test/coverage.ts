/** Which rules, limits and duties the tests saw firing, silent and in doubt. */
import type { Evaluation } from '../evaluate/evaluation.ts';
import type { Pact } from '../pact.ts';

export interface RuleCoverage {
  readonly id: string;
  fired: boolean;
  silent: boolean;
  doubt: boolean;
}

export class Coverage {
  readonly #pact: Pact;
  readonly #rules: ReadonlyMap<string, RuleCoverage>;

  constructor(pact: Pact) {
    this.#pact = pact;
    this.#rules = new Map(pact.rules.map(({ id }) => [id, { id, fired: false, silent: false, doubt: false }]));
  }

  /** Counts one decision. Nothing is evaluated where the arguments or the tool itself were refused. */
  count(tool: string, evaluation: Evaluation): void {
    const whys = new Map(evaluation.reasons.map(({ id, why }) => [id, why]));
    if (whys.has('schema') || whys.has('default')) return;
    const plan = this.#pact.tools.get(tool);
    for (const { id } of [...(plan?.rules ?? []), ...(plan?.limits ?? [])]) {
      const row = this.#rules.get(id);
      const why = whys.get(id);
      if (!row) continue;
      if (why === undefined) row.silent = true;
      else if (why === 'doubt') row.doubt = true;
      else row.fired = true;
    }
    for (const { id } of this.#pact.duties) {
      const row = this.#rules.get(id);
      if (!row) continue;
      if (whys.has(id) || evaluation.duties.includes(id)) row.fired = true;
      else row.silent = true;
    }
  }

  get rules(): readonly RuleCoverage[] {
    return [...this.#rules.values()];
  }

  /** One sentence for each rule that was not seen as the file asks. */
  gaps(
    asked: {
      readonly fired?: 'all' | undefined;
      readonly silent?: 'all' | undefined;
      readonly doubt?: 'all' | undefined;
    } = {},
  ): readonly string[] {
    const gaps: string[] = [];
    for (const { id, fired, silent, doubt } of this.rules) {
      if (!fired) gaps.push(`${id} was never seen firing`);
      if (!silent) gaps.push(`${id} was never seen silent`);
      if (asked.doubt && !doubt && this.#canDoubt(id)) gaps.push(`${id} was never seen in doubt`);
    }
    return gaps;
  }

  /** Only a rule that reads a fact can be in doubt. */
  #canDoubt(id: string): boolean {
    const names = new Set([
      ...this.#pact.memory.facts.map(({ name }) => name),
      ...this.#pact.given.map(({ name }) => name),
    ]);
    return [...this.#pact.tools.values()].some(({ rules }) =>
      rules.some((rule) => rule.id === id && rule.condition.names.some((name) => names.has(name))),
    );
  }
}
