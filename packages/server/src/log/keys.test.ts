/** Keys: made once, read back alike, refused where they cannot be trusted. */
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeUtf8 } from '@surety/core/crypto';
import { openCheckpoint, parseVkey, signCheckpoint } from '@surety/core/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeys } from './keys.ts';
import { nodeEd25519, nodeSha256 } from './node-crypto.ts';

const ORIGIN = 'ledger.example.com/support';
const FILES = ['alias.key', 'kek-1.key', 'log.key', 'log.vkey', 'pack.key', 'pack.vkey', 'request.key'];

let data: string;
let folder: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'surety-keys-'));
  folder = join(data, 'keys');
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);
const refusal = (code: string, says: string | RegExp) =>
  expect.objectContaining({ name: 'LogError', code, message: expect.stringMatching(says) });
const opening = (origin?: string) => {
  try {
    return openKeys(folder, origin);
  } catch (error) {
    return error;
  }
};

describe('the first keys', () => {
  it('are made where there are none, and read back alike', () => {
    const keys = openKeys(folder, ORIGIN);
    expect(readdirSync(folder).sort()).toEqual(FILES);
    expect(openKeys(folder, ORIGIN)).toEqual(keys);
    expect(openKeys(folder, undefined)).toEqual(keys);
    expect(keys.origin).toBe(ORIGIN);
    expect(keys.kek.id).toBe('kek-1');
    expect(keys.keks.get('kek-1')).toEqual(keys.kek.key);
    expect(parseVkey(keys.logVkey)).toEqual({ ok: true, value: keys.log.key });
    expect(parseVkey(keys.packVkey)).toEqual({ ok: true, value: keys.pack.key });
    expect(keys.pack.key.name).toBe(`${ORIGIN}/pack`);
  });

  it('are nobody else’s to read; the public halves are', () => {
    openKeys(folder, ORIGIN);
    for (const name of FILES) expect(statSync(path(name)).mode & 0o777).toBe(name.endsWith('.vkey') ? 0o644 : 0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readFileSync(path('log.vkey'), 'utf8')).toMatch(/^ledger\.example\.com\/support\+[0-9a-f]{8}\+\S+\n$/);
    expect(readFileSync(path('log.key'), 'utf8')).toMatch(/^PRIVATE\+KEY\+ledger\.example\.com\/support\+\S+\n$/);
  });

  it('are all different, and different in every ledger', () => {
    const secretsOf = ({ log, pack, alias, request, kek }: ReturnType<typeof openKeys>) =>
      [log.seed, pack.seed, alias, request, kek.key].map((bytes) => Buffer.from(bytes).toString('hex'));
    const first = secretsOf(openKeys(folder, ORIGIN));
    const second = secretsOf(openKeys(join(data, 'others'), ORIGIN));
    expect(new Set([...first, ...second]).size).toBe(10);
  });

  it('invent an origin where none is given', () => {
    const { origin } = openKeys(folder, undefined);
    expect(origin).toMatch(/^surety\.localhost\/[0-9a-f]{8}$/);
    expect(openKeys(folder, undefined).origin).toBe(origin);
  });

  it('are made where the folder is there and empty', () => {
    folder = mkdtempSync(join(data, 'mounted-'));
    expect(openKeys(folder, ORIGIN).origin).toBe(ORIGIN);
  });

  it('sign checkpoints that their public halves open', () => {
    const { log, logVkey } = openKeys(folder, ORIGIN);
    const note = signCheckpoint({ origin: ORIGIN, size: 1, root: nodeSha256(encodeUtf8('x')) }, [log], nodeEd25519);
    const key = parseVkey(logVkey);
    expect(key.ok && openCheckpoint(note, [key.value]).ok).toBe(true);
  });
});

