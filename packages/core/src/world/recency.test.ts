/** The order of last moves: the one a Map would have, had each been taken out and put in again. */
import { describe, expect, it } from 'vitest';
import { Recency } from './recency.ts';
import { below } from './sample-history.ts';

interface One {
  readonly name: number;
  ordered_at: number;
}

describe('an order of last moves', () => {
  it.each([1, 2, 3, 4, 5])('%i: is that of a Map, however often things move and the first ones go', (seed) => {
    const draw = below(seed);
    const recency = new Recency<One>();
    const model = new Map<number, One>();
    for (let at = 0; at < 20_000; at++) {
      const known = model.get(draw(40));
      if (known) {
        known.ordered_at = at;
        recency.move(known);
        model.delete(known.name);
        model.set(known.name, known);
      } else if (draw(2) === 0) {
        const one = { name: at % 40, ordered_at: at };
        if (model.has(one.name)) continue;
        recency.add(one);
        model.set(one.name, one);
      }
      const [first] = model.values();
      expect(recency.first()).toBe(first);
      if (first && draw(20) === 0) {
        recency.shift();
        model.delete(first.name);
      }
      if (at % 500 === 0) expect([...recency]).toEqual([...model.values()]);
      expect(recency.size).toBe(model.size);
    }
  });

  it('has nothing first where nothing is in it, and goes on after', () => {
    const recency = new Recency<One>();
    recency.shift();
    expect([recency.size, recency.first(), [...recency]]).toEqual([0, undefined, []]);
    const one = { name: 1, ordered_at: 1 };
    recency.add(one);
    recency.shift();
    recency.shift();
    expect([recency.size, recency.first()]).toEqual([0, undefined]);
    const two = { name: 2, ordered_at: 2 };
    recency.add(two);
    expect([...recency]).toEqual([two]);
  });
});
