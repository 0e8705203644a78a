/** Where an agent stands in a lane, for people: the sentence first, then what it needs, its scores, streams and moves. */
import { betaBinomialBounds } from '../../chance/mixture.ts';
import type { OutcomeTarget } from '../../metrics/week/outcome-count.ts';
import type { TrustState } from '../../terms/decision.ts';
import { DAY, formatTime } from '../../terms/time.ts';
import {
  type AgentTrust,
  distancesOf,
  effectiveState,
  neededFor,
  type Slot,
  type TrustPlan,
} from '../../trust/index.ts';
import type { World } from '../world.ts';
import { planIn, termsIn } from './evidence.ts';
import { samplingOf } from './gate-state.ts';
import type { Day, Member } from './member.ts';
import { type MissedView, missedIn } from './missed-view.ts';
import { gapSentence, outcomeNow } from './outcome-score.ts';
import { conductOn, EVIDENCE_LEAST, type ShownScore } from './scores.ts';
import { breaks, many, mixSentence, moveSentence, needSentence, percent, proofSentence, reasonWords } from './words.ts';

const SERIES_DAYS = 60;
const VOLUME_DAYS = 28;
const DAY_SECONDS = 86_400;

export interface LaneView {
  readonly effective_state: TrustState;
  readonly since: string | null;
  readonly by_hand: boolean;
  readonly sentence: string;
  readonly needs: string[];
  readonly next_state: TrustState | null;
  readonly scores: {
    readonly conduct: ShownScore & { readonly missing_sentence: string | null };
    readonly outcome: ShownScore & { readonly missing_sentence: string | null };
  };
  /** Where the two scores disagree by more than their bounds allow; else null. */
  readonly gap: string | null;
  readonly streams: StreamView[];
  readonly history: MoveView[];
  readonly missed: MissedView[];
  readonly series: SeriesDay[];
  readonly lease_until: string | null;
  readonly sampling: number;
}

interface StreamView {
  readonly stream: string;
  readonly allowed: number;
  readonly relaxed: number;
  readonly n: number;
  readonly violations: number;
  readonly lower: number;
  readonly upper: number;
  readonly proven: boolean;
}

interface MoveView {
  readonly at: string;
  readonly seq: number;
  readonly from: TrustState;
  readonly to: TrustState;
  readonly reason: string;
  readonly sentence: string;
}

interface SeriesDay {
  readonly day: string;
  readonly conduct: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number;
}

/** All that the pieces of a view are made from. */
interface Seen {
  readonly member: Member;
  readonly trust: AgentTrust;
  readonly slot: Pick<Slot, 'isLicensed'>;
  readonly plan: TrustPlan;
  readonly perDay: number | null;
  readonly outcomes: readonly OutcomeTarget[];
  /** Names of the kinds of work, where the pact tells them apart. */
  readonly strata: readonly string[];
  readonly now: number;
}

/** At an instant in milliseconds. `undefined` where the agent never came into the lane. */
export function laneView(
  world: World,
  agent: string,
  lane: string,
  now: number,
  isWhole: boolean,
): LaneView | undefined {
  const seen = look(world, agent, lane, now);
  if (!seen) return undefined;
  const { member, trust, plan } = seen;
  const last = member.moves.findLast(({ from, to }) => from !== to);
  const conduct = conductOn(plan, member.days, Math.floor(now / DAY));
  const outcome = outcomeNow(world, member, seen.outcomes, now);
  const needed = neededOf(seen);
  return {
    effective_state: effectiveState(trust, Math.floor(now / 1000)),
    since: last ? formatTime(last.at) : null,
    by_hand: last?.reason === 'by_hand',
    sentence: sentenceOf(seen, last?.reason),
    needs: needed.sentences,
    next_state: needed.next,
    scores: { conduct: { ...conduct, missing_sentence: missingSentence(conduct) }, outcome },
    gap: gapSentence(conduct, outcome),
    streams: streamsOf(seen),
    history: member.moves
      .map(({ at, seq, from, to, reason }) => {
        return { at: formatTime(at), seq, from, to, reason, sentence: moveSentence(from, to, reason) };
      })
      .reverse(),
    missed: missedIn(member),
    series: isWhole ? seriesOf(seen) : [],
    lease_until: trust.leaseUntil === null ? null : formatTime(Math.round(trust.leaseUntil * 1000)),
    sampling: samplingOf(world, agent, lane, now),
  };
}

function look(world: World, agent: string, lane: string, now: number): Seen | undefined {
  const member = world.trust.find(agent, lane);
  const trust = member && world.trust.trustOf(member);
  const slot = member && world.trust.slotOf(member);
  if (!member || !trust || !slot) return undefined;
  const { per_day: declared = null, outcomes = [], strata = [] } = termsIn(world, member) ?? {};
  const perDay = volumeOf(member.days, now) ?? declared;
  const names = strata.map(({ name }) => name);
  return { member, trust, slot, plan: planIn(world)(member), perDay, outcomes, strata: names, now };
}

/** Conversations a day, the mean of the last 28 days or of those since the first. */
function volumeOf(days: readonly Day[], now: number): number | null {
  const today = Math.floor(now / DAY);
  const first = days[0]?.day;
  if (first === undefined) return null;
  const span = Math.min(VOLUME_DAYS, today - first + 1);
  const counted = days.filter(({ day }) => day > today - span).reduce((sum, day) => sum + day.n + day.missing, 0);
  return counted === 0 ? null : counted / span;
}

const counted = ({ trust }: Seen): number => trust.n - trust.missing;
const missingSentence = ({ score, n }: ShownScore): string | null =>
  score === null
    ? `${many(Math.max(1, Math.ceil(EVIDENCE_LEAST - n)), 'more conversation')} until there is a number.`
    : null;

