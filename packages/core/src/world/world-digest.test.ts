/** The digest of a world: one for one history, whichever way it came about. */
import { expect, it } from 'vitest';
import { fold } from './fold.ts';
import { sampleHistory } from './sample-history.ts';
import { fromPieces, toPieces, World } from './world.ts';
import { digestOfEntries, worldDigest } from './world-digest.ts';

it('is the same from the entries, from a snapshot with the rest, and from parsed text; another history has another', () => {
  const entries = sampleHistory(7, 300);
  const whole = digestOfEntries(entries);
  expect(whole).toMatch(/^[0-9a-f]{64}$/);
  const first = new World();
  for (const entry of entries.slice(0, 137)) fold(first, entry);
  const world = fromPieces(toPieces(first));
  for (const entry of entries.slice(137)) fold(world, entry);
  expect(worldDigest(world)).toBe(whole);
  expect(digestOfEntries(JSON.parse(JSON.stringify(entries)) as typeof entries)).toBe(whole);
  expect(digestOfEntries(entries.slice(0, -1))).not.toBe(whole);
});
