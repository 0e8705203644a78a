/** Files that hold keys: written durably, read only where nobody else can. */
import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { decodeBase64 } from '@surety/core/crypto';
import { ED25519, type PrivateKey, parsePrivateKey } from '@surety/core/ledger';
import { LogError } from './log-error.ts';
import { nodeEd25519 } from './node-crypto.ts';

export const KEY_BYTES = 32;
const OTHERS = 0o077;

/** Whose keys this process trusts; Windows has no owners of this kind. */
const ownUser = (): number | undefined => process.getuid?.();

/** The pair of a private key's file. */
export function readPair(path: string): PrivateKey {
  const pair = parsePrivateKey(readSecret(path), nodeEd25519);
  if (!pair.ok) throw new LogError('keys_damaged', `${path} is damaged. ${pair.error.detail}`);
  if (pair.value.key.type !== ED25519) throw new LogError('keys_damaged', `${path} is a witness's key, not a log's.`);
  return pair.value;
}

/** The 32 bytes of a symmetric key's file. */
export function readKey(path: string): Uint8Array {
  const bytes = decodeBase64(readSecret(path));
  if (bytes?.length === KEY_BYTES) return bytes;
  throw new LogError('keys_damaged', `${path} is damaged: it has to be ${KEY_BYTES} bytes in base64.`);
}

export const readPublic = (path: string): string => readLine(path, () => {});

const readSecret = (path: string): string => readLine(path, (handle) => checkPrivate(path, handle));

/** A file of one line, read from the same open file whose owner and mode were looked at. */
function readLine(path: string, check: (handle: number) => void): string {
  const handle = open(path);
  try {
    check(handle);
    const text = readFileSync(handle, 'utf8');
    if (text.indexOf('\n') === text.length - 1 && text !== '') return text.slice(0, -1);
    throw new LogError('keys_damaged', `${path} has to be one line that ends with a line feed.`);
  } finally {
    closeSync(handle);
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw new LogError('keys_damaged', `${path} cannot be read: give Surety's user the right to.`, undefined, error);
  }
}

function checkPrivate(path: string, handle: number): void {
  const user = ownUser();
  const { mode, uid } = fstatSync(handle);
  if (user === undefined) return;
  if (uid !== user)
    throw new LogError('keys_exposed', `${path} belongs to user ${uid}, Surety runs as ${user}: give it to that user.`);
  if ((mode & OTHERS) === 0) return;
  const shown = (mode & 0o777).toString(8);
  throw new LogError('keys_exposed', `${path} can be read by others (mode ${shown}): run chmod 600 on it.`);
}

/** Whole or not at all, and durable with its name. */
export function writeDurably(path: string, text: string, mode: number): void {
  const unfinished = `${path}.new`;
  const handle = openSync(unfinished, 'w', mode);
  try {
    fchmodSync(handle, mode); // an umask may have taken bits, a file left over may have more
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(unfinished, path);
  makeFolderDurable(dirname(path));
}

/** Makes the names in a folder durable. */
export function makeFolderDurable(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
