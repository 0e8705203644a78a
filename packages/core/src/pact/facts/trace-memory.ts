/** What a gate remembers of one conversation: an index per fact, counts per tool, phrases the customer used. */
import type { JsonObject } from '../../terms/json.ts';
import type { CallStep, Step } from '../../terms/trace.ts';
import { mentionsOne, toWords } from '../condition/mentions.ts';
import type { TraceView } from '../condition/run.ts';
import { type RecordValue, TOO_LONG, Unknown, type Value } from '../condition/unknown.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import type { Setting } from '../shape/convert.ts';
import { FactIndex, type Freshness, type Selected } from './fact-index.ts';
import type { TraceFactPlan } from './fact-plan.ts';
import { type Arrived, type FailedWhen, hasFailed, itemsOf, readResult } from './results.ts';

/** What of a pact a memory needs. */
export interface MemoryPlan {
  readonly facts: readonly TraceFactPlan[];
  readonly factsByTool: ReadonlyMap<string, readonly TraceFactPlan[]>;
  readonly phraseLists: readonly (readonly string[])[];
  readonly targets: ReadonlyMap<string, string>;
  readonly failedWhen: FailedWhen;
  /** Names under which a success of this tool also counts: the built-in `hand_over` for the operator's own. */
  readonly alias: ReadonlyMap<string, string>;
  /** Tools whose success is a reply to the customer. */
  readonly replies: ReadonlySet<string>;
  /** The canonical text and digest of a tool's arguments, as proposals have them. */
  argsOf(tool: string, args: JsonObject | undefined): { readonly text: string; readonly sha256: string };
}

export class TraceMemory implements TraceView {
  readonly #plan: MemoryPlan;
  readonly #setting: Setting;
  readonly #indexes: readonly FactIndex[];
  readonly #times = new Map<string, number>();
  readonly #onTarget = new Map<string, number>();
  readonly #done = new Set<string>();
  readonly #last = new Map<string, RecordValue>();
  readonly #said = new Set<number>();
  #scanned = 0;
  #unscanned = false;
  #forgot = false;
  #steps = 0;

  constructor(plan: MemoryPlan, setting: Setting) {
    this.#plan = plan;
    this.#setting = setting;
    this.#indexes = plan.facts.map((fact) => new FactIndex(fact));
  }

  /**
   * Takes in the next step, in the order in which they happened; tells whether it was a call that succeeded.
   * A call without a result is no fact and leaves no mark.
   */
  observe(step: Step): boolean {
    this.#steps++;
    if (step.kind === 'customer') this.#hear(step.text);
    if (step.kind !== 'call') return false;
    const arrived = readResult(step);
    if (!arrived || hasFailed(step, arrived, this.#plan.failedWhen)) return false;
    this.#succeed(step, arrived);
    return true;
  }

  #hear(text: string): void {
    const left = Math.max(0, PACT_LIMITS.traceTextChars - this.#scanned);
    const heard = text.slice(0, Math.min(left, PACT_LIMITS.stepTextChars));
    if (heard.length < text.length) this.#unscanned = true;
    this.#scanned += heard.length;
    const words = toWords(heard);
    for (const [i, phrases] of this.#plan.phraseLists.entries())
      if (!this.#said.has(i) && mentionsOne(words, phrases)) this.#said.add(i);
  }

  #succeed(step: CallStep, arrived: Arrived): void {
    const { tool, args } = step;
    const target = this.#targetOf(tool, args);
    for (const name of [tool, this.#plan.alias.get(tool)]) {
      if (name === undefined) continue;
      this.#times.set(name, (this.#times.get(name) ?? 0) + 1);
      if (target !== undefined) this.#count(`${name}\n${target}`);
      this.#last.set(name, this.#stepValue(name, step, arrived, target));
    }
    this.#remember(`${tool}\n${this.#plan.argsOf(tool, args).text}`);
    for (const fact of this.#plan.factsByTool.get(tool) ?? []) this.#index(fact, step, arrived);
  }

  #index(fact: TraceFactPlan, step: CallStep, arrived: Arrived): void {
    const index = this.#indexes[fact.index] as FactIndex;
    for (const path of fact.sources.get(step.tool) ?? []) {
      if (arrived.tooLong) {
        index.addTooLong(this.#steps, step.at);
        continue;
      }
      const items = arrived.value === undefined ? [undefined] : itemsOf(fact, path, arrived.value, step.args);
      for (const item of items) index.add(item, this.#steps, step.at, this.#setting);
    }
  }

  #targetOf(tool: string, args: JsonObject | undefined): string | undefined {
    const name = this.#plan.targets.get(tool);
    const value = name === undefined || !args || !Object.hasOwn(args, name) ? undefined : args[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** Targets and arguments come from the agent, so their number is bounded; what does not fit can no longer be denied. */
  #count(key: string): void {
    if (this.#onTarget.has(key) || this.#onTarget.size < PACT_LIMITS.traceSteps)
      this.#onTarget.set(key, (this.#onTarget.get(key) ?? 0) + 1);
    else this.#forgot = true;
  }

  #remember(key: string): void {
    if (this.#done.has(key) || this.#done.size < PACT_LIMITS.traceSteps) this.#done.add(key);
    else this.#forgot = true;
  }

  #stepValue(name: string, step: CallStep, arrived: Arrived, target: string | undefined): RecordValue {
    const plan = this.#plan;
    return {
      kind: 'call',
      tool: name,
      ok: true,
      text: arrived.text.slice(0, PACT_LIMITS.stepTextChars),
      target,
      at: step.at,
      get args_sha256() {
        return plan.argsOf(step.tool, step.args).sha256;
      },
    };
  }

  times(tool: string, target?: string): number | Unknown {
    if (target === undefined) return this.#times.get(tool) ?? 0;
    return this.#onTarget.get(`${tool}\n${target}`) ?? (this.#forgot ? TOO_LONG : 0);
  }

  last(tool: string): Value {
    return this.#last.get(tool) ?? new Unknown('missing_fact', 'trace', tool);
  }

  repeats(tool: string, argsText: string): boolean | Unknown {
    return this.#done.has(`${tool}\n${argsText}`) || (this.#forgot ? TOO_LONG : false);
  }

  customerSaid(phrases: number): boolean | Unknown {
    return this.#said.has(phrases) || (this.#unscanned ? TOO_LONG : false);
  }

  select(fact: TraceFactPlan, where: readonly Value[], after: number | undefined, fresh: Freshness): Selected {
    return (this.#indexes[fact.index] as FactIndex).select(where, after, fresh);
  }
}
