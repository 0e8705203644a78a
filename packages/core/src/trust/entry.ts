/** What happens to the agents of a slot: one party in one lane. Times are whole seconds; order is that of the ledger. */
import type { Severity, TrustState } from '../terms/decision.ts';
import type { TrustLimits } from './limits.ts';

/** The worst violation of a kind in one conversation. */
export type Worst = 'none' | Severity;

/** What people and draws said of one conversation: votes h, active draw d, uniform draw u, verdict y (1: violation). */
export interface Audit {
  readonly h: number;
  readonly d: 0 | 1;
  readonly u: 0 | 1;
  readonly y: number | null;
}

interface Placed {
  readonly seq: number;
  readonly at: number;
  /** Without one the entry is for every agent of the slot. */
  readonly agent?: string | undefined;
}

interface Found {
  readonly escaped?: Worst | undefined;
  readonly blocked?: Worst | undefined;
  /** The escaped critical reached someone, and a check or a person proves it. */
  readonly confirmed?: boolean | undefined;
}

/** An agent comes into the slot, or comes again. */
export interface Registered extends Placed {
  readonly type: 'registered';
  readonly agent: string;
}

/** One conversation whose evidence is complete, or missing at maturity. */
export interface Observed extends Placed, Found {
  readonly type: 'observed';
  readonly stratum?: number | undefined;
  readonly missing?: boolean | undefined;
  readonly audit?: Audit | undefined;
}

/** A violation found otherwise than by census or sample. */
export interface Incident extends Placed, Found {
  readonly type: 'incident';
}

export interface WeeklyReview extends Placed {
  readonly type: 'weeklyReview';
  readonly decision: 'widen' | 'keep' | 'narrow';
  readonly to?: TrustState | undefined;
}

export interface OutcomeWeek extends Placed {
  readonly type: 'outcomeWeek';
  readonly pass?: boolean | undefined;
  readonly fail?: boolean | undefined;
}

export interface VersionChanged extends Placed {
  readonly type: 'versionChanged';
  readonly class: 'minor' | 'major' | 'undeclared';
}

/** A new pact holds for every agent of the slot; what it says about trust comes with it where that changed. */
export interface PactChanged extends Placed {
  readonly type: 'pactChanged';
  readonly widened: boolean;
  readonly limits?: TrustLimits | undefined;
}

export interface Gap extends Placed {
  readonly type: 'gap';
  readonly kind: 'chain' | 'missing';
  readonly count?: number | undefined;
}

export interface Stopped extends Placed {
  readonly type: 'stopped';
  readonly drill?: boolean | undefined;
}

export interface Released extends Placed {
  readonly type: 'released';
}

export interface Licence extends Placed {
  readonly type: 'licence';
  readonly valid: boolean;
}

/** A consequence of the pact that narrows. */
export interface Consequence extends Placed {
  readonly type: 'consequence';
  readonly to: TrustState;
}

/** A person’s word: the state is set, upwards too, with a reason that is on the record. */
export interface SetByHand extends Placed {
  readonly type: 'setByHand';
  readonly to: TrustState;
}

/** Time passes; nothing else happened. */
export interface Tick extends Placed {
  readonly type: 'tick';
}

/** A dispute: the fields of an earlier entry were otherwise. */
export interface Amended extends Placed {
  readonly type: 'amended';
  readonly target: number;
  readonly set: Readonly<Record<string, unknown>>;
}

export type SlotEntry =
  | Registered
  | Observed
  | Incident
  | WeeklyReview
  | OutcomeWeek
  | VersionChanged
  | PactChanged
  | Gap
  | Stopped
  | Released
  | Licence
  | Consequence
  | SetByHand
  | Tick
  | Amended;

/** All but disputes, which change an entry in place. */
export type LoggedEntry = Exclude<SlotEntry, Amended>;

/** An append-only list as a value: full pages are shared by all versions, only the last one is copied. */
export interface Log {
  readonly pages: readonly (readonly LoggedEntry[])[];
  readonly last: readonly LoggedEntry[];
}

const PAGE = 128;

export const EMPTY_LOG: Log = { pages: [], last: [] };

export const append = ({ pages, last }: Log, entry: LoggedEntry): Log =>
  last.length < PAGE ? { pages, last: [...last, entry] } : { pages: [...pages, last], last: [entry] };

export const entriesOf = ({ pages, last }: Log): readonly LoggedEntry[] => [...pages.flat(), ...last];
