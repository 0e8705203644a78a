import { describe, expect, it } from 'vitest';
import { samplePact } from '../sample-pact.ts';
import { authoritySentence } from './authority.ts';

const args = { type: 'object', additionalProperties: false, properties: {} };
const tools = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { args }]));
const { pact, diagnostics } = samplePact({
  lanes: {
    refunds: {
      owner: 'desk',
      mode: 'enforce',
      may: { ...tools('issue_refund'), pass_on: { is: 'hand_over' } },
      parameters: { max_amount: 'money', times: 'int' },
      autonomy: {
        limited: { max_amount: '1500.00 USD', times: 2 },
        autonomous: { max_amount: '2000.00 USD', times: 3, hold_sample: '0%' },
      },
    },
    triage: { owner: 'desk', mode: 'enforce', may: tools('set_a', 'set_b', 'set_c', 'set_d') },
    trial: { owner: 'desk', mode: 'shadow', may: tools('note') },
    routing: { owner: 'desk', mode: 'enforce', may: { hand_over: {} } },
  },
});
if (!pact) throw new Error(JSON.stringify(diagnostics));

describe('what an agent may do', () => {
  it.each([
    [
      'refunds',
      'limited',
      'On its own: issue refund, max amount 1,500.00 USD and times 2; 10 % are held for a person.',
    ],
    ['refunds', 'autonomous', 'On its own: issue refund, max amount 2,000.00 USD and times 3.'],
    ['refunds', 'supervised', 'A person decides every action here.'],
    ['refunds', 'suspended', 'Here it may only hand over to a person.'],
    ['triage', 'limited', 'On its own: any of 4 tools; 10 % are held for a person.'],
    ['trial', 'supervised', 'Tried in shadow: nothing it does here is stopped.'],
    ['trial', 'suspended', 'Here it may only hand over to a person.'],
    ['routing', 'autonomous', 'It hands conversations over to people.'],
    ['gone', 'limited', ''],
  ] as const)('in %s, %s', (lane, state, says) => {
    expect(authoritySentence(pact, lane, state)).toBe(says);
  });

  it('tells how much is held after a violation', () => {
    expect(authoritySentence(pact, 'triage', 'limited', 3)).toBe(
      'On its own: any of 4 tools; 30 % are held for a person.',
    );
    expect(authoritySentence(pact, 'triage', 'limited', 30)).toMatch(/100 % are held/);
  });
});
