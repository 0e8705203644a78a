import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../crypto/index.ts';
import { isOrigin, openCheckpoint, parseCheckpoint, parseCheckpointText, signCheckpoint } from './checkpoint.ts';
import { cosignatureLine, signNote } from './note/note.ts';
import { COSIGNATURE, privateKey } from './note/note-key.ts';

const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const ORIGIN = 'ledger.example.com/support';
const log = privateKey(ORIGIN, seed(1));
const next = privateKey(ORIGIN, seed(4));
const witness = privateKey('w.example.org', seed(2), COSIGNATURE);
const checkpoint = { origin: ORIGIN, size: 2 ** 40, root: seed(9) };
const ROOT = encodeBase64(seed(9));
const codeOf = (note: string, keys = [log.key]): string => {
  const opened = openCheckpoint(note, keys);
  return opened.ok ? 'open' : opened.error.code;
};

describe('a checkpoint', () => {
  it('opens with the key of its log, and shows who else signed it', () => {
    const note = signCheckpoint(checkpoint, [log]) + cosignatureLine(witness, `${ORIGIN}\n${2 ** 40}\n${ROOT}\n`, 77);
    expect(openCheckpoint(note, [log.key, witness.key])).toMatchObject({
      ok: true,
      value: { ...checkpoint, verified: [{ key: log.key }, { key: witness.key, time: 77 }] },
    });
  });

  it('during a rotation carries both keys, and opens with either', () => {
    const note = signCheckpoint(checkpoint, [log, next]);
    expect(codeOf(note, [log.key])).toBe('open');
    expect(codeOf(note, [next.key])).toBe('open');
  });

  it('does not open with a witness alone, nor with a key of another name', () => {
    const text = `${ORIGIN}\n1\n${ROOT}\n`;
    const other = privateKey('ledger.example.com', seed(1));
    expect(codeOf(signNote(text, [other]), [other.key])).toBe('log_signature_missing');
    expect(codeOf(`${text}\n${cosignatureLine(witness, text, 5)}`, [witness.key])).toBe('log_signature_missing');
    expect(codeOf(signCheckpoint(checkpoint, [log]), [])).toBe('log_signature_missing');
  });

  it.each([
    ['an extension line', `${ORIGIN}\n1\n${ROOT}\nextension\n`],
    ['two lines', `${ORIGIN}\n1\n`],
    ['an empty line', `${ORIGIN}\n1\n${ROOT}\n\n`],
    ['a size with a leading zero', `${ORIGIN}\n01\n${ROOT}\n`],
    ['a size that is not safe', `${ORIGIN}\n9007199254740992\n${ROOT}\n`],
    ['a signed size', `${ORIGIN}\n-1\n${ROOT}\n`],
    ['a short root', `${ORIGIN}\n1\n${encodeBase64(new Uint8Array(31))}\n`],
    ['a root without padding', `${ORIGIN}\n1\n${ROOT.slice(0, -1)}\n`],
    ['another origin grammar', `Ledger.example.com\n1\n${ROOT}\n`],
    ['a space after its size', `${ORIGIN}\n1 \n${ROOT}\n`],
  ])('with %s is malformed', (_, text) => {
    expect(parseCheckpointText(text)).toMatchObject({ ok: false, error: { code: 'checkpoint_malformed' } });
    expect(codeOf(signNote(text, [log]))).toBe('checkpoint_malformed');
    expect(parseCheckpoint(signNote(text, [log])).ok).toBe(false);
  });

  it('is signed by a key called like its origin', () => {
    expect(() => signCheckpoint(checkpoint, [privateKey('another', seed(1))])).toThrow('called like its origin');
  });
});

it.each([
  ['a', true],
  ['ledger.example.com/support', true],
  ['a/b_c/d-e.f', true],
  ['a'.repeat(255), true],
  ['a'.repeat(256), false],
  ['', false],
  ['.a', false],
  ['a/', false],
  ['a//b', false],
  ['a_b', false],
  ['A', false],
  ['a b', false],
  ['a\n', false],
])('the origin %j is one: %s', (text, is) => {
  expect(isOrigin(text)).toBe(is);
});
