import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../crypto/bytes.ts';
import { loadPact } from '../load.ts';

const PACT = `
pact: desk
format: 1
version: 1
says: A desk
author: kim
agents: [bot]
currency: USD
zone: UTC
owners: { desk: { primary: kim, backup: lou, answer_within: 1h, then: deny } }
consequences: {}
evidence: { keep: 400d, personal: [action.args.text], erase_after: 90d }
lanes:
  replies:
    owner: desk
    mode: enforce
    may:
      send_reply: { args: { type: object, required: [text], additionalProperties: false, properties: { text: { type: string } } } }
    ask_a_human_if:
      - { id: R-1, says: The judge does not agree, severity: minor, unless: judges.tone.verdict == "ok" }
    judged_on:
      tone: { rubric: ./rubrics/tone.md, when: inline, timeout: 2s, judges: [reader], severity: minor }
`;

const told = (rubric: Uint8Array | undefined): string[] =>
  loadPact('pact.yaml', encodeUtf8(PACT), (path) => (path === 'rubrics/tone.md' ? rubric : undefined)).diagnostics.map(
    ({ code, severity, range }) => `${severity} ${code} ${range.line}:${range.column}`,
  );

describe('the files that a pact names', () => {
  it('are taken as they are', () => expect(told(encodeUtf8('# Is the tone kind?\n'))).toEqual([]));

  it.each(['', ' ', '\n\n\t\n'])('are refused where nothing stands in them: %j', (text) =>
    expect(told(encodeUtf8(text))).toEqual(['error file_empty 22:23']),
  );

  it('are refused where they are not there or are no text', () => {
    expect(told(undefined)).toEqual(['error file_missing 22:23']);
    expect(told(new Uint8Array([0xff, 0xfe]))).toEqual(['error file_missing 22:23']);
  });

  it('are refused as schemas and tables where the pact names itself', () => {
    const codes = (text: string): string[] =>
      loadPact('pact.yaml', encodeUtf8(text), () => encodeUtf8('# Is the tone kind?')).diagnostics.map(
        ({ code, range }) => `${code} ${range.line}`,
      );
    expect(codes(PACT.replace(/args: \{ type.*(?= \}\n)/, 'args: ./pact.yaml'))).toEqual(['bad_value 2']);
    expect(codes(`${PACT}facts: { it: { from: table, file: pact.yaml, type: "map<string, int>" } }\n`)).not.toEqual([]);
  });
});
