/** What the evidence calls for and no entry has said yet. */
import type { DataOf } from '../../evidence/kinds.ts';
import type { Severity, TrustState } from '../../terms/decision.ts';
import type { AgentTrust } from '../../trust/index.ts';
import type { Member, Missed } from './member.ts';

/** What the entries call for, until an entry says it: a move, or only that more is drawn for people. */
export interface DueMove {
  readonly what: 'move' | 'sampling' | 'outcome' | 'violation' | 'target';
  readonly agent: string;
  readonly lane: string;
  readonly from: TrustState;
  readonly to: TrustState;
  readonly reason: string;
  readonly epoch: number;
  /** The entry that called for it. */
  readonly seq: number;
  readonly sampling: { readonly from: 1 | 3; readonly to: 1 | 3 };
  /** What a week of outcomes came to. */
  readonly outcome?: OutcomeFound;
  /** What the pact’s consequences follow from. */
  readonly violation?: Violation;
  /** The weekly target whose consequences follow. */
  readonly missed?: MissedUnder;
}
export interface MissedUnder {
  readonly what: Missed;
  /** By which it was judged. */
  readonly pact: string;
}
export interface Violation {
  readonly severity: Severity;
  readonly conversation: string;
  readonly pact: string | null;
}
export type OutcomeFound = NonNullable<DataOf<'consequence.applied'>['outcome']>;

type Owed = Pick<DueMove, 'what' | 'reason' | 'seq' | 'outcome' | 'violation' | 'missed'>;

/** What follows without a move. */
export const owedTo = (
  { agent, lane }: Pick<Member, 'agent' | 'lane'>,
  { state, epoch, sampling }: AgentTrust,
  owed: Owed,
): DueMove => ({ ...owed, agent, lane, from: state, to: state, epoch, sampling: { from: sampling, to: sampling } });

/** Of several that are due, which one. */
export interface Told {
  readonly to?: TrustState;
  readonly seq?: number;
  readonly missed?: Pick<Missed, 'target' | 'week'>;
}

export const isOf = (
  one: DueMove,
  what: DueMove['what'],
  agent: string,
  lane: string,
  { to, seq, missed }: Told,
): boolean =>
  one.what === what &&
  one.agent === agent &&
  one.lane === lane &&
  (to === undefined || one.to === to) &&
  (seq === undefined || one.seq === seq) &&
  (missed === undefined || (one.missed?.what.target === missed.target && one.missed.what.week === missed.week));

/** A registration, a set state and a change that moves nobody have an entry of their own that says it. */
export function isTold({ from, to, reason }: DueMove): boolean {
  if (reason === 'by_hand') return false;
  if (from !== to) return true;
  return reason.startsWith('alarm.') || reason === 'drift' || reason === 'lease.renewed';
}
