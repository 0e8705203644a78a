import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Answer, BIN, documentOf, expectRefusal, openDesk } from './surety.ts';

const desk = openDesk();
desk.run('init', 'pact');
const PACT = 'pact/pact.yaml';
const sample = readFileSync(desk.at('sample.jsonl'), 'utf8');
const lines = sample.split('\n').filter((line) => line !== '');
const rehearse = (...args: string[]): Answer => desk.run('rehearse', '--pact', PACT, ...args);

interface Report {
  readonly conversations: number;
  readonly actions: number;
  readonly decisions: Readonly<Record<'allow' | 'hold' | 'deny', { readonly n: number; readonly of: number }>>;
  readonly by_tool: readonly { readonly n: number }[];
  readonly not_judged: { readonly unreadable: number; readonly unreadable_says: readonly string[] };
  readonly labels?: { readonly wrong_stopped: { readonly n: number; readonly of: number } };
  readonly against?: {
    readonly changed: readonly { readonly from: string; readonly to: string; readonly n: number }[];
  };
}
const reportOf = (...args: string[]): Report => documentOf(rehearse('--json', ...args)) as Report;

describe('a rehearsal', () => {
  it('reports in sentences what the pact would have done', () => {
    const { code, out, err } = rehearse('sample.jsonl');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^Pact support-starter version 1 on 51 recorded conversations, 52 actions\.\nAllowed \d+, held \d+/,
    );
    expect(out).toContain('What it asks of people');
    expect(out).toContain('delete_account (1): neither a read nor in a lane, so it was denied.');
  });

  it('prints nothing of a recording that would steer the terminal', () => {
    const tool = 'wipe\u001b[2J\u009b2J\u202e';
    const call = { id: 'call\u001b]0;x\u0007', type: 'function', function: { name: tool, arguments: '{}' } };
    const messages = [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: null, tool_calls: [call] },
    ];
    writeFileSync(desk.at('hostile.jsonl'), `${JSON.stringify({ id: 'c\u001b[31m', messages })}\n`);
    const { code, out, err } = rehearse('hostile.jsonl');
    expect(code).toBe(0);
    expect(out).toContain('wipe<U+001B>[2J<U+009B>2J<U+202E>');
    const written = rehearse('--json', 'hostile.jsonl');
    expect(JSON.stringify(documentOf(written))).toContain(JSON.stringify(tool).slice(1, -1));
    expect(out + err + written.out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('counts in --json what it wrote to --out, one line for every call', () => {
    const report = reportOf('--out', 'decisions.jsonl', 'sample.jsonl');
    const decisions = readFileSync(desk.at('decisions.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(decisions).toHaveLength(report.by_tool.reduce((sum, { n }) => sum + n, 0));
    for (const word of ['hold', 'deny'] as const)
      expect(decisions.filter(({ decision }) => decision === word)).toHaveLength(report.decisions[word].n);
    expect(Object.keys(decisions[0])).toEqual([
      'conversation_id',
      'call_id',
      'index',
      'action',
      'lane',
      'decision',
      'reasons',
      'shadow',
    ]);
    expect(
      decisions
        .filter(({ action }) => action.tool === 'get_order')
        .every(({ lane, decision }) => lane === null && decision === 'allow'),
    ).toBe(true);
    expect(readdirSync(desk.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('decides as in the state that is named', () => {
    expect(reportOf('--state', 'suspended', 'sample.jsonl').decisions.hold.n).toBe(0);
    const supervised = reportOf('--state', 'supervised', 'sample.jsonl');
    // Hand-overs alone go through, in every state.
    expect(supervised.decisions.allow.n).toBe(4);
    expect(rehearse('--state', 'autonomous', 'sample.jsonl').out).toBe(rehearse('sample.jsonl').out);
    expectRefusal(
      rehearse('--state', 'happy', 'sample.jsonl'),
      '--state is one of suspended, supervised, limited, autonomous, not happy',
    );
  });

  it('shows which decisions another pact changes', () => {
    const text = readFileSync(desk.at(PACT), 'utf8');
    writeFileSync(
      desk.at('pact/strict.yaml'),
      text
        .replace('autonomous: { max_amount: 80.00 USD }', 'autonomous: { max_amount: 50.00 USD }')
        .replace('limited: { max_amount: 50.00 USD }', 'limited: { max_amount: 20.00 USD }'),
    );
    const { against } = documentOf(
      desk.run('rehearse', '--json', '--pact', 'pact/strict.yaml', '--against', PACT, 'sample.jsonl'),
    ) as Report;
    expect(against?.changed).toMatchObject([{ from: 'allow', to: 'hold' }]);
    expect(rehearse('--against', PACT, 'sample.jsonl').out).toContain(
      `Against ${PACT}: every action is decided the same.`,
    );
  });

  it('takes a table from a file, of the type that the pact declares', () => {
    writeFileSync(desk.at('days.yaml'), '{ default: 1 }');
    expect(reportOf('--table', 'refund_days=days.yaml', 'sample.jsonl').decisions.hold.n).toBeGreaterThan(
      reportOf('sample.jsonl').decisions.hold.n,
    );
    expectRefusal(rehearse('--table', 'refund_days', 'sample.jsonl'), '--table is written NAME=FILE, not refund_days');
    expectRefusal(
      rehearse('--table', 'days=days.yaml', 'sample.jsonl'),
      '--table days: the pact has no fact days from a table or http; it has refund_days',
    );
    expectRefusal(rehearse('--table', 'refund_days=gone.yaml', 'sample.jsonl'), 'there is no file gone.yaml');
  });

  it('scores itself against labels, and says where one cannot be read', () => {
    const stopped = readFileSync(desk.at('decisions.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .find(({ decision }) => decision === 'deny');
    writeFileSync(desk.at('labels.jsonl'), `${JSON.stringify({ ...stopped, right: false })}\n`);
    expect(reportOf('--labels', 'labels.jsonl', 'sample.jsonl').labels?.wrong_stopped).toMatchObject({ n: 1, of: 1 });
    writeFileSync(desk.at('labels.jsonl'), '{"call_id": 1}\n');
    expectRefusal(
      rehearse('--labels', 'labels.jsonl', 'sample.jsonl'),
      'labels.jsonl, line 1: write {"conversation_id": …, "call_id": …, "right": true or false}',
    );
  });
});

describe('recordings', () => {
  it('reads gzip as it reads plain text', () => {
    writeFileSync(desk.at('sample.jsonl.gz'), gzipSync(sample));
    expect(rehearse('sample.jsonl.gz')).toEqual(rehearse('sample.jsonl'));
  });

  it('judges what stands around a broken line, and counts it', () => {
    writeFileSync(
      desk.at('broken.jsonl'),
      [...lines.slice(0, 20), '{"id": "x", "messages": [', ...lines.slice(20)].join('\n'),
    );
    const { code, err } = rehearse('broken.jsonl');
    expect(code).toBe(0);
    expect(err).toMatch(/^surety: broken\.jsonl, line 21, column \d+: this line is not JSON: .+; .+\n$/);
    const report = reportOf('broken.jsonl');
    expect(report.conversations).toBe(lines.length);
    expect(report.not_judged).toMatchObject({ unreadable: 1, unreadable_says: [expect.stringContaining('line 21')] });
  });

  it('says that letters in another encoding were lost', () => {
    writeFileSync(desk.at('latin-1.jsonl'), Buffer.from(sample.replace('broken', 'cassé'), 'latin1'));
    const { code, err } = rehearse('latin-1.jsonl');
    expect(code).toBe(0);
    expect(err).toMatch(/^surety: latin-1\.jsonl: some bytes are not UTF-8 .+\n$/);
  });

  it('says once that a gzip file is cut off', () => {
    writeFileSync(desk.at('cut.jsonl.gz'), gzipSync(sample).subarray(0, 3_000));
    const { code, err } = rehearse('cut.jsonl.gz');
    expect(code).toBe(0);
    expect(err.match(/the gzip file is broken or cut off/g)).toHaveLength(1);
  });

  it.each([
    ['empty.jsonl', '', 'empty.jsonl, line 1: the file is empty; there is no conversation in it'],
    [
      'NOT-UTF-8',
      Buffer.from(`\ufeff${lines[0]}`, 'utf16le'),
      'NOT-UTF-8, line 1: this is not text in UTF-8; export the conversations as JSON or CSV in UTF-8',
    ],
  ])('cannot rehearse on %s', (name, bytes, sentence) => {
    writeFileSync(desk.at(name), bytes);
    const { code, out, err } = rehearse(name);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(
      `surety: ${sentence}\nsurety: no conversation could be read, so support-starter was not rehearsed\n`,
    );
  });

  it.each([
    [['gone.jsonl'], 'there is no file gone.jsonl'],
    [['pact'], 'pact is a folder; name the files in it'],
    [
      ['--now', 'yesterday', 'sample.jsonl'],
      '--now is a time with offset such as 2024-05-15T15:00:00-05:00, not yesterday',
    ],
    [['--minutes-per-hold', '0', 'sample.jsonl'], '--minutes-per-hold is a number of minutes above 0, not 0'],
    [
      ['--out', 'no/such/place', 'sample.jsonl'],
      'there is no folder no/such for --out; make it, or name another place',
    ],
    [['--out', 'pact', 'sample.jsonl'], '--out pact is a folder; name a file'],
    [
      ['--out', 'sample.jsonl', 'sample.jsonl'],
      '--out sample.jsonl is a file that is read here, and was left as it is; name another',
    ],
    [['--out', PACT, 'sample.jsonl'], `--out ${PACT} is a file that is read here, and was left as it is; name another`],
  ])('refuses %j', (args, sentence) => {
    expectRefusal(rehearse(...args), sentence);
    expect(readFileSync(desk.at('sample.jsonl'), 'utf8')).toBe(sample);
  });
});

describe('Ctrl-C', () => {
  writeFileSync(desk.at('long.jsonl'), sample.repeat(400));

  it.each([1, 2])('pressed %i times ends a rehearsal half-way without leaving a file', async (times) => {
    const out = desk.at(`out-${times}`);
    mkdirSync(out);
    const child = spawn(
      process.execPath,
      [BIN, 'rehearse', '--pact', PACT, '--out', `out-${times}/d.jsonl`, 'long.jsonl'],
      { cwd: desk.folder },
    );
    let pressed = 0;
    const watcher = watch(out, () => {
      if (pressed++ < times) child.kill('SIGINT');
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      err += chunk;
    });
    // Pressed while the process is already leaving, the signal itself ends it: to a shell that is 130 as well.
    const code = await new Promise((resolve) =>
      child.on('close', (exit, signal) => resolve(signal === 'SIGINT' ? 130 : exit)),
    );
    watcher.close();
    expect(code).toBe(130);
    if (times === 1)
      expect(err).toMatch(/^surety: stopped after \d+ conversations?; out-1\/d\.jsonl was not written\n$/);
    expect(readdirSync(out)).toEqual([]);
  });
});
