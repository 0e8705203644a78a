/** A server that cannot begin says why in one sentence, leaves everything as it was, and ends. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';
import { failureOf } from './failure.ts';
import { checkMachine, inspect } from './inspect.ts';
import { exportLedger } from './stored-ledger.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'surety-beginning-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const start = (port = 0) =>
  startServer(readConfig({}, { dataDir: folder, port, logLevel: 'silent' }), {
    onFatal: (_code, sentence) => {
      throw new Error(sentence);
    },
  });
const refused = async (begins: Promise<unknown>) =>
  failureOf(
    await begins.then(
      () => undefined,
      (error) => error,
    ),
  );

describe('a folder whose ledger was signed', () => {
  beforeEach(async () => {
    await (await start()).close();
  });

  it('is given no new keys where its own are lost', async () => {
    rmSync(join(folder, 'keys'), { recursive: true });
    expect(await refused(start())).toEqual({
      exitCode: 2,
      sentence: `${join(folder, 'keys')} holds no keys, and the ledger was signed with some: put them back.`,
    });
    expect(existsSync(join(folder, 'keys'))).toBe(false);
  });

  it('is not taken for an empty one by a check where the ledger is lost', async () => {
    rmSync(join(folder, 'ledger.sqlite'));
    const config = readConfig({}, { dataDir: folder });
    const checks = await inspect(config, { deep: false, isOwned: false, clock: Date.now });
    expect(checks.filter(({ ok }) => !ok)).toMatchObject([
      { name: 'ledger', says: `${folder} has lost its ledger.sqlite, whose anchor is still there: restore a backup.` },
    ]);
    expect(await refused(start())).toMatchObject({ exitCode: 71 });
  });

  it('cannot be exported to where nothing may be written, and is none the worse', async () => {
    const server = await start();
    const { store, keys } = server.desk;
    expect(await refused(exportLedger(store, keys, join('/dev/null', 'log')))).toEqual({
      exitCode: 2,
      sentence: '/dev/null/log cannot be written: choose a folder with room and rights.',
    });
    await server.close();
  });
});

it('listens no longer where commands could not find it', async () => {
  mkdirSync(join(folder, 'server.json'));
  expect(await refused(start())).toMatchObject({
    exitCode: 2,
    sentence: expect.stringMatching(/server\.json cannot be written \(EISDIR\)/),
  });
  expect(readdirSync(folder)).not.toContain('server.json.new');
  rmSync(join(folder, 'server.json'), { recursive: true });
  const other = await start();
  const { port } = new URL(other.address);
  await other.close();

  mkdirSync(join(folder, 'server.json'));
  expect(await refused(start(Number(port)))).toMatchObject({ exitCode: 2 });
  await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
});

it('does not begin on a disk that is about to be full, unless it was told to', () => {
  const machine = (SURETY_MIN_FREE_GIB: string) => () =>
    checkMachine(readConfig({ SURETY_MIN_FREE_GIB }, { dataDir: folder }));
  expect(machine('100000000')).toThrow(/^Only .+ GiB are free where .+: make room for .+ GiB, or set --min-free\.$/);
  expect(machine('0')).not.toThrow();
  for (const wrong of ['-1', 'x', '1GiB']) expect(machine(wrong)).toThrow(/SURETY_MIN_FREE_GIB is a number of GiB/);
});

it.each(['token', '"token"', '["a"]', 'null', '{"authorization":5}', '{"a b":"c"}', '{"a":"b\\nc"}'])(
  'is configured with no secret that is %s, and does not repeat it',
  (secret) => {
    expect(() => readConfig({ SURETY_SECRET_CRM: secret })).toThrow(
      /^The configuration does not hold: SURETY_SECRET_CRM is a JSON object of headers, such as \{"authorization": "Bearer …"\}$/,
    );
  },
);

it('is configured with secrets that are headers', () => {
  expect(readConfig({ SURETY_SECRET_CRM: '{"authorization":"Bearer x"}' }).secrets).toEqual({
    crm: { authorization: 'Bearer x' },
  });
});