const round9 = (share: number): number => Math.round(share * 1e9) / 1e9;

function streamsOf({ trust, plan, member }: Seen): StreamView[] {
  const n = trust.n - trust.missing;
  return plan.limits.streams.map((stream, i) => {
    const violations = member.violations[i] ?? 0;
    const rate = stream.allowedRate;
    const { lower, upper } = betaBinomialBounds(violations, n - violations, plan.limits.alpha, 0.5, 1 / (2 * rate));
    return {
      stream: stream.id,
      allowed: stream.allowedRate,
      relaxed: stream.relaxedRate,
      n,
      violations,
      lower: round9(lower),
      upper: round9(upper),
      proven: trust.streams[i]?.isProven ?? false,
    };
  });
}

/** "At most 1.3 % break a rule; you allow 1 %. 140 more clean conversations, about 7 days." */
function sentenceOf(seen: Seen, reason: string | undefined): string {
  const { trust } = seen;
  if (trust.state === 'suspended')
    return `Suspended. ${reason === undefined ? '' : `${reasonWords(reason)}. `}Only a person can release it.`;
  const parts = [rateSentence(seen), reachSentence(seen)];
  return parts.filter((part) => part !== '').join(' ');
}

function rateSentence(seen: Seen): string {
  const n = counted(seen);
  if (n === 0) return 'No conversation has been counted yet.';
  if (n < EVIDENCE_LEAST)
    return `${many(n, 'conversation')} counted so far; a rate is shown from ${EVIDENCE_LEAST} on.`;
  const { stream, rate } = slowest(seen);
  const upper = streamsOf(seen).find((one) => one.stream === stream)?.upper ?? 1;
  return `At most ${percent(upper)} ${breaks(stream)}; you allow ${percent(rate)}.`;
}

function reachSentence(seen: Seen): string {
  const { trust } = seen;
  const clean = slowest(seen).clean;
  const { next, open } = openOf(seen);
  if (next === null)
    return trust.leaseUntil === null
      ? ''
      : `Autonomous until ${formatTime(Math.round(trust.leaseUntil * 1000)).slice(0, 10)}, unless it proves itself again before then.`;
  if (open.includes('offered')) return `This pact offers nothing above ${trust.state} here.`;
  if (clean > 0) return proofSentence(clean, daysFor(seen, clean));
  return open.length === 0 ? `Ready for ${next}.` : `Proven for ${next}; what is still missing is listed.`;
}

/** The stream that takes longest to prove; among the proven ones, the gravest that is not the rarest. */
function slowest({ plan, trust }: Seen) {
  const distances = distancesOf(plan, trust);
  const [most] = distances.toSorted((a, b) => b.clean - a.clean);
  const shown = most && most.clean > 0 ? most : distances.find(({ stream }) => stream === 'major');
  return shown ?? most ?? { stream: '', rate: 1, clean: 0 };
}

/** By the proof or by the days that have to pass, whichever is later. */
function daysFor(seen: Seen, clean: number): number | null {
  if (seen.perDay === null) return null;
  return Math.max(Math.ceil(clean / (seen.perDay * admittedShare(seen))), dwellDays(seen));
}

/** Of the conversations counted, those that a proof takes: each kind of work in its share. */
const admittedShare = (seen: Seen): number =>
  seen.strata.length === 0 || counted(seen) === 0 ? 1 : seen.trust.quota.all / counted(seen);

function dwellDays({ plan, trust, now }: Seen): number {
  const next = trust.state === 'supervised' ? 'limited' : 'autonomous';
  return Math.max(0, Math.ceil(plan.limits.minDays[next] - (now / 1000 - trust.epochAt) / DAY_SECONDS));
}

function openOf({ plan, trust, slot, now }: Seen) {
  const needed = neededFor(plan, trust, slot.isLicensed, Math.floor(now / 1000));
  return { next: needed?.next ?? null, open: needed?.open ?? [] };
}

function neededOf(seen: Seen): { readonly next: TrustState | null; readonly sentences: string[] } {
  const { plan, trust } = seen;
  const { next, open } = openOf(seen);
  // Where nothing is offered above, nothing is needed for it.
  if (open.includes('offered')) return { next: null, sentences: [] };
  const about = {
    state: trust.state,
    missingShare: trust.n === 0 ? 0 : trust.missing / trust.n,
    missingMax: plan.limits.missingMax,
    dwellDays: dwellDays(seen),
    outcomeWeeks: Math.max(0, plan.limits.outcomeWeeks - trust.outcomeOk),
    hasOutcomes: seen.outcomes.length > 0,
    signatureDays: plan.limits.signatureDays,
  };
  const clean = slowest(seen).clean;
  const isReviewOpen = open.includes('review');
  const sentences = open.flatMap((condition) => {
    if (condition === 'proof') return [proofSentence(clean, daysFor(seen, clean))];
    // One review serves both.
    return condition === 'signature' && isReviewOpen ? [] : [needSentence(condition, about)];
  });
  const { counts, all } = trust.quota;
  if (open.includes('proof') && seen.strata.length > 0 && all < counted(seen))
    sentences.push(mixSentence(all, counted(seen), seen.strata, counts));
  return { next, sentences };
}

function seriesOf({ plan, member }: Seen): SeriesDay[] {
  return member.days.slice(-SERIES_DAYS).map(({ day, n }) => {
    const { score: conduct, lower, upper } = conductOn(plan, member.days, day);
    return { day: formatTime(day * DAY).slice(0, 10), conduct, lower, upper, n };
  });
}
