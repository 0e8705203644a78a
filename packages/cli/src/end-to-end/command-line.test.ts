import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BIN, documentOf, expectRefusal, openDesk } from './surety.ts';

const desk = openDesk();
symlinkSync('ring', desk.at('ring'));

describe('what was typed', () => {
  it('gives an overview to somebody who typed nothing', () => {
    const { code, out, err } = desk.run();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const name of ['init', 'pact check', 'pact test', 'pact explain', 'pact diff', 'rehearse', 'tour'])
      expect(out).toContain(`surety ${name}`);
    expect(desk.run('--help').out).toBe(out);
    expect(desk.run('help').out).toBe(out);
  });

  it('explains a command, and a group of them', () => {
    expect(desk.run('help', 'rehearse').out).toContain('--against FILE');
    expect(desk.run('rehearse', '--help').out).toBe(desk.run('help', 'rehearse').out);
    expect(desk.run('help', 'pact', 'check').out).toMatch(/^surety pact check FILE…\n/);
    expect(desk.run('pact').out).toContain('surety pact explain FILE');
    expect(desk.run('pact').out).not.toContain('surety rehearse');
  });

  it('says its version', () => {
    expect(desk.run('--version').out).toMatch(/^surety \d+\.\d+\.\d+\n$/);
  });

  it.each([['--version'], ['help'], ['init', 'light']])('needs none of the packages for %s', (...args) => {
    const hook =
      'export function resolve(name, at, next) { if (/^@surety/.test(name)) throw name; return next(name, at) }';
    const refusing = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${hook}`)})`;
    const env = { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(refusing)}"` };
    expect(desk.runWith(env, ...args)).toMatchObject({ code: 0, err: '' });
    expect(() => desk.runWith(env, 'tour'), 'the packages are really refused').toThrow('a defect');
  });

  it.each([
    [['foo'], 'there is no command foo; surety help lists them'],
    [['help', 'foo'], 'there is no command foo; surety help lists them'],
    [['rehears'], 'there is no command rehears (did you mean rehearse?); surety help lists them'],
    [['pact', 'chek', 'x'], 'there is no command pact chek (did you mean pact check?); surety help lists them'],
    [['--json'], 'name a command before --json; surety help lists them'],
    [['init'], 'init takes [--lane LANE] DIR; surety help init says more'],
    [['tour', 'x'], 'tour takes no arguments; surety help tour says more'],
    [['rehearse', '--pakt', 'x', 'y'], 'rehearse has no option --pakt (did you mean --pact?)'],
    [['rehearse', '-x'], 'there is no option -x; surety help rehearse says what it takes'],
    [['rehearse', '--pact'], '--pact needs a value; surety help rehearse says what it takes'],
    [['rehearse', '--json=3', 'x'], '--json takes no value; surety help rehearse says what it takes'],
    [['rehearse', 'sample.jsonl'], 'rehearse needs the pact: --pact FILE'],
    [['pact', 'check', 'nowhere.yaml'], 'there is no file nowhere.yaml'],
    [['pact', 'check', '.'], '. is a folder; name the file in it'],
    [['pact', 'check', 'sample.jsonl/pact.yaml'], 'there is no file sample.jsonl/pact.yaml'],
    [['pact', 'check', 'x'.repeat(300)], `${'x'.repeat(300)} is too long for the name of a file`],
    [['pact', 'check', 'ring'], 'ring is a link that leads back to itself'],
    [['rehearse', '--pact', 'ring', 'ring'], 'ring is a link that leads back to itself'],
  ])('answers %j in one sentence', (args, sentence) => {
    expectRefusal(desk.run(...args), sentence);
  });
});

describe('where output goes', () => {
  it('prints exactly one document with --json', () => {
    desk.run('init', 'json');
    for (const args of [
      ['init', 'json-more'],
      ['pact', 'check', 'json/pact.yaml'],
      ['pact', 'test', 'json/pact.test.yaml'],
      ['pact', 'explain', 'json/pact.yaml'],
      ['pact', 'diff', 'json/pact.yaml', 'json/pact.yaml'],
      ['rehearse', '--pact', 'json/pact.yaml', 'sample.jsonl'],
      ['tour'],
    ]) {
      const answer = desk.run(...args, '--json');
      expect(answer, args.join(' ')).toMatchObject({ code: 0, err: '' });
      expect(documentOf(answer)).toBeTypeOf('object');
    }
  });

  const onTerminal = (env: Record<string, string>) => {
    const { NO_COLOR: _, TERM: __, ...rest } = process.env;
    const preload = 'data:text/javascript,process.stdout.isTTY=true;process.stdout.columns=60';
    return spawnSync(process.execPath, ['--import', preload, BIN, 'tour'], {
      encoding: 'utf8',
      env: { ...rest, TERM: 'xterm', ...env },
    }).stdout;
  };

  it('has colours and wrapped lines on a terminal only, and no colours with NO_COLOR', () => {
    const plain = desk.run('tour').out;
    expect(plain).not.toContain('\u001b');
    expect(onTerminal({})).toContain('\u001b[1m');
    const narrow = onTerminal({ NO_COLOR: '1' });
    expect(narrow).not.toContain('\u001b');
    expect(onTerminal({ TERM: 'dumb' })).not.toContain('\u001b');
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(narrow.replace(/\s+/g, ' ')).toBe(plain.replace(/\s+/g, ' '));
  });

  it('ends quietly when its reader stops reading', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${BIN}" tour | head -1`], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('tour', () => {
  it('shows actions that a pact stops, a rehearsal, and how to go on', () => {
    const { code, out, err } = desk.run('tour');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/ {2}denied {2}\w+: .+ \([A-Z]-\d+\)/);
    expect(out).toContain('recorded conversations');
    expect(out).toContain('npx surety init my-pact');
  });
});
