/** Entry bundles (C2SP tlog-tiles): for each entry its length, uint16 big-endian, and its bytes. */
import { invariant, ok, type Result } from '../../result.ts';
import { type LedgerRefusal, refuse } from '../refusal.ts';

/** What uint16 can count. */
export const ENTRY_BYTES_MAX = 65_535;

export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const { length } of entries) {
    invariant(length <= ENTRY_BYTES_MAX, 'an entry has at most 65,535 bytes');
    size += 2 + length;
  }
  const bundle = new Uint8Array(size);
  let at = 0;
  for (const entry of entries) {
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 0xff;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/** Exactly `width` entries and not a byte more. The entries are views into the bundle. */
export function decodeBundle(bundle: Uint8Array, width: number): Result<Uint8Array[], LedgerRefusal> {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width) {
    const [high, low] = [bundle[at], bundle[at + 1]];
    if (high === undefined || low === undefined) return short(entries.length, width);
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length) return short(entries.length, width);
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  if (at < bundle.length) return refuse('bundle_malformed', `The bundle goes on after its ${width} entries.`);
  return ok(entries);
}

const short = (found: number, width: number) =>
  refuse('bundle_malformed', `The bundle ends inside entry ${found + 1} of ${width}.`);
