import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TOO_LONG } from '../item.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import { CsvRows } from './rows.ts';

function rowsOf(...pieces: string[]) {
  const reader = new CsvRows(',');
  const rows = pieces.flatMap((piece) => reader.push(piece));
  const { rows: last, isOpen } = reader.end();
  return { rows: [...rows, ...last], isOpen };
}

const fieldsOf = (text: string): (readonly string[])[] => rowsOf(text).rows.map(({ fields }) => fields);

describe('rows of CSV', () => {
  it('have fields that may be quoted, hold commas, quotes and line breaks, or be empty', () => {
    expect(fieldsOf('a,"b, c","say ""hi""","x\r\ny",,""\n1,2')).toEqual([
      ['a', 'b, c', 'say "hi"', 'x\r\ny', '', ''],
      ['1', '2'],
    ]);
  });

  it('end at a line feed, a carriage return or both, and know their line', () => {
    const { rows } = rowsOf('a\r\nb\rc\n\n"d\nd"\n"e"');
    expect(rows.map(({ fields, line }) => [fields[0], line])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d\nd', 5],
      ['e', 7],
    ]);
  });

  it('come back as they were written, however the text is cut', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', '😀', ' ') });
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(table, fc.array(fc.nat(9)), (rows, cuts) => {
        const text = rows.map((row) => row.map((f) => `"${f.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        const pieces: string[] = [];
        let from = 0;
        for (const cut of cuts) {
          pieces.push(text.slice(from, from + cut));
          from += cut;
        }
        const read = rowsOf(...pieces, text.slice(from)).rows;
        expect(read).toEqual(rowsOf(text).rows);
        expect(read.map(({ fields }) => fields)).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('that go on behind a closing quote are faulty, and the next line is read', () => {
    const { rows } = rowsOf('a,"He said "hi" to me",c\nx,y,z');
    expect(rows[0]?.fault).toBe('a quoted field goes on behind its closing quote; double the quotes inside a field');
    expect(rows[1]).toEqual({ fields: ['x', 'y', 'z'], line: 2, fault: undefined });
  });

  it('with a quote that is never closed are told as open', () => {
    expect(rowsOf('a\n"b,c\nd').isOpen).toBe(true);
    expect(rowsOf('a\n"b,c\nd"').isOpen).toBe(false);
  });

  it('have as many fields as the limit and no more', () => {
    const { csvColumns: n } = RECORDING_LIMITS;
    const { rows } = rowsOf(`${','.repeat(n - 1)}\n${','.repeat(n)}\nx`);
    expect(rows.map(({ fault }) => fault)).toEqual([
      undefined,
      `a row has more than ${n} fields; leave out columns`,
      undefined,
    ]);
  });

  it('are as long as the limit and no longer, and the next row is read', () => {
    const { conversationChars: n } = RECORDING_LIMITS;
    const { rows } = rowsOf(`"${'x'.repeat(n)}"\n`, `"${'x'.repeat(n)}`, 'x"\ny');
    expect(rows.map(({ fault, fields }) => [fault, fields[0]?.length])).toEqual([
      [undefined, n],
      [TOO_LONG, n],
      [undefined, 1],
    ]);
  });
});
