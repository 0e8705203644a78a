/** Trust in words, the same for console, command line and report. What only a statistician needs has no word here. */
import type { TrustState } from '../../terms/decision.ts';
import type { ConditionName } from '../../trust/index.ts';

/** 0.0132 → `1.3 %`: as many digits as a person can use, rounded up, since it says "at most". */
export function percent(share: number): string {
  const value = share * 100;
  if (value <= 0) return '0 %';
  const digits = value >= 10 ? 0 : value >= 1 ? 1 : value >= 0.1 ? 2 : 3;
  const scale = [1, 10, 100, 1_000][digits] as number;
  // What is exact to a billionth stays as it is: 1 % is not 1.1 %.
  return `${String(Math.ceil(value * scale - 1e-7) / scale)} %`;
}

/** 4618 → `4,618`. */
export const whole = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');

export const many = (n: number, one: string, more: string = `${one}s`): string => `${whole(n)} ${n === 1 ? one : more}`;

/** What a conversation with such a violation does. */
const BREAKS: Readonly<Record<string, string>> = {
  critical: 'break a critical rule',
  major: 'break a rule that is major or worse',
  minor: 'break a rule',
  attempts: 'try something that a rule stops',
};
export const breaks = (stream: string): string => BREAKS[stream] ?? `are found wrong in ${stream}`;

const ALARMED: Readonly<Record<string, string>> = {
  critical: 'Critical rules are broken more often than the pact allows',
  major: 'Major rules are broken more often than the pact allows',
  minor: 'Rules are broken more often than the pact allows',
  attempts: 'It tries things that a rule stops more often than the pact allows',
};

const REASONS: Readonly<Record<string, string>> = {
  by_hand: 'Set by hand',
  'stop.critical': 'A critical rule was broken, and it reached a customer or a system',
  'stop.chain': 'The chain of evidence is broken',
  'stop.person': 'Stopped by a person',
  drift: 'It breaks rules more often than its proven rate',
  outcome: 'A week missed its outcome target',
  'version.major': 'A major change was declared, so the evidence starts again',
  'version.minor': 'A minor change was declared, so the evidence starts again',
  'version.undeclared': 'A change was found that nobody had declared',
  'pact.changed': 'The pact changed, so the evidence starts again',
  'pact.widened': 'The pact lets it do more, so the evidence starts again',
  consequence: 'A consequence of the pact',
  'weeklyReview.narrow': 'The weekly review narrowed it',
  'lease.expired': 'Its lease ended without fresh proof',
  'lease.renewed': 'It proved itself again, and its lease continues',
  'licence.lost': 'Its judges have lost their licence',
  released: 'Released by a person',
  'registered.suspended': 'Another agent of its party is suspended here; a new name does not lift that',
  'promoted.limited': 'Proven, and signed for in the weekly review',
  'promoted.autonomous': 'Proven, and signed for in the weekly review',
};

export function reasonWords(reason: string): string {
  const stream = /^alarm\.(.+)$/.exec(reason)?.[1];
  if (stream !== undefined) return ALARMED[stream] ?? `${stream} is worse than the pact allows`;
  return REASONS[reason] ?? reason;
}

/** One move: "Supervised from limited: …" */
export const moveSentence = (from: TrustState, to: TrustState, reason: string): string =>
  from === to
    ? `${reasonWords(reason)}; it stays ${to}.`
    : `From ${from} to ${to}: ${lowerFirst(reasonWords(reason))}.`;

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** What a condition that does not hold yet asks for; the proof is told by its own sentence. */
export interface Missing {
  readonly state: TrustState;
  readonly missingShare: number;
  readonly missingMax: number;
  readonly dwellDays: number;
  readonly outcomeWeeks: number;
  readonly hasOutcomes: boolean;
  readonly signatureDays: number;
}

const reviewWanted = (days: number): string =>
  `A weekly review that widens, signed by a person within the last ${many(days, 'day')}`;

const NEEDS: Readonly<Record<Exclude<ConditionName, 'proof'>, (of: Missing) => string>> = {
  offered: ({ state }) => `This pact offers nothing above ${state} here.`,
  evidence: ({ missingShare, missingMax }) =>
    `Evidence is missing for ${percent(missingShare)} of its conversations; at most ${percent(missingMax)} is allowed.`,
  dwell: ({ dwellDays }) => `${many(dwellDays, 'more day')} in this state.`,
  outcome: ({ outcomeWeeks, hasOutcomes }) =>
    hasOutcomes
      ? `${many(outcomeWeeks, 'more week')} that ${outcomeWeeks === 1 ? 'meets' : 'meet'} the outcome target, each judged 7 days after its end.`
      : 'An outcome target for this lane, and weeks that meet it: the pact sets none.',
  licence: () => 'A licence for its judges.',
  review: ({ signatureDays }) => `${reviewWanted(signatureDays)}: the latest one keeps things as they are.`,
  signature: ({ signatureDays }) => `${reviewWanted(signatureDays)}.`,
};

export const needSentence = (condition: Exclude<ConditionName, 'proof'>, of: Missing): string => NEEDS[condition](of);

/** Beyond this a count of days says less than that it is long. */
/** Why a proof takes fewer conversations than there were, by the kinds of work. */
export function mixSentence(taken: number, n: number, kinds: readonly string[], counts: readonly number[]): string {
  const each = kinds.map((kind, i) => `${whole(counts[i] ?? 0)} ${kind.replaceAll('_', ' ')}`).join(', ');
  return `${whole(taken)} of ${many(n, 'conversation')} count towards the proof, each kind of work in its share: ${each}.`;
}

const YEAR_DAYS = 365;

export function proofSentence(clean: number, days: number | null): string {
  const time =
    days === null ? '' : days > YEAR_DAYS ? ', more than a year at this pace' : `, about ${many(days, 'day')}`;
  return `${many(clean, 'more clean conversation')}${time}.`;
}
