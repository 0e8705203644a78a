/** Streams recorded conversations from files, gzip or not, holding one conversation at a time. */
import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { createReader, type RecordingItem } from '@surety/core/recording';
import { AskError } from '../command.ts';

/** A word with a replaced character would not be found by a rule that looks for it. */
const REPLACED = 'some bytes are not UTF-8 and appear as � in what was judged; export the conversations in UTF-8';
const GZIP = [0x1f, 0x8b];

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === GZIP[0] && buffer[1] === GZIP[1];
  } finally {
    await file.close();
  }
}

/** Refuses what is no readable file before any work begins. */
export function checkFile(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new AskError(`there is no file ${path}`);
  if (stat.isDirectory()) throw new AskError(`${path} is a folder; name the files in it`);
}

/** The conversations of one file, and what of it could not be read; `onBytes` hears how many bytes of it were read. */
export async function* readConversations(
  path: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<RecordingItem> {
  const isPacked = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const source: Readable = isPacked ? pipeline(file, createGunzip(), () => undefined) : file;
  const decoder = new StringDecoder('utf8');
  const reader = createReader({ source: path });
  let isUtf8 = true;
  let isRead = false;
  function* seen(items: Iterable<RecordingItem>) {
    for (const item of items) {
      isRead ||= item.kind !== 'unreadable';
      yield item;
    }
  }
  try {
    for await (const chunk of source) {
      onBytes(file.bytesRead);
      const text = decoder.write(chunk as Buffer);
      isUtf8 &&= !text.includes('\ufffd');
      yield* seen(reader.push(text));
    }
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    yield* reader.end();
    yield {
      kind: 'unreadable',
      place: { line: 1 },
      says: `${path}: the gzip file is broken or cut off; what stood before that was read`,
    };
    return;
  }
  yield* seen(reader.push(decoder.end()));
  yield* seen(reader.end());
  if (!isUtf8 && isRead) yield { kind: 'unreadable', place: { line: 1 }, says: `${path}: ${REPLACED}` };
}
