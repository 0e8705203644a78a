/** Chances for simulations: the same seed gives the same numbers on every machine, by 32-bit integers alone. */

/** The next number in [0, 1). */
export type Draw = () => number;

const TURN = 2 ** 32;

/** splitmix32: spreads a seed over as many words as are asked for. */
function spread(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  };
}

/** sfc32 of PractRand (C. Doty-Humphrey, public domain); each run of a seed has a sequence of its own. */
export function seeded(seed: number, run = 0): Draw {
  const word = spread(seed);
  const runWord = spread(word() ^ run);
  let [a, b, c, count] = [word(), runWord(), runWord(), 1];
  const draw = (): number => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / TURN;
  };
  // The first words still look like their seed.
  for (let i = 0; i < 16; i++) draw();
  return draw;
}
