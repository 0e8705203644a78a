/** Trust as plain JSON, piece by piece, for snapshots: the same book gives the same pieces, however it came about. */
import type { AgentTrust, Slot } from '../../trust/index.ts';
import { unloggedSlot } from '../../trust/index.ts';
import type { Case } from './case.ts';
import type { DueMove } from './due-move.ts';
import { withF64, withoutF64 } from './f64.ts';
import { DEFAULT_PLAN } from './lane-terms.ts';
import type { Member } from './member.ts';
import type { TrustBook } from './trust-book.ts';

export type TrustPiece =
  | { readonly slice: 'trust_members'; readonly rows: readonly Member[] }
  | { readonly slice: 'trust_slots'; readonly rows: readonly SlotRow[] }
  /** A bet’s wealth is no whole number: doubles as `f64:` texts. */
  | { readonly slice: 'trust_agents'; readonly rows: readonly unknown[] }
  | { readonly slice: 'trust_cases'; readonly rows: readonly Case[] }
  | { readonly slice: 'trust_due'; readonly rows: readonly DueMove[] };

type SlotRow = Pick<Slot, 'attempts' | 'isLicensed' | 'licenceLostAt' | 'lastAt'> & {
  readonly party: string;
  readonly lane: string;
};
interface AgentRow {
  readonly party: string;
  readonly lane: string;
  readonly trust: AgentTrust;
}

const ROWS = 200;
function* cut<T>(rows: readonly T[]): Iterable<readonly T[]> {
  for (let i = 0; i < rows.length; i += ROWS) yield rows.slice(i, i + ROWS);
}

export function* trustPieces(book: TrustBook): Iterable<TrustPiece> {
  const slots = [...book.slots.values()];
  for (const rows of cut(slots.map(slotRow))) yield { slice: 'trust_slots', rows };
  const agents = slots.flatMap(({ party, lane, slot }) => slot.agents.map((trust) => ({ party, lane, trust })));
  for (const rows of cut(agents)) yield { slice: 'trust_agents', rows: rows.map(withF64) };
  for (const rows of cut([...book.members.values()].map(memberRow))) yield { slice: 'trust_members', rows };
  for (const rows of cut([...book.cases])) yield { slice: 'trust_cases', rows };
  for (const rows of cut(book.due)) yield { slice: 'trust_due', rows };
}

const slotRow = ({ party, lane, slot }: { party: string; lane: string; slot: Slot }): SlotRow => {
  const { attempts, isLicensed, licenceLostAt, lastAt } = slot;
  return { party, lane, attempts, isLicensed, licenceLostAt, lastAt };
};
/** The end of a lease may be no whole second. */
const memberRow = (member: Member): Member => withF64(member) as unknown as Member;

const keyOf = (party: string, lane: string): string => `${party}\n${lane}`;

/** Takes up a piece, in the order in which they were cut. */
export function takeTrust(book: TrustBook, piece: TrustPiece): void {
  switch (piece.slice) {
    case 'trust_slots':
      for (const { party, lane, ...row } of piece.rows)
        book.slots.set(keyOf(party, lane), { party, lane, slot: { ...unloggedSlot(DEFAULT_PLAN), ...row } });
      return;
    case 'trust_agents':
      for (const row of piece.rows) takeAgent(book, withoutF64(row) as AgentRow);
      return;
    case 'trust_members':
      for (const row of piece.rows) book.admit(withoutF64(row) as Member);
      return;
    case 'trust_cases':
      for (const one of piece.rows) book.keepCase(one);
      return;
    case 'trust_due':
      book.due.push(...piece.rows);
  }
}

function takeAgent(book: TrustBook, { party, lane, trust }: AgentRow): void {
  const standing = book.slots.get(keyOf(party, lane));
  if (standing) standing.slot = { ...standing.slot, agents: [...standing.slot.agents, trust] };
}
