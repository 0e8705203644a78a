/**
 * Everything derived from the entries: a pure fold, thrown away and rebuilt at will. Each slice has a file with its
 * reducers; `fold.ts` is the table of which kind changes which.
 */
import type { Actions, HoldStanding, Holds, OpenAction } from './actions.ts';
import type { AgentStanding, Agents } from './agents.ts';
import { type ConversationStanding, Conversations } from './conversations.ts';
import { LimitBook, type LimitBookState } from './limit-book.ts';
import { noPacts, type PactStanding, type Pacts } from './pacts.ts';
import { TrustBook } from './trust/trust-book.ts';
import { type TrustPiece, takeTrust, trustPieces } from './trust/trust-pieces.ts';
import type { Contact } from './week/contact.ts';
import type { ReviewStanding, Reviews } from './week/reviews.ts';
import { type WeekCell, Weeks } from './week/weeks.ts';

/** A fold's version changes with its meaning: a snapshot of another version is not used. */
export const WORLD_FOLD = 'world';
export const WORLD_VERSION = '10';

export class World {
  /** Entries folded so far: the index of the next. */
  size = 0;
  /** The time of the latest entry. */
  at = 0;
  origin = '';
  readonly agents: Agents = new Map();
  readonly pacts: Pacts = noPacts();
  readonly conversations = new Conversations();
  /** Before this instant none of them is quiet; no part of a snapshot, since it follows from them. */
  quietFrom = Number.NEGATIVE_INFINITY;
  readonly actions: Actions = new Map();
  readonly holds: Holds = new Map();
  /** Holds that were answered, in that order, until nobody will ask for them again. */
  readonly answered: Holds = new Map();
  /** The commitment of the arguments of proposals whose decision is the next entry. */
  readonly proposed = new Map<string, string>();
  /** Stream → the number of its latest entry. */
  readonly streams = new Map<string, number>();
  readonly reviews: Reviews = new Map();
  readonly weeks = new Weeks(this.conversations);
  limits = new LimitBook();
  readonly trust = new TrustBook(this.conversations);
}

/** A world as plain JSON, piece by piece: no piece is large, so that writing a snapshot never holds anything up. */
export type WorldPiece =
  | { readonly slice: 'head'; readonly size: number; readonly at: number; readonly origin: string }
  | { readonly slice: 'agents'; readonly rows: readonly AgentStanding[] }
  | { readonly slice: 'pacts'; readonly rows: readonly PactStanding[] }
  | { readonly slice: 'in_force'; readonly rows: readonly (readonly [string, Record<string, string>])[] }
  | { readonly slice: 'conversations'; readonly rows: readonly ConversationStanding[] }
  | { readonly slice: 'actions'; readonly rows: readonly OpenAction[] }
  | { readonly slice: 'holds' | 'answered'; readonly rows: readonly HoldStanding[] }
  | { readonly slice: 'proposed'; readonly rows: readonly (readonly [string, string])[] }
  | { readonly slice: 'streams'; readonly rows: readonly (readonly [string, number])[] }
  | { readonly slice: 'reviews'; readonly rows: readonly (readonly [string, ReviewStanding[]])[] }
  | { readonly slice: 'week_cells'; readonly rows: readonly WeekCell[] }
  | { readonly slice: 'contacts'; readonly rows: readonly Contact[] }
  | { readonly slice: 'limits'; readonly windows: LimitBookState['windows'] }
  | { readonly slice: 'reserved'; readonly reserved: LimitBookState['reserved'] }
  | TrustPiece;

const PIECE_ROWS = 2_000;

function* cut<T>(rows: readonly T[], most = PIECE_ROWS): Iterable<readonly T[]> {
  for (let i = 0; i < rows.length; i += most) yield rows.slice(i, i + most);
}

/** The same world gives the same pieces, however it came about. */
export function* toPieces(world: World): Iterable<WorldPiece> {
  yield { slice: 'head', size: world.size, at: world.at, origin: world.origin };
  for (const rows of cut([...world.agents.values()])) yield { slice: 'agents', rows };
  for (const rows of cut([...world.pacts.byDigest.values()])) yield { slice: 'pacts', rows };
  for (const rows of cut([...world.pacts.inForce])) yield { slice: 'in_force', rows };
  for (const rows of cut([...world.conversations.values()])) yield { slice: 'conversations', rows };
  for (const rows of cut([...world.actions.values()])) yield { slice: 'actions', rows };
  for (const rows of cut([...world.holds.values()])) yield { slice: 'holds', rows };
  for (const rows of cut([...world.answered.values()])) yield { slice: 'answered', rows };
  for (const rows of cut([...world.proposed])) yield { slice: 'proposed', rows };
  for (const rows of cut([...world.streams])) yield { slice: 'streams', rows };
  for (const rows of cut([...world.reviews])) yield { slice: 'reviews', rows };
  for (const rows of cut(world.weeks.cells, 200)) yield { slice: 'week_cells', rows };
  for (const rows of cut([...world.weeks.contacts])) yield { slice: 'contacts', rows };
  const { windows, reserved } = world.limits.toState();
  for (const rows of cut(windows)) yield { slice: 'limits', windows: rows };
  for (const rows of cut(reserved)) yield { slice: 'reserved', reserved: rows };
  yield* trustPieces(world.trust);
}

/** Reads the pieces of `toPieces` in their order. */
export function fromPieces(pieces: Iterable<WorldPiece>): World {
  const world = new World();
  const windows: LimitBookState['windows'][number][] = [];
  const reserved: LimitBookState['reserved'][number][] = [];
  for (const piece of pieces) {
    if (piece.slice === 'limits') windows.push(...piece.windows);
    else if (piece.slice === 'reserved') reserved.push(...piece.reserved);
    else if (isTrust(piece)) takeTrust(world.trust, piece);
    else takeIn(world, piece);
  }
  world.limits = LimitBook.fromState({ windows, reserved });
  return world;
}

const isTrust = (piece: WorldPiece): piece is TrustPiece => piece.slice.startsWith('trust_');

function takeIn(
  world: World,
  piece: Exclude<WorldPiece, { slice: 'limits' } | { slice: 'reserved' } | TrustPiece>,
): void {
  switch (piece.slice) {
    case 'head':
      world.size = piece.size;
      world.at = piece.at;
      world.trust.awaitWeek(piece.at);
      world.origin = piece.origin;
      return;
    case 'agents':
      for (const row of piece.rows) world.agents.set(row.name, row);
      return;
    case 'pacts':
      for (const row of piece.rows) world.pacts.byDigest.set(row.digest, row);
      return;
    case 'in_force':
      for (const [agent, lanes] of piece.rows) world.pacts.inForce.set(agent, lanes);
      return;
    case 'conversations':
      for (const row of piece.rows) world.conversations.keep(row);
      return;
    case 'actions':
      for (const row of piece.rows) world.actions.set(row.id, row);
      return;
    case 'holds':
    case 'answered':
      for (const row of piece.rows) world[piece.slice].set(row.action, row);
      return;
    case 'proposed':
      for (const [id, args] of piece.rows) world.proposed.set(id, args);
      return;
    case 'reviews':
      for (const [lane, rows] of piece.rows) world.reviews.set(lane, rows);
      return;
    case 'week_cells':
      for (const row of piece.rows) world.weeks.keepCell(row);
      return;
    case 'contacts':
      for (const row of piece.rows) world.weeks.keep(row);
      return;
    case 'streams':
      for (const [stream, n] of piece.rows) world.streams.set(stream, n);
  }
}
