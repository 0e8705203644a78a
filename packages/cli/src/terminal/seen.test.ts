import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seen, seenJson } from './seen.ts';

describe('what is printed', () => {
  it.each([
    ['plain – “words”, ümlaut, 日本', 'plain – “words”, ümlaut, 日本'],
    ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
    ['clear\u001b[2J', 'clear<U+001B>[2J'],
    ['title \u001b]0;x\u0007', 'title <U+001B>]0;x<U+0007>'],
    ['over\rwritten', 'over<U+000D>written'],
    ['eight bits \u009b2J', 'eight bits <U+009B>2J'],
    ['turned \u202egnp.exe', 'turned <U+202E>gnp.exe'],
    ['red \u001b[31m', 'red <U+001B>[31m'],
  ])('steers no terminal: %j', (text, wanted) => {
    expect(seen(text, false)).toBe(wanted);
  });

  it('keeps the paints of the terminal, and no other escape', () => {
    expect(seen('\u001b[31mred\u001b[0m \u001b[8mhidden', true)).toBe('\u001b[31mred\u001b[0m <U+001B>[8mhidden');
  });

  it('has no control whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(seen(text, false)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
      }),
    );
  });

  it('means the same as JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = seenJson(JSON.stringify({ text }));
        expect(JSON.parse(written)).toEqual({ text });
        expect(written).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
    );
  });
});
