import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentOf, expectRefusal, openDesk } from './surety.ts';

const desk = openDesk();
const LANES = ['ticket_triage', 'reply_drafting', 'escalation_routing', 'refund_checks'];

/** A copy of the starter with one change; the change must be one. */
function changed(name: string, from: string, to: string, file = 'pact.yaml'): string {
  if (!readdirSync(desk.folder).includes('starter')) desk.run('init', 'starter');
  const text = readFileSync(desk.at('starter', file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(desk.at('starter', name), text.replace(from, to));
  return `starter/${name}`;
}

describe('surety init', () => {
  it.each(['', ...LANES])('writes a starter %s whose tests pass', (lane) => {
    const folder = `init-${lane}`;
    const { code, out } = desk.run('init', ...(lane === '' ? [] : ['--lane', lane]), folder);
    expect(code).toBe(0);
    expect(out).toContain(`surety pact test ${folder}/pact.test.yaml`);
    expect(desk.run('pact', 'test', `${folder}/pact.test.yaml`)).toMatchObject({ code: 0, err: '' });
  });

  it('overwrites nothing', () => {
    mkdirSync(desk.at('mine'));
    writeFileSync(desk.at('mine', 'pact.yaml'), 'mine');
    const there = 'mine/pact.yaml already exists, and nothing was written; name another folder';
    expectRefusal(desk.run('init', 'mine'), there);
    expect(readdirSync(desk.at('mine'))).toEqual(['pact.yaml']);
    expect(readFileSync(desk.at('mine', 'pact.yaml'), 'utf8')).toBe('mine');
  });

  it('says what stands in the way', () => {
    expectRefusal(desk.run('init', 'sample.jsonl'), 'sample.jsonl cannot be made, since a file stands in its way');
    expectRefusal(
      desk.run('init', '--lane', 'poetry', 'x'),
      `there is no starter for the lane poetry; there are ${LANES.join(', ')}`,
    );
  });
});

describe('surety pact check', () => {
  it('draws each error under its line, and answers no', () => {
    const file = changed('misspelled.yaml', 'cel: order.total - order.refunded', 'cel: order.totl - order.refunded');
    const { code, out, err } = desk.run('pact', 'check', file);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const [place, line, caret, hint, sum] = out.split('\n');
    expect(place).toMatch(/^starter\/misspelled\.yaml:\d+:\d+ unknown_field .*totl/);
    expect(line).toMatch(/^ {2}\d+ \| {5}cel: order\.totl - order\.refunded$/);
    expect(caret?.indexOf('^')).toBe(line?.indexOf('totl'));
    expect(hint).toContain('did you mean total?');
    expect(sum).toBe('starter/misspelled.yaml: 1 error');
  });

  it('checks several files at once', () => {
    const good = changed('good.yaml', 'version: 1', 'version: 2');
    const bad = changed('bad.yaml', 'severity: minor', 'severity: mild');
    const { code, out } = desk.run('pact', 'check', good, bad);
    expect(code).toBe(1);
    expect(out).toMatch(/good\.yaml: in order; 23 rules, sha256:[0-9a-f]{64}\n/);
    expect(out).toContain('bad.yaml: 1 error');
    const answer = desk.run('pact', 'check', '--json', good, bad);
    expect(documentOf(answer)).toMatchObject([{}, { file: bad, ok: false, diagnostics: [{ severity: 'error' }] }]);
  });

  it('names a time zone that there is not, as proposing it does', () => {
    const file = changed('nowhere.yaml', 'zone: America/New_York', 'zone: Europe/Nowhere');
    const { code, out } = desk.run('pact', 'check', file);
    expect(code).toBe(1);
    expect(out).toMatch(/^starter\/nowhere\.yaml:\d+:7 bad_value Europe\/Nowhere is not a time zone; /);
    expect(desk.run('pact', 'propose', file)).toMatchObject({ code: 2, out: '' });
  });

  it('names bytes that are no text, and an empty file', () => {
    writeFileSync(desk.at('bytes.yaml'), Uint8Array.of(0xff, 0xfe, 0x00, 0x9f));
    writeFileSync(desk.at('empty.yaml'), '');
    expect(desk.run('pact', 'check', 'bytes.yaml')).toMatchObject({ code: 1, err: '' });
    expect(desk.run('pact', 'check', 'bytes.yaml').out).toContain(
      'bytes.yaml:1:1 yaml_encoding This file is not UTF-8',
    );
    expect(desk.run('pact', 'check', 'empty.yaml')).toMatchObject({ code: 1, err: '' });
  });
});

describe('surety pact test', () => {
  it('shows what differs, and answers no', () => {
    const file = changed(
      'wrong.test.yaml',
      'decision: hold, reasons: [P-7]',
      'decision: deny, reasons: [P-7]',
      'pact.test.yaml',
    );
    const { code, out, err } = desk.run('pact', 'test', file);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain(
      '  no  one cent more waits for billing\n        decision is hold, not deny, because of P-7\n',
    );
    expect(out).toMatch(/44 of 45 tests pass, 23 of 23 rules seen firing and silent/);
  });

  it('takes a rule that no test saw firing for a failure', () => {
    const text = /.*name: a lawyer,.*\n/.exec(readFileSync(desk.at('starter/pact.test.yaml'), 'utf8'))?.[0] ?? '';
    const file = changed('gap.test.yaml', text, '', 'pact.test.yaml');
    const { code, out } = desk.run('pact', 'test', file);
    expect(code).toBe(1);
    expect(out).toContain('  gap P-8 was never seen firing\n');
    expect(documentOf(desk.run('pact', 'test', '--json', file))).toMatchObject([
      { passed: false, gaps: ['P-8 was never seen firing'] },
    ]);
  });

  it('tells a pact from its tests, and says what a test file lacks', () => {
    expectRefusal(
      desk.run('pact', 'test', 'starter/pact.yaml'),
      'starter/pact.yaml is a pact; name the file with its tests, such as starter/pact.test.yaml',
    );
    writeFileSync(desk.at('bare.test.yaml'), 'pact: ./x.yaml\n');
    const { code, out } = desk.run('pact', 'test', 'bare.test.yaml');
    expect(code).toBe(1);
    expect(out).toContain('bare.test.yaml:1:1 missing_key A test file needs the key tests');
  });
});

describe('surety pact explain and diff', () => {
  it('explains in sentences, with conditions on request', () => {
    desk.run('init', '--lane', 'refund_checks', 'refunds');
    const { code, out } = desk.run('pact', 'explain', 'refunds/pact.yaml');
    expect(code).toBe(0);
    expect(out).toContain('Never refund an order that belongs to somebody else [P-2]');
    expect(out).not.toContain('order.customer_id');
    expect(desk.run('pact', 'explain', '--conditions', 'refunds/pact.yaml').out).toContain('order.customer_id');
  });

  it('says what a change loosens and what it tightens', () => {
    const old = changed('old.yaml', 'version: 1', 'version: 1');
    const looser = changed('looser.yaml', 'limited: { max_amount: 50.00 USD }', 'limited: { max_amount: 60.00 USD }');
    const { code, out } = desk.run('pact', 'diff', old, looser);
    expect(code).toBe(0);
    expect(out).toMatch(/Looser: the agent may do more\n.*50\.00 USD to 60\.00 USD/);
    expect(desk.run('pact', 'diff', looser, old).out).toContain('Stricter: the agent may do less');
    expect(desk.run('pact', 'diff', old, old).out).toContain('Nothing changes');
  });

  it('shows the errors of a pact it cannot use', () => {
    const bad = changed('unusable.yaml', 'severity: minor', 'severity: mild');
    const { code, out, err } = desk.run('pact', 'explain', bad);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('^^^^');
    expect(err).toMatch(
      /\nsurety: starter\/unusable\.yaml has an error; surety pact check starter\/unusable\.yaml shows it\n$/,
    );
  });
});
