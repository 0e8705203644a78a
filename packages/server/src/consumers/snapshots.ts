/** Keeps a snapshot of the world every hour, so that a start after a crash folds an hour's entries at most. */
import type { Context } from '../operations/context.ts';
import { snapshotAside } from '../operations/world/snapshot.ts';
import { type Ticking, tick } from './ticking.ts';

const SNAPSHOT_MS = 3_600_000;

export const startSnapshots = ({ store }: Context, onTrouble: (error: unknown) => void): Ticking =>
  tick(SNAPSHOT_MS, () => snapshotAside(store), onTrouble);
