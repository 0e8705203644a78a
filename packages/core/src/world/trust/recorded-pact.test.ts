/** A pact in order by each of its parts, whose entry would be larger than an entry may be. */
import { describe, expect, it } from 'vitest';
import { type Entry, entryBytes } from '../../evidence/index.ts';
import { samplePact } from '../../pact/sample-pact.ts';
import { recordedPact, unrecordable } from './recorded-pact.ts';

const target = (n: number) => ({
  id: `T-${n}`,
  metric: 'policy_violation_rate',
  at_most: '1%',
  window: '4w',
  min_sample: 100,
  severity: 'minor',
  then: ['supervise'],
});

const lane = (n: number, targets: number) => ({
  owner: 'desk',
  mode: 'enforce',
  may: { [`tool_${n}`]: { args: { type: 'object', required: [], additionalProperties: false, properties: {} } } },
  autonomy: { limited: { hold_sample: '0%' }, autonomous: { hold_sample: '0%' } },
  weekly_targets: Array.from({ length: targets }, (_, k) => target(n * 30 + k)),
});

/** Of 32 lanes with so many targets together, and names of so many more characters. */
function pactOf(targets: number, chars: number) {
  const name = (spare: number) => `k${'x'.repeat(Math.max(0, Math.min(60, spare)))}`;
  const counts = Array.from({ length: 32 }, (_, n) => Math.ceil((targets - n) / 32));
  const { pact, diagnostics } = samplePact({
    author: name(chars),
    agents: [name(chars - 60), `b${name(chars - 120)}`],
    consequences: { supervise: { kind: 'operational', set_state: 'supervised' } },
    lanes: Object.fromEntries(counts.map((count, n) => [`lane_${n}`, lane(n, count)])),
  });
  if (!pact) throw new Error(JSON.stringify(diagnostics[0]));
  return pact;
}

const isRefused = (targets: number, chars: number) => unrecordable(pactOf(targets, chars), 'pact.yaml') !== undefined;

/** The largest below `end` that is not refused. */
function mostWithout(end: number, refused: (n: number) => boolean): number {
  let [least, most] = [0, end];
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2);
    if (refused(middle)) most = middle;
    else least = middle;
  }
  return least;
}

describe('the entry of a pact', () => {
  it('has room up to its last byte, and the pact that needs one more is refused', () => {
    const targets = mostWithout(900, (n) => isRefused(n, 0));
    const chars = mostWithout(180, (n) => isRefused(targets, n));
    expect(unrecordable(pactOf(targets, chars + 1), 'pact.yaml')).toMatchObject({
      code: 'limit_entry_bytes',
      says: 'What the ledger keeps of this pact takes 65536 bytes; one entry holds at most 65535',
    });
    const pact = pactOf(targets, chars);
    const content = { blob: 'f'.repeat(64), bytes: 999_999, media: 'application/yaml' };
    const data = { ...recordedPact(pact, 'pact.yaml', () => content), tests: { passed: 1e9, failed: 1e9, gaps: 1e9 } };
    const by = `person:${'k'.repeat(96)}`;
    const entry = {
      v: 1,
      seq: 2 ** 50,
      id: `pact/${pact.digest.slice(7)}`,
      type: 'pact.proposed',
      at: 2 ** 45,
      by,
      data,
    };
    expect(entryBytes(entry as unknown as Entry).ok).toBe(true);
  });

  const many = <T>(n: number, one: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => one(i));
  const notify = (n: number) => ({
    consequences: { tell: { kind: 'operational', notify: many(n, (i) => `p${i}`) } },
    on_violation: { minor: ['tell'] },
  });
  const targets = (n: number) => ({
    consequences: { supervise: { kind: 'operational', set_state: 'supervised' } },
    lanes: { work: lane(0, n) },
  });

  it.each([
    ['agents', 'at most 200', { agents: many(200, (i) => `b${i}`) }, { agents: many(201, (i) => `b${i}`) }],
    ['lanes.lane_0.on_violation.minor.0.notify', 'at most 64', notify(64), notify(65)],
    ['lanes.work.targets', 'at most 64', targets(64), targets(65)],
    ['lanes.lane_0.lease', 'more than 0', { trust: { lease: '1ms' } }, { trust: { lease: '0s' } }],
  ])('fits the schema of its kind, or the pact is refused: %s, %s', (where, bound, fitting, misfit) => {
    const refusalOf = (sections: object) => {
      const { pact, diagnostics } = samplePact({ lanes: { lane_0: lane(0, 0) }, ...sections });
      if (!pact) throw new Error(JSON.stringify(diagnostics[0]));
      return unrecordable(pact, 'pact.yaml');
    };
    expect(refusalOf(fitting)).toBeUndefined();
    expect(refusalOf(misfit)).toMatchObject({
      code: 'bad_value',
      says: `${where} does not fit what the ledger keeps of a pact: ${bound}`,
    });
  });

  it('names a consequence once that is written twice', () => {
    const { pact } = samplePact({
      lanes: { lane_0: { ...lane(0, 0), weekly_targets: [{ ...target(0), then: many(65, () => 'supervise') }] } },
      consequences: { supervise: { kind: 'operational', set_state: 'supervised' } },
      on_violation: { minor: ['supervise', 'supervise'] },
    });
    const followings = [{ named: 'supervise', set_state: 'supervised' }];
    expect(pact && recordedPact(pact, 'pact.yaml', () => ({ blob: '', bytes: 0, media: '' })).lanes).toMatchObject({
      lane_0: { on_violation: { minor: followings }, targets: [{ then: followings }] },
    });
  });
});
