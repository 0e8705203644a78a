/** Keeps the console's views near the end of the ledger. Whoever reads them brings them there at once. */
import type { Context } from '../operations/context.ts';
import { type Ticking, tick } from './ticking.ts';

const VIEWS_MS = 1_000;
/** What a look may take: then the others have their turn. */
const AT_MOST_MS = 900;

export const startViews = ({ views, writer }: Context, onTrouble: (error: unknown) => void): Ticking =>
  tick(
    VIEWS_MS,
    // Decisions come first: while some wait the views take in one portion a second.
    () => (writer.backlog > 0 ? views.step() : views.catchUp(writer.position.size, AT_MOST_MS)),
    onTrouble,
  );
