/**
 * What an action comes to in the weekly figures. A violation is a `never` or a denying limit that fired, a missed duty, a
 * rule that asked for a person where none was asked, a refused hold, a failed check, a person's verdict. It was blocked
 * if a rule stopped it; it escaped if it went out, or if only a person stopped it. Doubt is none.
 */
import { rankOf } from '../../metrics/week/counts.ts';
import type { Severity } from '../../terms/decision.ts';
import { type Decided, type DecidedReason, isAsking, isBroken } from '../counted.ts';

export interface Act {
  /** Of the action; `duty/M-1` of a missed duty, `conversation` of a verdict on the whole. */
  readonly id: string;
  readonly lane: string | null;
  readonly pact: string;
  readonly week: number;
  /** The worst `never`, denying limit or duty that fired. */
  rule: Severity | null;
  /** The worst rule that asked for a person. */
  asked: Severity | null;
  /** A rule denied it, and that took effect. */
  readonly stopped: boolean;
  /** A rule held it, and that took effect. */
  readonly held: boolean;
  approved: boolean;
  refused: boolean;
  executed: boolean;
  /** It ran although neither the gate nor a person had let it. */
  unpermitted: boolean;
  /** A check found it wrong. */
  checked: Severity | null;
  /** A person did; the latest verdict counts. */
  verdict: Severity | null;
  judged: boolean;
  readonly money: readonly [currency: string, minor: number] | null;
}

export const worst = (severities: readonly (Severity | null)[]): Severity | null =>
  severities.reduce((a, b) => (a === null || (b !== null && rankOf(b) > rankOf(a)) ? b : a), null);

function worstOf(reasons: readonly DecidedReason[], isOne: (reason: DecidedReason) => boolean): Severity | null {
  let most: Severity | null = null;
  for (const reason of reasons)
    if (isOne(reason) && (most === null || rankOf(reason.severity) > rankOf(most))) most = reason.severity;
  return most;
}

/** What of a decision matters later; undefined where nothing of it does. Of its reasons, those that are evidence. */
export function actOf(data: Decided, week: number, reasons: readonly DecidedReason[]): Act | undefined {
  const { action: id, lane, pact, decision, enforced, approval, money, routed_to } = data;
  if (reasons.length === 0 && decision === 'allow' && money === undefined) return undefined;
  const isRule = (reason: DecidedReason): boolean => isBroken(data, reason);
  const rule = worstOf(reasons, isRule);
  const asked = approval === undefined ? worstOf(reasons, isAsking) : null;
  const effect = enforced ? decision : 'allow';
  const isHeld = effect === 'hold';
  if (rule === null && asked === null && !isHeld && money === undefined) return undefined;
  return {
    id,
    lane,
    pact: pact ?? '',
    week,
    rule,
    asked,
    stopped: (effect === 'deny' || routed_to !== undefined) && reasons.some((one) => one.enforced && isRule(one)),
    held: isHeld && reasons.some((one) => one.enforced && (one.why === 'duty' || (asked !== null && isAsking(one)))),
    approved: false,
    refused: false,
    executed: false,
    unpermitted: false,
    checked: null,
    verdict: null,
    judged: false,
    money: money === undefined ? null : [money.currency, money.minor],
  };
}

/** An act that the decision did not announce: what only came to light later. */
export const lateAct = (id: string, lane: string | null, pact: string, week: number, rule: Severity | null): Act => ({
  id,
  lane,
  pact,
  week,
  rule,
  asked: null,
  stopped: false,
  held: false,
  approved: false,
  refused: false,
  executed: false,
  unpermitted: false,
  checked: null,
  verdict: null,
  judged: false,
  money: null,
});

export interface Breach {
  readonly severity: Severity;
  readonly escaped: boolean;
}

/** The violation that an act is, if it is one. */
export function breachOf(act: Act): Breach | null {
  const { rule, asked, refused } = act;
  // Most actions broke nothing and nobody found anything.
  if (rule === null && asked === null && !refused && act.checked === null && act.verdict === null) return null;
  const severity = worst([
    rule !== null && (act.stopped || act.executed || refused) ? rule : null,
    asked !== null && ((act.executed && !act.approved) || refused) ? asked : null,
    refused && rule === null && !act.held ? ('major' as const) : null,
    act.checked,
    act.verdict,
  ]);
  if (severity === null) return null;
  const wasStopped = act.stopped || (act.held && act.refused);
  return { severity, escaped: act.unpermitted || !wasStopped };
}

/** A rule asked for a person, and the action went on without one. */
export const isUnasked = ({ asked, executed, approved }: Act): boolean => asked !== null && executed && !approved;
