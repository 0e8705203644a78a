/** Passwords: what is kept of them, and that nobody's costs as much as somebody's. */
import { scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPassword, Passwords } from './password.ts';

const CHEAP = { log2N: 4, r: 1, p: 1 };

describe('a password', () => {
  it('is kept as scrypt with 2^17, 8 and 1, which anybody may compute again', async () => {
    const passwords = new Passwords();
    const stored = await passwords.hash('correct horse battery');
    const [, log2N, r, p, salt = '', hash] = stored.split('$');
    expect([log2N, r, p]).toEqual(['17', '8', '1']);
    const again = scryptSync('correct horse battery', Buffer.from(salt, 'base64url'), 32, {
      N: 131_072,
      r: 8,
      p: 1,
      maxmem: 2 ** 28,
    });
    expect(again.toString('base64url')).toBe(hash);
    expect(await passwords.isRight('correct horse battery', stored)).toBe(true);
    expect(await passwords.isRight('correct horse batterz', stored)).toBe(false);
  });

  it('has a salt of its own, and goes on being right under the cost it was kept with', async () => {
    const cheap = new Passwords(CHEAP);
    const [one, two] = [await cheap.hash('twelve letters'), await cheap.hash('twelve letters')];
    expect(one).not.toBe(two);
    expect(await new Passwords({ ...CHEAP, log2N: 5 }).isRight('twelve letters', one)).toBe(true);
  });

  it('is the same however its letters were composed', async () => {
    const cheap = new Passwords(CHEAP);
    expect(await cheap.isRight('cafe\u0301 au lait sucré', await cheap.hash('caf\u00e9 au lait sucré'))).toBe(true);
  });

  it('of nobody is never right, and takes a turn like any other; too many at once are sent away', async () => {
    const cheap = new Passwords(CHEAP);
    const asked = await Promise.allSettled(
      Array.from({ length: 67 }, () => cheap.isRight('whatever it is', undefined)),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(66);
    expect(asked.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'rate.exceeded' } });
    expect(asked.filter((one) => one.status === 'fulfilled' && one.value)).toEqual([]);
    expect(await cheap.isRight('whatever it is', undefined)).toBe(false);
  });

  it('that was kept in no form of ours lets nobody in', async () => {
    for (const stored of ['', 'plain', 'scrypt$17$8$1$x$y'])
      await expect(new Passwords(CHEAP).isRight('plain', stored)).rejects.toThrow(/another form/);
  });

  it('is counted in characters, and is not the name', () => {
    expect(() => checkPassword('🙂'.repeat(12), 'x')).not.toThrow();
    expect(() => checkPassword('🙂'.repeat(11), 'x')).toThrow(/12 to 200 characters; this one has 11/);
    expect(() => checkPassword('Dana.Kim.The.First', 'dana.kim.the.first')).toThrow(/is your name/);
  });
});
