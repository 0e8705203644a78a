import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBase64, encodeUtf8 } from '../../crypto/index.ts';
import { cosign, verifyCosignature } from './cosignature.ts';
import { checkSignatures, cosignatureLine, openNote, parseNote, signatureLine, signNote } from './note.ts';
import {
  COSIGNATURE,
  ED25519,
  formatPrivateKey,
  formatVkey,
  noteKey,
  parsePrivateKey,
  parseVkey,
  privateKey,
} from './note-key.ts';

const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const log = privateKey('log.example.com', seed(1));
const other = privateKey('other.example.com', seed(2));
const witness = privateKey('w.example.org', seed(3), COSIGNATURE);
const TEXT = 'one\n\ntwo\n';
const codeOf = (note: string, keys = [log.key]): string => {
  const opened = openNote(note, keys);
  return opened.ok ? opened.value.verified.map(({ key }) => key.name).join(' ') : opened.error.code;
};
const junkLine = (i: number): string => signatureLine({ name: `n${i}`, id: '00000000' }, new Uint8Array(64));

describe('a signed note', () => {
  it('keeps its text to the byte, empty lines too', () => {
    const opened = openNote(signNote(TEXT, [log, other]), [log.key, other.key]);
    expect(opened.ok && opened.value.text).toBe(TEXT);
    expect(opened.ok && opened.value.verified).toEqual([{ key: log.key }, { key: other.key }]);
  });

  it('opens though unknown names and unknown ids stand beside, wrong or not', () => {
    const [, second = ''] =
      signNote(TEXT, [other, log])
        .split('\n\n')
        .slice(-1)[0]
        ?.split(/(?<=\n)/) ?? [];
    const sameName = signatureLine({ name: log.key.name, id: '01020304' }, new Uint8Array(64));
    expect(codeOf(`${TEXT}\n${junkLine(1)}${sameName}${second}`)).toBe(log.key.name);
    expect(codeOf(signNote(TEXT, [other]))).toBe('');
  });

  it('is refused whole for one bad line of a known key, be it a repeated one', () => {
    const bad = signatureLine(log.key, new Uint8Array(64));
    expect(codeOf(`${TEXT}\n${bad}`)).toBe('signature_wrong');
    expect(codeOf(signNote(TEXT, [log]) + bad)).toBe('signature_wrong');
    expect(codeOf(signNote(TEXT, [other]) + bad, [log.key, other.key])).toBe('signature_wrong');
    const note = parseNote(signNote(TEXT, [log, other]) + bad);
    expect(note.ok && checkSignatures(note.value, [log.key, other.key])).toEqual({
      good: [{ key: other.key }],
      bad: [log.key],
    });
  });

  it('counts a repeated key once', () => {
    expect(codeOf(signNote(TEXT, [log, log]))).toBe(log.key.name);
  });

  it('may have 16 signature lines and more, up to 100', () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, i) => junkLine(i)).join('');
    expect(codeOf(signNote(TEXT, [log]) + lines(15))).toBe(log.key.name);
    expect(codeOf(signNote(TEXT, [log]) + lines(99))).toBe(log.key.name);
    expect(codeOf(signNote(TEXT, [log]) + lines(100))).toBe('note_malformed');
  });

  it('has at most 64 KiB', () => {
    const size = (text: string): number => encodeUtf8(signNote(text, [log])).length;
    const full = `${'é'.repeat((65_536 - size('\n')) >> 1)}${'x'.repeat((65_536 - size('\n')) % 2)}\n`;
    expect(size(full)).toBe(65_536);
    expect(codeOf(signNote(full, [log]))).toBe(log.key.name);
    expect(codeOf(signNote(`x${full}`, [log]))).toBe('note_too_long');
  });

  it('is refused when two known keys share name and id', () => {
    expect(codeOf(signNote(TEXT, [log]), [log.key, { ...other.key, name: log.key.name, id: log.key.id }])).toBe(
      'key_ambiguous',
    );
  });

  const line = junkLine(1);
  it.each<[string, string]>([
    ['no signature', TEXT],
    ['an empty list of signatures', `${TEXT}\n`],
    ['no LF at the end', `${TEXT}\n${line.trimEnd()}`],
    ['a hyphen for the dash', `${TEXT}\n${line.replace('—', '-')}`],
    ['two spaces', `${TEXT}\n${line.replace('— ', '—  ')}`],
    ['no signature bytes', `${TEXT}\n— n1 AAAAAA==\n`],
    ['base64 that is not canonical', `${TEXT}\n— n1 AAAAAAAB\n— n2 AAAAAAB=\n`],
    ['a carriage return', `${TEXT}\n${line.trimEnd()}\r\n`],
    ['a tab in its text', `a\tb\n\n${line}`],
    ['a lone surrogate', `\ud800\n\n${line}`],
    ['a plus in a name', `${TEXT}\n${line.replace('n1', 'n+1')}`],
    ['nothing at all', ''],
  ])('with %s is malformed', (_, note) => {
    expect(codeOf(note)).toBe('note_malformed');
  });

  it('does not open after any one character is changed', () => {
    const note = signNote('log.example.com\n7\nroot\n', [log]);
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.constantFrom('A', 'z', '0', '\n', ' ', '—', '+', '='), (at, letter) => {
        fc.pre(note[at] !== letter);
        expect(codeOf(note.slice(0, at) + letter + note.slice(at + 1))).not.toBe(log.key.name);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('a cosignature', () => {
  it('tells its time, and is of this text only', () => {
    const signature = cosign(witness.seed, TEXT, 1_760_000_060);
    expect(signature).toHaveLength(72);
    expect(verifyCosignature(witness.key.publicKey, TEXT, signature)).toBe(1_760_000_060);
    expect(verifyCosignature(witness.key.publicKey, `${TEXT}x`, signature)).toBeUndefined();
    expect(verifyCosignature(log.key.publicKey, TEXT, signature)).toBeUndefined();
    for (let i = 0; i < 72; i++) {
      const changed = signature.map((byte, k) => (k === i ? byte ^ 1 : byte));
      expect(verifyCosignature(witness.key.publicKey, TEXT, changed)).toBeUndefined();
    }
    expect(verifyCosignature(witness.key.publicKey, TEXT, signature.subarray(1))).toBeUndefined();
  });

  it('has times beyond 32 bits, and never 0', () => {
    const late = 2 ** 40 + 3;
    expect(verifyCosignature(witness.key.publicKey, TEXT, cosign(witness.seed, TEXT, late))).toBe(late);
    expect(() => cosign(witness.seed, TEXT, 0)).toThrow('after 1970');
    expect(verifyCosignature(witness.key.publicKey, TEXT, new Uint8Array(72))).toBeUndefined();
  });

  it('stands in a note beside the signature of the log', () => {
    const note = signNote(TEXT, [log]) + cosignatureLine(witness, TEXT, 5);
    const opened = openNote(note, [witness.key, log.key]);
    expect(opened.ok && opened.value.verified).toEqual([{ key: log.key }, { key: witness.key, time: 5 }]);
  });

  it('is no plain signature, nor the other way round', () => {
    const asLog = { ...witness.key, ...noteKey(witness.key.name, ED25519, witness.key.publicKey) };
    expect(codeOf(`${TEXT}\n${signatureLine(asLog, cosign(witness.seed, TEXT, 5))}`, [asLog])).toBe('signature_wrong');
    expect(() => signNote(TEXT, [witness])).toThrow('cosignatureLine');
  });
});

describe('keys', () => {
  it('come back as they were written', () => {
    for (const pair of [log, witness]) {
      expect(parseVkey(formatVkey(pair.key))).toEqual({ ok: true, value: pair.key });
      expect(parsePrivateKey(formatPrivateKey(pair))).toEqual({ ok: true, value: pair });
    }
  });

  it('read the vkey and the private key of the documentation of golang.org/x/mod/sumdb/note', () => {
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const secret = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
    const note = [
      'If you think cryptography is the answer to your problem,',
      "then you don't know what your problem is.",
      '',
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
      '',
    ].join('\n');
    const pair = parsePrivateKey(secret);
    const key = parseVkey(vkey);
    if (!pair.ok || !key.ok) throw new Error('unreadable');
    expect(pair.value.key).toEqual(key.value);
    expect(openNote(note, [key.value])).toMatchObject({ ok: true, value: { verified: [{ key: key.value }] } });
    expect(signNote(note.slice(0, note.indexOf('\n\n') + 1), [pair.value])).toBe(note);
  });

  const vkey = formatVkey(log.key);
  it.each([
    '',
    'name',
    vkey.slice(0, -4),
    vkey.replace('log', 'lag'),
    'PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    vkey.replace(log.key.id, '00000000'),
    `${vkey}\n`,
    ` ${vkey}`,
    `a b+00000000+${encodeBase64(new Uint8Array(33))}`,
    formatVkey({ ...log.key, type: 2 as 1 }),
    formatPrivateKey(log),
  ])('%j is no vkey', (text) => {
    expect(parseVkey(text)).toMatchObject({ ok: false, error: { code: 'key_malformed' } });
  });

  it('tell nothing of a private key that is refused', () => {
    const line = formatPrivateKey(log);
    for (const wrong of [
      line.slice(0, -4),
      line.replace('log', 'lag'),
      line.replace('PRIVATE', 'PUBLIC'),
      `${line}\n`,
    ]) {
      const parsed = parsePrivateKey(wrong);
      expect(parsed).toMatchObject({ ok: false, error: { code: 'key_malformed' } });
      expect(JSON.stringify(parsed)).not.toContain(encodeBase64(seed(1)).slice(4, 12));
    }
  });
});
