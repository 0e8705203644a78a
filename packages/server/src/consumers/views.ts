/** Keeps the console's views near the end of the ledger. Whoever reads them brings them there at once. */
import type { Context } from '../operations/context.ts';
import { type Ticking, tick } from './ticking.ts';

const VIEWS_MS = 1_000;
/** What a look may take where nothing is written meanwhile. */
const AT_MOST_MS = 900;

export function startViews({ views, writer }: Context, onTrouble: (error: unknown) => void): Ticking {
  let seen = -1;
  const look = () => {
    const { size } = writer.position;
    const isWriting = size !== seen;
    seen = size;
    // Decisions come first: while some are made the views take in one portion a second.
    return isWriting ? views.step() : views.catchUp(size, AT_MOST_MS);
  };
  return tick(VIEWS_MS, look, onTrouble);
}
