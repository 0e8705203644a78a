/** An agent in a lane, beside what its slot knows: whose it is, and what people are shown. */
import type { DataOf } from '../../evidence/kinds.ts';
import type { TrustState } from '../../terms/decision.ts';

/** A lane keeps this many of its latest moves for people to see; all of them are in the ledger. */
const MOVES_MOST = 50;

export interface Move {
  readonly at: number;
  readonly seq: number;
  readonly from: TrustState;
  readonly to: TrustState;
  readonly reason: string;
}

/** A weekly target that was missed, with what followed. */
export interface MissedTarget {
  readonly at: number;
  readonly seq: number;
  readonly missed: Missed;
  readonly followed: Followed[];
}
export type Missed = NonNullable<Applied['missed']>;
export type Followed = Pick<Applied, 'consequence' | 'to' | 'times' | 'until' | 'people' | 'owner'>;
type Applied = DataOf<'consequence.applied'>;

/** An agent in a lane, beside what its slot knows. */
export interface Member {
  readonly agent: string;
  readonly lane: string;
  readonly party: string;
  /** The pact whose terms hold. */
  pact: string | null;
  /** Of this epoch, by stream. */
  violations: number[];
  days: Day[];
  /** Latest last. */
  moves: Move[];
  leaseUntil: number | null;
  /** How many times as much is drawn for people, until when: a consequence of the pact. */
  sampled: { readonly times: number; readonly until: number } | null;
  /** The pact in force as the latest week ended: that week is judged by it, once its days have passed. */
  weekPact: string | null;
  /** Latest last. */
  missed: MissedTarget[];
}

/** Days since 1970, conversations, those without complete evidence, and violations by stream. */
export interface Day {
  readonly day: number;
  n: number;
  missing: number;
  readonly violations: number[];
}

export const newMember = (given: Pick<Member, 'agent' | 'lane' | 'party' | 'pact'>): Member => ({
  ...given,
  violations: [],
  days: [],
  moves: [],
  leaseUntil: null,
  sampled: null,
  weekPact: null,
  missed: [],
});

export function remember({ moves }: Member, move: Move): void {
  moves.push(move);
  if (moves.length > MOVES_MOST) moves.shift();
}

/** Member by member: a snapshot knows nothing undefined. */
export const followedIn = ({ consequence, to, times, until, people, owner }: Applied): Followed => ({
  consequence,
  ...(to === undefined ? {} : { to }),
  ...(times === undefined ? {} : { times }),
  ...(until === undefined ? {} : { until }),
  ...(people === undefined ? {} : { people }),
  ...(owner === undefined ? {} : { owner }),
});

/** One more thing that followed from a week that missed its target. */
export function rememberMissed({ missed }: Member, one: Omit<MissedTarget, 'followed'>, followed: Followed): void {
  const last = missed.findLast(
    (other) => other.missed.target === one.missed.target && other.missed.week === one.missed.week,
  );
  // What is handed over in portions is told once for each owner.
  if (followed.consequence === 'hand_over' && last?.followed.some(isTo(followed.owner))) return;
  if (last) last.followed.push(followed);
  else missed.push({ ...one, followed: [followed] });
  if (missed.length > MOVES_MOST) missed.shift();
}

const isTo =
  (to: string | undefined) =>
  ({ consequence, owner }: Followed): boolean =>
    consequence === 'hand_over' && owner === to;
