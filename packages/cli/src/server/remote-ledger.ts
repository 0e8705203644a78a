/** The ledger as a server shows it over HTTP, for an export that checks every byte of it. */
import { decodeUtf8 } from '@surety/core/crypto';
import { decodeBundle, parseCheckpoint, parseVkey, TILE_WIDTH, tilePath } from '@surety/core/ledger';
import type { ExportKeys, ExportSource } from '@surety/server';
import { AskError } from '../command.ts';
import type { Desk } from './desk.ts';

/** Of one size: the server may go on meanwhile. */
export async function remoteLedger(desk: Desk): Promise<{ source: ExportSource; keys: ExportKeys }> {
  const checkpoint = decode(await desk.read('/v1/ledger/checkpoint'));
  const parsed = parseCheckpoint(checkpoint);
  if (!parsed.ok) throw new AskError(`the server's checkpoint cannot be read: ${parsed.error.detail}`);
  const { size, root } = parsed.value;
  return {
    keys: await keysOf(desk),
    source: {
      head: async () => ({ size, at: 0, root, frontier: new Uint8Array(), checkpoint }),
      keptCheckpoints: async () => [],
      async *entries(from, limit) {
        const n = Math.floor(from / TILE_WIDTH);
        const width = Math.min(TILE_WIDTH, size - n * TILE_WIDTH);
        const path = tilePath('entries', n, width);
        const bundle = decodeBundle(await desk.read(`/v1/ledger/${path}`), width);
        if (!bundle.ok) throw new AskError(`the server's ${path} cannot be read: ${bundle.error.detail}`);
        const bodies = bundle.value.slice(from - n * TILE_WIDTH, from - n * TILE_WIDTH + limit);
        for (const [i, body] of bodies.entries()) yield { idx: from + i, id: '', type: '', body };
      },
    },
  };
}

/** Entry 0 says the log's key. */
async function keysOf(desk: Desk): Promise<ExportKeys> {
  const first = JSON.parse(decode(await desk.read('/v1/ledger/entries/0'))) as { data?: { vkey?: string } };
  const logVkey = first.data?.vkey ?? '';
  const key = parseVkey(logVkey);
  if (!key.ok) throw new AskError(`the ledger's first entry names no key: ${key.error.detail}`);
  return { logVkey, log: { key: key.value } };
}

function decode(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes);
  if (text === undefined) throw new AskError('the server answered with bytes that are not text');
  return text;
}
