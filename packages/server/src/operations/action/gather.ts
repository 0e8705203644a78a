/** Collects the facts of declared sources before an action is decided: what the pact would ask for, asked for at once. */
import { canonical } from '@surety/core/crypto';
import { evaluate, type Given, type Pact, type Situation } from '@surety/core/pact';
import type { Json, JsonObject } from '@surety/core/terms';
import type { AskSource } from '../context.ts';

/** The answers of sources, by fact and by what was asked; recorded with the decision. */
export type Answers = ReadonlyMap<string, Json>;

/** Facts `from: caller`, recorded with the decision and the key that vouched for them. */
export interface Vouched {
  readonly by: string;
  readonly facts: JsonObject;
}

/** Those of the facts that were sent which a pact takes from the caller. */
export function vouchedIn(pact: Pact | undefined, sent: JsonObject): JsonObject {
  const names = (pact?.given ?? []).filter(({ name, from }) => from === 'caller' && Object.hasOwn(sent, name));
  return Object.fromEntries(names.map(({ name }) => [name, sent[name] as Json]));
}

const keyOf = (name: string, asked: Readonly<Record<string, unknown>>): string => `${name}\n${canonical(asked)}`;

export function givenFrom(pact: Pact, answers: Answers, vouched: JsonObject): Given {
  const from = new Map(pact.given.map((fact) => [fact.name, fact.from]));
  return (name, asked) => {
    if (from.get(name) === 'caller') return Object.hasOwn(vouched, name) ? vouched[name] : undefined;
    return from.get(name) === 'http' ? answers.get(keyOf(name, asked)) : undefined;
  };
}

/** Runs the rules once without the sources to see which are asked, and with what; then asks them side by side. */
export async function gather(pact: Pact, situation: Situation, vouched: JsonObject, ask: AskSource): Promise<Answers> {
  const answers = new Map<string, Json>();
  if (!pact.given.some(({ from }) => from === 'http')) return answers;
  const asking: Promise<void>[] = [];
  const caller = givenFrom(pact, answers, vouched);
  evaluate(pact, {
    ...situation,
    given: (name, asked) => {
      const file = pact.file.facts?.[name];
      const key = keyOf(name, asked);
      if (file?.from === 'http' && !answers.has(key)) {
        const fact = {
          url: fill(file.url, asked),
          headersFrom: file.headers_from,
          timeoutMs: file.timeout,
          maxAgeMs: file.max_age,
        };
        asking.push(
          ask(fact).then((answer) => {
            if (answer !== undefined) answers.set(key, answer);
          }),
        );
      }
      return caller(name, asked);
    },
  });
  await Promise.all(asking);
  return answers;
}

/** `{customer_id}` in an address, from what the fact asks with, escaped. */
const fill = (url: string, asked: Readonly<Record<string, unknown>>): string =>
  url.replace(/\{([a-z0-9_]+)\}/gi, (_, name: string) => encodeURIComponent(String(asked[name] ?? '')));
