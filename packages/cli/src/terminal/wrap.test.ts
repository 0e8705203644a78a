import { describe, expect, it } from 'vitest';
import { wrap } from './wrap.ts';

describe('wrap', () => {
  it('leaves what fits as it is, to the last column', () => {
    expect(wrap('  twelve cols', 13)).toBe('  twelve cols');
    expect(wrap('  twelve cols', 12)).toBe('  twelve\n    cols');
  });

  it('goes on under the last column of a table', () => {
    expect(wrap('  P-1   3  Never refund an order of somebody else', 30)).toBe(
      '  P-1   3  Never refund an\n           order of somebody\n           else',
    );
  });

  it('keeps a word that is longer than the terminal whole', () => {
    expect(wrap('see sha256:24ca176c0e7d0e6f11 for more', 12)).toBe('see\nsha256:24ca176c0e7d0e6f11\nfor more');
  });

  it('never parts a number from its per cent', () => {
    expect(wrap('Held: 15 % of actions', 8)).toBe('Held:\n15 % of\nactions');
  });

  it('does not count colours, and wraps each line by itself', () => {
    expect(wrap('\u001b[32mgreen here\u001b[0m\nplain', 10)).toBe('\u001b[32mgreen here\u001b[0m\nplain');
  });
});