describe('a crash while the first keys are made', () => {
  it.each(FILES)('before %s: the rest is made, what was there stays', (lost) => {
    const { origin } = openKeys(folder, undefined);
    rmSync(path(lost));
    writeFileSync(path('unfinished'), '');
    const kept = FILES.filter((name) => name !== lost && name !== lost.replace('.key', '.vkey'));
    const before = kept.map((name) => readFileSync(path(name), 'utf8'));
    if (lost === 'log.key' || lost === 'pack.key') rmSync(path(lost.replace('.key', '.vkey')));
    const keys = openKeys(folder, lost === 'log.key' ? origin : undefined);
    expect(keys.origin).toBe(origin);
    expect(readdirSync(folder).sort()).toEqual(FILES);
    expect(kept.map((name) => readFileSync(path(name), 'utf8'))).toEqual(before);
  });
});

describe('keys are refused', () => {
  it.each(FILES)('without %s', (name) => {
    openKeys(folder, ORIGIN);
    rmSync(path(name));
    expect(opening()).toEqual(refusal('keys_missing', `lacks ${name}`));
    expect(readdirSync(folder).sort()).toEqual(FILES.filter((other) => other !== name));
  });

  it.skipIf(process.platform === 'win32').each(FILES.filter((name) => name.endsWith('.key')))(
    'when others can read %s',
    (name) => {
      openKeys(folder, ORIGIN);
      for (const mode of [0o640, 0o604, 0o620, 0o601]) {
        chmodSync(path(name), mode);
        expect(opening()).toEqual(refusal('keys_exposed', `${name} .*mode ${mode.toString(8)}`));
      }
      chmodSync(path(name), 0o400);
      expect(opening()).not.toBeInstanceOf(Error);
    },
  );

  it('when the private key and the public one are not a pair', () => {
    openKeys(folder, ORIGIN);
    openKeys(join(data, 'others'), ORIGIN);
    for (const name of ['log.vkey', 'pack.vkey']) {
      const own = readFileSync(path(name), 'utf8');
      writeFileSync(path(name), readFileSync(join(data, 'others', name), 'utf8'));
      expect(opening()).toEqual(refusal('keys_damaged', `${name} is not the public half`));
      writeFileSync(path(name), own);
    }
  });

  it('when log and pack share one', () => {
    openKeys(folder, ORIGIN);
    for (const half of ['key', 'vkey'])
      writeFileSync(path(`pack.${half}`), readFileSync(path(`log.${half}`), 'utf8'), { mode: 0o600 });
    expect(opening()).toEqual(refusal('keys_damaged', 'one key'));
  });

  it.each([
    ['log.key', ''],
    ['log.key', 'PRIVATE+KEY+x\n'],
    ['pack.key', 'two\nlines\n'],
    ['alias.key', 'AAAA\n'],
    ['request.key', 'not base64\n'],
    ['kek-1.key', `${'A'.repeat(43)}=`],
  ])('when %s is damaged: %j', (name, text) => {
    openKeys(folder, ORIGIN);
    writeFileSync(path(name), text);
    expect(opening()).toEqual(refusal('keys_damaged', name));
  });

  it('of another origin, and for no origin at all', () => {
    openKeys(folder, ORIGIN);
    expect(opening('ledger.example.com/sales')).toEqual(refusal('other_origin', 'ledger.example.com/support'));
    expect(opening('Ledger')).toEqual(refusal('other_origin', 'is not an origin'));
  });
});

describe('keys that wrap', () => {
  it('newest last, by number and not by name', () => {
    const { kek } = openKeys(folder, ORIGIN);
    renameSync(path('kek-1.key'), path('kek-9.key'));
    writeFileSync(path('kek-10.key'), `${'A'.repeat(43)}=\n`, { mode: 0o600 });
    const keys = openKeys(folder, ORIGIN);
    expect([...keys.keks.keys()]).toEqual(['kek-9', 'kek-10']);
    expect(keys.kek).toEqual({ id: 'kek-10', key: new Uint8Array(32) });
    expect(keys.keks.get('kek-9')).toEqual(kek.key);
  });
});
