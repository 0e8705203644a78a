/** Opens the world: the ledger is checked, a snapshot taken up where one fits, and the rest folded. */
import { fold, World } from '@surety/core/world';
import type { Keys } from '../../log/keys.ts';
import { type CheckOptions, checkLedger } from '../../log/open.ts';
import { Position } from '../../log/position.ts';
import type { Store } from '../../store/port.ts';
import { toPlaced } from '../writing/placed.ts';
import { readSnapshot } from './snapshot.ts';

export { worldText } from './snapshot.ts';

export interface OpenedWorld {
  readonly world: World;
  readonly position: Position;
  /** Entries a snapshot spared from being folded. */
  readonly spared: number;
}

export async function openWorld(store: Store, keys: Keys, options: CheckOptions): Promise<OpenedWorld> {
  const { size, at, growth } = await checkLedger(store, keys, options);
  const world = (await readSnapshot(store, size)) ?? new World();
  const spared = world.size;
  for await (const row of store.entries(spared, size - spared)) fold(world, toPlaced(row));
  return { world, position: new Position(growth, at), spared };
}
