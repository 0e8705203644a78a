/** Who guesses passwords waits ever longer, by name, by address and by both; who is right does not. */
import { describe, expect, it } from 'vitest';
import { Attempts } from './attempts.ts';

class Watch {
  now = 1_000_000;
  readonly attempts = new Attempts(() => this.now);

  /** Seconds to wait; 0: this one was let through, and was wrong. */
  guess(name: string, address = 'a'): number {
    try {
      this.attempts.begin(name, address);
      return 0;
    } catch (error) {
      return (error as { more: { retry_after_s: number } }).more.retry_after_s;
    }
  }

  /** Guesses as soon as it may, and tells how long it waited each time. */
  waits(count: number, name = 'dana'): number[] {
    return Array.from({ length: count }, () => {
      const wait = this.guess(name);
      this.now += wait * 1_000;
      if (wait > 0) this.guess(name);
      return wait;
    });
  }
}

describe('guesses', () => {
  it('are free five times, then each waits twice as long, up to a quarter of an hour', () => {
    const watch = new Watch();
    expect(watch.waits(15)).toEqual([0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  it('are forgotten after an hour without one', () => {
    const watch = new Watch();
    watch.waits(6);
    watch.now += 3_600_000;
    expect(watch.waits(6)).toEqual([0, 0, 0, 0, 0, 5]);
  });

  it('that were right, or could not be answered, count for nothing', () => {
    const watch = new Watch();
    for (let i = 0; i < 200; i++) watch.attempts.begin('dana', 'a').undo();
    for (let i = 0; i < 4; i++) watch.guess('dana');
    watch.attempts.begin('dana', 'a').succeed();
    expect(watch.waits(6)).toEqual([0, 0, 0, 0, 0, 5]);
  });

  it('over many names are slowed down by their address, and others’ are not', () => {
    const watch = new Watch();
    const waits = Array.from({ length: 31 }, (_, i) => watch.guess(`name${i}`));
    expect(waits.filter((wait) => wait > 0)).toEqual([5]);
    expect(watch.guess('name31', 'b')).toBe(0);
  });

  it('of one name from everywhere are slowed down, but lock its owner out for a minute at most', () => {
    const watch = new Watch();
    for (let i = 0; i < 400; i++) {
      const wait = watch.guess('dana', `from ${i}`);
      expect(wait).toBeLessThanOrEqual(60);
      watch.now += wait * 1_000;
    }
    expect(watch.guess('dana', 'here') + watch.guess('dana', 'there')).toBeGreaterThan(0);
    expect(watch.guess('erin', 'here')).toBe(0);
  });
});
