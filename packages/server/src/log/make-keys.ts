/** The first keys of a ledger. Nothing is signed before all of them are durable; no key is ever overwritten. */
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encodeBase64, toHex } from '@surety/core/crypto';
import { ED25519, formatPrivateKey, formatVkey, type PrivateKey, privateKey } from '@surety/core/ledger';
import { makeFolder } from './folder.ts';
import { KEY_BYTES, makeFolderDurable, readPair, writeDurably } from './key-files.ts';
import { LogError } from './log-error.ts';
import { nodeEd25519 } from './node-crypto.ts';

/** Stands in the folder while its first keys are made: as long as it does, nothing was signed with any of them. */
export const UNFINISHED = 'unfinished';

/** Makes every key that is not there yet: after a crash in the middle it goes on. */
export function makeKeys(folder: string, origin: string = inventOrigin()): void {
  try {
    makeFolder(folder);
    writeDurably(join(folder, UNFINISHED), 'The first keys of this folder were not all made yet.\n', 0o600);
    const { name } = makePair(folder, 'log', origin);
    makePair(folder, 'pack', `${name}/pack`);
    for (const secret of ['kek-1.key', 'alias.key', 'request.key'])
      make(folder, secret, () => encodeBase64(randomBytes(KEY_BYTES)), 0o600);
    rmSync(join(folder, UNFINISHED));
    makeFolderDurable(folder);
    makeFolderDurable(dirname(join(folder, '.')));
  } catch (error) {
    if (error instanceof LogError) throw error;
    const sentence = `The keys in ${folder} cannot be made: give Surety's user the right to write there.`;
    throw new LogError('durability', sentence, undefined, error);
  }
}

const inventOrigin = (): string => `surety.localhost/${toHex(randomBytes(4))}`;

function makePair(folder: string, file: 'log' | 'pack', name: string): PrivateKey['key'] {
  make(folder, `${file}.key`, () => formatPrivateKey(newPair(name)), 0o600);
  const { key } = readPair(join(folder, `${file}.key`));
  make(folder, `${file}.vkey`, () => formatVkey(key), 0o644);
  return key;
}

const newPair = (name: string): PrivateKey =>
  privateKey(name, new Uint8Array(randomBytes(KEY_BYTES)), ED25519, nodeEd25519);

function make(folder: string, file: string, line: () => string, mode: number): void {
  const path = join(folder, file);
  if (!existsSync(path)) writeDurably(path, `${line()}\n`, mode);
}
