import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askAgain } from './old.ts';

const SLOW_MS = 1_000;

describe('what the record made old', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is answered on a way that is slower than the record', async () => {
    const queries = new QueryClient();
    let answers = 0;
    const observer = new QueryObserver(queries, {
      queryKey: ['holds'],
      queryFn: async ({ signal }) => {
        await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        signal.throwIfAborted();
        answers += 1;
        return answers;
      },
      retry: false,
    });
    const leave = observer.subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(SLOW_MS);
    expect(answers).toBe(1);

    const old = askAgain(queries);
    for (let at = 0; at < 10 * SLOW_MS; at += 20) {
      old.add(['holds']);
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(answers).toBeGreaterThan(5);
    // What came after the last question was asked is asked for too.
    await vi.advanceTimersByTimeAsync(3 * SLOW_MS);
    const all = answers;
    await vi.advanceTimersByTimeAsync(10 * SLOW_MS);
    expect(answers).toBe(all);
    old.end();
    leave();
    queries.clear();
  });

  it('does not wait for what else is slow, and asks no more once it is over', async () => {
    const asked: unknown[] = [];
    const old = askAgain({
      invalidateQueries: (filters) => {
        asked.push(filters?.queryKey?.[0]);
        return filters?.queryKey?.[0] === 'weekly' ? new Promise(() => undefined) : Promise.resolve();
      },
    });
    old.add(['weekly', 'holds']);
    await vi.advanceTimersByTimeAsync(400);
    old.add(['weekly', 'holds']);
    await vi.advanceTimersByTimeAsync(400);
    expect(asked).toEqual(['weekly', 'holds', 'holds']);
    old.add(['holds']);
    old.end();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(asked).toHaveLength(3);
  });
});
