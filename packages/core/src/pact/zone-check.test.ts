import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../crypto/bytes.ts';
import { zonesOf } from '../terms/zones.ts';
import { checkZone } from './index.ts';
import { loadPact } from './load.ts';

const PACT = `
pact: desk
format: 1
version: 1
says: A desk
author: kim
agents: [bot]
currency: USD
zone: ZONE
owners: { desk: { primary: kim, backup: lou, answer_within: 1h, then: deny } }
consequences: {}
evidence: { keep: 400d, personal: [], erase_after: 90d }
lanes: { work: { owner: desk, mode: enforce, may: { act: { args: { type: object, additionalProperties: false } } } } }
`;
const known = zonesOf((zone) => (zone === 'Europe/Berlin' ? () => 'GMT+01:00' : undefined));
const checked = (zone: string) =>
  checkZone(
    loadPact('a/pact.yaml', encodeUtf8(PACT.replace('ZONE', zone)), () => undefined),
    'a/pact.yaml',
    known,
  );

describe('the zone of a pact', () => {
  it.each(['Europe/Berlin', 'UTC', '"-05:00"'])('is one that exists: %s', (zone) => {
    expect(checked(zone)).toMatchObject({ pact: { name: 'desk' }, diagnostics: [] });
  });

  it('is told where it stands if nobody knows it', () => {
    expect(checked('Europe/Berln')).toMatchObject({
      pact: undefined,
      diagnostics: [
        {
          code: 'bad_value',
          severity: 'error',
          file: 'a/pact.yaml',
          range: { line: 9, column: 7 },
          says: 'Europe/Berln is not a time zone; write one such as Europe/Berlin, or an offset such as -05:00',
        },
      ],
    });
  });
});
