import { expect, it } from 'vitest';
import { Calls } from './calls.ts';

function counting(isFinal: boolean) {
  let runs = 0;
  return async () => {
    const run = ++runs;
    return { settle: () => run, isFinal };
  };
}

it('runs a call once, and gives its ending to all who ask', async () => {
  const calls = new Calls();
  const start = counting(true);
  expect(await Promise.all([calls.once('c', 'a', start), calls.once('c', 'a', start)])).toEqual([1, 1]);
  expect(await calls.once('c', 'a', start)).toBe(1);
});

it('asks anew where nothing was settled, but never twice at once', async () => {
  const calls = new Calls();
  const start = counting(false);
  expect(await Promise.all([calls.once('c', 'a', start), calls.once('c', 'a', start)])).toEqual([1, 1]);
  expect(await calls.once('c', 'a', start)).toBe(2);
});

it('knows other arguments under one id, settled or not', async () => {
  const calls = new Calls();
  await calls.once('c', 'a', counting(false));
  expect(calls.once('c', 'b', counting(true))).toBeUndefined();
});

it('throws the same error to all who ask', async () => {
  const calls = new Calls();
  const start = async () => ({
    settle: () => {
      throw new Error('The bank is closed');
    },
    isFinal: true,
  });
  for (let i = 0; i < 2; i++) await expect(calls.once('c', 'a', start)).rejects.toThrow('The bank is closed');
});

it('remembers the last 10,000, and whatever is still running', async () => {
  const calls = new Calls();
  const first = counting(true);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let runs = 0;
  const slow = async () => {
    runs++;
    await ended;
    return { settle: () => 'slow', isFinal: true };
  };
  const running = calls.once('running', 'a', slow);
  await calls.once('first', 'a', first);
  for (let i = 0; i < 9_998; i++) await calls.once(`${i}`, 'a', counting(true));
  expect(await calls.once('first', 'a', first)).toBe(1);
  await calls.once('one more', 'a', counting(true));
  expect(await calls.once('first', 'a', first)).toBe(2);
  const again = calls.once('running', 'a', slow);
  end();
  expect(await Promise.all([running, again])).toEqual(['slow', 'slow']);
  expect(runs).toBe(1);
});
