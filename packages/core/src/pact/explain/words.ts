/** The fixed templates of an explanation: names, amounts, people and what follows, as a support manager reads them. */
import { formatMoney, parseMoney } from '../../terms/money.ts';
import { formatShare, formatSpan } from '../../terms/time.ts';
import type { ConsequenceFile, OwnerFile, PactFile } from '../syntax.ts';

/** The first word of a sentence inside another one; a name such as `CSAT` or `VIP` keeps its letters. */
export const lower = (sentence: string): string =>
  /^[A-Z](?:[a-z]|\s|$)/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;

/** Tools and other names are shown as they are written, so that everyone means the same one. */
export const name = (word: string): string => `\`${word}\``;

/** `refund_checks` → `Refund checks`. */
export const title = (word: string): string => {
  const words = word.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const list = (words: readonly string[], last = 'and'): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

export const timesWords = (n: number): string => (n === 1 ? 'once' : `${n} times`);

/** `1234567, 'USD'` → `12,345.67 USD`. */
export const money = (minor: number, currency: string): string =>
  formatMoney(minor, currency).replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ','));

/** An amount as it is written in the pact, its digits grouped. */
export const amount = (written: string): string => {
  const read = parseMoney(written);
  return read ? money(read.minor, read.currency) : written;
};

export function people(owner: OwnerFile): string {
  const otherwise = {
    deny: 'otherwise it is refused',
    keep_holding: 'otherwise it keeps waiting',
    route_to_owner: 'otherwise the conversation goes to a person',
  }[owner.then];
  return `${owner.primary}, then ${owner.backup}; within ${formatSpan(owner.answer_within)}; ${otherwise}`;
}

/** Names of definitions give way to their sentences: `legal_words || …` reads `[the customer mentions a lawyer] || …`. */
export function folding(define: PactFile['define']): (condition: string) => string {
  const words = new Map(Object.entries(define ?? {}).map(([key, { says }]) => [key, `[${lower(says)}]`]));
  // Quoted texts are passed over; a name after a dot or before a bracket or colon is no definition.
  const part = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![.\w])[a-z_][a-z0-9_]*(?![\w(])/g;
  return (condition) => condition.replace(part, (found) => words.get(found) ?? found);
}

/** What each consequence does, in the order they are named. */
export const consequencesWords = (file: PactFile, names: readonly string[]): string =>
  list(
    names.map((key) => {
      const consequence = Object.hasOwn(file.consequences, key) ? file.consequences[key] : undefined;
      return consequence ? (consequence.says ? lower(consequence.says) : effect(consequence, file)) : name(key);
    }),
  );

function effect(consequence: ConsequenceFile, { currency }: PactFile): string {
  if (consequence.kind === 'operational') {
    if (consequence.set_state) return `the agent becomes ${consequence.set_state} in this lane`;
    if (consequence.hold_lane) return 'every action of this lane is held';
    if (consequence.stop_agent) return 'the agent is stopped';
    if (consequence.sample_times !== undefined)
      return `people look at ${consequence.sample_times} times as many actions for ${formatSpan(consequence.for ?? 0)}`;
    if (consequence.route_to) return `conversations go to ${consequence.route_to}`;
    return `${list(consequence.notify ?? [])} ${consequence.notify?.length === 1 ? 'is' : 'are'} told`;
  }
  const { charge, credit, withhold, until } = consequence;
  const cap = charge?.cap ?? credit?.cap;
  const most = cap ? `, at most ${money(cap.minor, currency)}` : '';
  if (charge) {
    const each = charge.amount.kind === 'per_violation' ? ' for each violation' : '';
    const what =
      charge.amount.kind === 'measured_loss' ? 'the measured loss' : money(charge.amount.money.minor, currency);
    return `${charge.account} is charged ${what}${each}${most}`;
  }
  if (credit) return `${credit.account} gets ${formatShare(credit.percent)} of its fees as a credit${most}`;
  return `${formatShare(withhold ?? 0)} of the fees is withheld for ${formatSpan(until ?? 0)}`;
}
