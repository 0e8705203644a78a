/** Reads what a tool sent back: whether it failed, and its parts as items of a fact. */
import { isJsonObject, type Json, type JsonObject, ownMember } from '../../terms/json.ts';
import type { CallStep } from '../../terms/trace.ts';
import { PACT_LIMITS } from '../pact-limits.ts';
import { isShallow } from '../shape/depth.ts';
import { utf8Bytes } from '../yaml/characters.ts';
import type { TraceFactPlan } from './fact-plan.ts';

/** How a failed call is told from a good one where the transport does not say. */
export interface FailedWhen {
  readonly startsWith: readonly string[];
  readonly field: string | undefined;
}

/** A result as it arrived: its value, the text it came as, or that it was too long or too deep to read. */
export interface Arrived {
  readonly value: Json | undefined;
  readonly text: string;
  readonly tooLong: boolean;
}

/** The result of a step, or `undefined` where none has arrived. */
export function readResult(step: CallStep): Arrived | undefined {
  const { result } = step;
  if (result !== undefined) {
    if (!isShallow(result)) return tooLong('');
    const text = typeof result === 'string' ? result : JSON.stringify(result);
    return isLong(text) ? tooLong(text) : { value: result, text, tooLong: false };
  }
  const text = step.result_text;
  if (text === undefined) return undefined;
  if (isLong(text)) return tooLong(text);
  const value = /^\s*[[{"]/.test(text) ? (parseJson(text) ?? text) : text;
  return isShallow(value) ? { value, text, tooLong: false } : tooLong(text);
}

const isLong = (text: string): boolean =>
  text.length > PACT_LIMITS.factBytes || utf8Bytes(text) > PACT_LIMITS.factBytes;
const tooLong = (text: string): Arrived => ({
  value: undefined,
  text: text.slice(0, PACT_LIMITS.stepTextChars),
  tooLong: true,
});

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function hasFailed(step: CallStep, arrived: Arrived, failedWhen: FailedWhen): boolean {
  if (step.ok === false) return true;
  if (failedWhen.startsWith.some((start) => arrived.text.startsWith(start))) return true;
  const error = failedWhen.field === undefined ? undefined : ownMember(arrived.value, failedWhen.field);
  return error !== undefined && error !== null && error !== false;
}

/** The items that a result holds for a fact, carried fields added; `undefined` stands for a part that is not there. */
export function itemsOf(
  plan: TraceFactPlan,
  path: readonly string[],
  result: Json,
  args: JsonObject | undefined,
): (Json | undefined)[] {
  let part: Json | undefined = result;
  for (const key of path) part = ownMember(part, key);
  const parts = plan.flatten ? flat(part) : [part];
  return parts.map((item) => (item === undefined ? undefined : withCarried(item, plan, args)));
}

function flat(part: Json | undefined): (Json | undefined)[] {
  return Array.isArray(part) ? part.flatMap(flat) : [part];
}

function withCarried(item: Json, plan: TraceFactPlan, args: JsonObject | undefined): Json {
  if (plan.element.kind !== 'record') return item;
  const record: JsonObject = isJsonObject(item) ? item : { value: item };
  if (plan.carry.length === 0) return record;
  const carried: Record<string, Json> = { ...record };
  for (const [field, arg] of plan.carry) {
    const value = ownMember(args, arg);
    if ((ownMember(record, field) ?? null) === null && value !== undefined) carried[field] = value;
  }
  return carried;
}
