/** Where a command looks and for whom it acts: what was left empty, named in a file, or is over. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { BIN, expectRefusal, openDesk } from './surety.ts';

const desk = openDesk();
const { at, run, runWith } = desk;
beforeAll(() => {
  expect(run('init', 'pact').code).toBe(0);
  expect(run('agent', 'add', 'bot', '--data', 'elsewhere').code).toBe(0);
  writeFileSync(at('where'), `${at('elsewhere')}\n`);
});

describe('a setting', () => {
  it.each([
    [['start', '--data', ''], '--data is empty; give it a value'],
    [['start', '--min-free', '', '--data', 'elsewhere'], '--min-free is empty; give it a value'],
    [['agent', 'add', 'bot', '--data', ''], '--data is empty; give it a value'],
    [['stop', 'bot', '--lane', '', '--data', 'elsewhere'], '--lane is empty; give it a value'],
  ])('that is empty stands for nothing: %j', (args, sentence) => {
    const before = readdirSync(desk.folder);
    expectRefusal(run(...args), sentence);
    expect(readdirSync(desk.folder)).toEqual(before);
  });

  it('may lie in a file, for every command', () => {
    expect(runWith({ SURETY_DATA_FILE: 'where' }, 'agent', 'list').out).toMatch(/^bot \(of operator, version 1\)\n/);
    expect(runWith({ SURETY_DATA_FILE: 'where' }, 'agent', 'add', 'second').code).toBe(0);
    expect(run('agent', 'list', '--data', 'elsewhere').out).toMatch(/^second /m);
    expectRefusal(
      runWith({ SURETY_DATA_FILE: 'nowhere' }, 'agent', 'list'),
      'SURETY_DATA_FILE names a file that cannot be read: nowhere',
    );
    expect(runWith({ SURETY_DATA: '' }, 'agent', 'list').err).toContain('there is no ledger in ./surety-data;');
    expect(existsSync(at('surety-data'))).toBe(false);
  });
});

it('starts no server on a disk that is about to be full, and stops an agent there all the same', () => {
  const { code, err } = run('start', '--data', 'elsewhere', '--port', '0', '--min-free', '100000000');
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^surety: Only .+ or set --min-free\.\n$/) });
  expect(runWith({ SURETY_MIN_FREE_GIB: '100000000' }, 'stop', 'bot', '--data', 'elsewhere').code).toBe(0);
});

it('takes no recording for an agent that no name fits, and says so once', () => {
  expectRefusal(
    run('import', '--pact', 'pact/pact.yaml', '--agent', 'a b', '--data', 'elsewhere', 'sample.jsonl'),
    '--agent is a name of letters, digits, . _ and -, not a b',
  );
});

it('says of no pact that it is in force, where a later version is', () => {
  const propose = () => run('pact', 'propose', 'pact/pact.yaml', '--data', 'elsewhere').out.trim();
  const bring = (digest: string) => {
    expect(run('pact', 'sign', digest, '--as', 'ken', '--data', 'elsewhere').code).toBe(0);
    return run('pact', 'publish', digest, '--as', 'ken', '--data', 'elsewhere');
  };
  const first = propose();
  expect(bring(first)).toMatchObject({ code: 0, err: '' });
  writeFileSync(
    at('pact', 'pact.yaml'),
    readFileSync(at('pact', 'pact.yaml'), 'utf8').replace('version: 1', 'version: 2'),
  );
  expect(bring(propose()).out).toMatch(/version 2 is in force for support-agent/);
  expect(bring(first)).toEqual({
    code: 1,
    out: '',
    err: 'surety: support-starter version 1 was published before, and another is in force since; propose it again as a higher version\n',
  });
});

it('lets commands that come at once wait for one another, also where the first makes the ledger', async () => {
  const names = ['ann', 'bea', 'cleo', 'dora'];
  const data = at('crowded');
  const codes = await Promise.all(
    names.map(
      (name) =>
        new Promise((resolve) =>
          spawn(process.execPath, [BIN, 'agent', 'add', name, '--data', data], { stdio: 'ignore' }).on(
            'close',
            resolve,
          ),
        ),
    ),
  );
  expect(codes).toEqual([0, 0, 0, 0]);
  const { out } = run('agent', 'list', '--data', 'crowded');
  for (const name of names) expect(out).toMatch(new RegExp(`^${name} `, 'm'));
});
