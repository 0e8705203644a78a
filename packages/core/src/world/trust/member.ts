/** An agent in a lane, beside what its slot knows: whose it is, and what people are shown. */
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
});

export function remember({ moves }: Member, move: Move): void {
  moves.push(move);
  if (moves.length > MOVES_MOST) moves.shift();
}
