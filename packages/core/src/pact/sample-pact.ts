/** A pact for tests: what every one must have, with what the test is about. */
import { encodeUtf8 } from '../crypto/bytes.ts';
import { loadPact } from './load.ts';

/** Its one owner is called `desk`, its agent `bot`. */
export const samplePact = (about: object): ReturnType<typeof loadPact> =>
  loadPact(
    'pact.yaml',
    encodeUtf8(
      JSON.stringify({
        pact: 'shop',
        format: 1,
        version: 1,
        says: 'What may be done',
        author: 'kim',
        agents: ['bot'],
        currency: 'USD',
        zone: 'UTC',
        owners: { desk: { primary: 'kim', backup: 'lou', answer_within: '1h', then: 'route_to_owner' } },
        consequences: {},
        evidence: { keep: '400d', personal: [], erase_after: '90d' },
        ...about,
      }),
    ),
    () => undefined,
  );
