import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFileSpool } from './file-spool.ts';
import { type Letter, memorySpool, SPOOL_LIMITS, type Spool } from './spool.ts';

const letter = (name: string): Letter => ({ action: `act_${name}`, report: { status: 'executed', result: name } });
const drain = (spool: Spool): unknown[] => {
  const names: unknown[] = [];
  for (let kept = spool.first(); kept; kept = spool.first()) {
    names.push(kept.letter.report?.result);
    spool.done(kept.id);
  }
  return names;
};

let folder = '';
let path = '';
const opened: Spool[] = [];
const open = (limits = SPOOL_LIMITS): Spool => {
  const spool = openFileSpool(path, limits);
  opened.push(spool);
  return spool;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'surety-spool-'));
  path = join(folder, 'spool');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe.each([
  ['in memory', (limits = SPOOL_LIMITS) => memorySpool(limits)],
  ['in a file', open],
] as const)('a spool %s', (_, make) => {
  it('gives back what it kept, in order, until it is done', () => {
    const spool = make();
    for (const name of ['a', 'b', 'c']) expect(spool.add(letter(name))).toBe(true);
    expect(spool.first()?.letter).toEqual(spool.first()?.letter);
    expect(spool.size).toBe(3);
    expect(drain(spool)).toEqual(['a', 'b', 'c']);
    expect(spool.size).toBe(0);
    expect(spool.add(letter('d'))).toBe(true);
    expect(drain(spool)).toEqual(['d']);
    spool.close();
  });

  it('forgets one twice without harm', () => {
    const spool = make();
    spool.add(letter('a'));
    spool.add(letter('b'));
    const id = spool.first()?.id ?? 0;
    spool.done(id);
    spool.done(id);
    expect(drain(spool)).toEqual(['b']);
    spool.close();
  });

  it('is full at its limits, and keeps what it has', () => {
    const few = make({ ...SPOOL_LIMITS, lettersMax: 2 });
    expect(['a', 'b', 'c'].map((name) => few.add(letter(name)))).toEqual([true, true, false]);
    expect(drain(few)).toEqual(['a', 'b']);
    expect(few.add(letter('d'))).toBe(true);
    few.close();
    rmSync(path, { force: true });
    const small = make({ ...SPOOL_LIMITS, bytesMax: 300 });
    expect(small.add(letter('x'.repeat(100)))).toBe(true);
    expect(small.add(letter('y'.repeat(300)))).toBe(false);
    expect(small.size).toBe(1);
    small.close();
  });
});

describe('a spool in a file', () => {
  /** What a kill leaves: nothing closed, the lock still there, of a process that is gone. */
  const kill = (): void => {
    const text = readFileSync(path);
    opened.at(-1)?.close();
    writeFileSync(path, text);
    writeFileSync(`${path}.lock`, '2147483646');
  };

  it('survives a kill', () => {
    const spool = open();
    for (const name of ['a', 'b', 'c']) spool.add(letter(name));
    spool.done(spool.first()?.id ?? 0);
    kill();
    const again = open();
    again.add(letter('d'));
    expect(drain(again)).toEqual(['b', 'c', 'd']);
    again.close();
  });

  it('skips a line that was torn, and the one after it is whole', () => {
    open().add(letter('a'));
    appendFileSync(path, '{"id":2,"let');
    kill();
    const again = open();
    again.add(letter('c'));
    expect(drain(again)).toEqual(['a', 'c']);
    again.close();
  });

  it('skips what is no letter, which would hold up all others', () => {
    open().add(letter('a'));
    appendFileSync(path, '{"id":2,"letter":5}\n{"id":3,"letter":null}\n');
    kill();
    const again = open();
    expect(drain(again)).toEqual(['a']);
    again.close();
  });

  it('is empty on the disk when all is delivered', () => {
    const spool = open();
    spool.add(letter('a'));
    expect(statSync(path).size).toBeGreaterThan(0);
    drain(spool);
    expect(statSync(path).size).toBe(0);
    spool.close();
  });

  it('does not grow for ever while something always waits', () => {
    const spool = open();
    const big = 'x'.repeat(20_000);
    for (let i = 0; i < 200; i++) {
      spool.add(letter(`${i}${big}`));
      if (i > 0) spool.done(spool.first()?.id ?? 0);
    }
    expect(spool.size).toBe(1);
    expect(statSync(path).size).toBeLessThan(1_200_000);
    spool.close();
    const again = open();
    expect(drain(again)).toEqual([`199${big}`]);
    again.close();
  });

  it('is readable to its owner alone', () => {
    const spool = open();
    spool.add(letter('a'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    spool.close();
  });

  it('belongs to one process at a time', () => {
    const spool = open();
    expect(() => open()).toThrow('in use by another client of this process');
    spool.close();
    writeFileSync(`${path}.lock`, `${process.ppid}`);
    expect(() => open()).toThrow(`in use by process ${process.ppid}`);
  });

  it('says where it cannot be', () => {
    expect(() => openFileSpool(join(folder, 'nowhere', 'spool'))).toThrow(/cannot be written: ENOENT/);
    expect(() => openFileSpool(folder)).toThrow(/^The spool .+ cannot be read and written: EISDIR.+; name a file$/);
    expect(existsSync(`${folder}.lock`)).toBe(false);
  });
});
