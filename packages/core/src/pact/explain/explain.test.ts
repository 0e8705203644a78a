/** What a support manager reads about a pact; the texts are reviewed as golden files. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../crypto/bytes.ts';
import { loadPact } from '../load.ts';
import type { Pact } from '../pact.ts';
import { explainPact } from './explain.ts';
import { formatExplanation } from './format-explanation.ts';
import { amount, consequencesWords, folding, list, lower, money } from './words.ts';

const FIXTURES = new URL('../../../../../fixtures/', import.meta.url);
const BLESS = process.env['SURETY_GOLDEN'] === '1';

function load(folder: string): Pact {
  const root = new URL(folder, FIXTURES);
  const read = (name: string) => (existsSync(new URL(name, root)) ? readFileSync(new URL(name, root)) : undefined);
  const { pact, diagnostics } = loadPact('pact.yaml', read('pact.yaml') ?? new Uint8Array(), read);
  if (!pact) throw new Error(JSON.stringify(diagnostics));
  return pact;
}

describe.each(['explain/bike-shop/', 'explain/smallest/', 'pacts/good/support/'])('%s', (folder) => {
  const pact = load(folder);
  const explanation = explainPact(pact);

  it('reads as it was reviewed', () => {
    const text = `${formatExplanation(explanation, { conditions: true })}\n`;
    const golden = new URL(`${folder}explanation.txt`, FIXTURES);
    if (BLESS) writeFileSync(golden, text);
    expect(existsSync(golden), `there is no ${golden.pathname}; bless it with SURETY_GOLDEN=1`).toBe(true);
    expect(text).toBe(readFileSync(golden, 'utf8'));
  });

  it('says every rule, limit, duty and target once, in whole sentences', () => {
    const sentences = explanation.lanes.flatMap(({ paragraphs }) => paragraphs.flatMap((one) => one.sentences));
    const targets = Object.values(pact.file.lanes).flatMap((lane) => (lane.weekly_targets ?? []).map(({ id }) => id));
    const ids = [...pact.rules.map(({ id }) => id), ...targets];
    expect(sentences.flatMap(({ id }) => id ?? []).sort()).toEqual(ids.sort());
    for (const { says, id } of sentences) {
      expect(says).not.toMatch(/undefined|NaN|\[object|null| {2}|autonomy\./);
      if (id) expect(says).toContain(pact.rules.find((rule) => rule.id === id)?.says ?? '');
    }
  });

  it('folds conditions unless they are asked for, and names every tool as it is written', () => {
    const folded = formatExplanation(explanation);
    expect(folded).not.toMatch(/^ {8}(?:when|unless) /m);
    for (const tool of pact.tools.keys()) if (tool !== 'hand_over') expect(folded).toContain(`\`${tool}\``);
    expect(folded).toContain('always hand over to a person');
    expect(folded.trimEnd().endsWith(pact.digest)).toBe(true);
  });
});

describe('remarks', () => {
  const ofRule = (id: string) =>
    explainPact(load('explain/bike-shop/'))
      .lanes.flatMap(({ paragraphs }) => paragraphs.flatMap((one) => one.sentences))
      .find((sentence) => sentence.id === id)?.remarks;

  it.each([
    ['P-2', 'also refused in doubt'],
    ['P-2', 'for `issue_refund`'],
    ['P-5', 'relaxed by what the customer or the agent writes'],
    ['P-5', 'tried in shadow, without effect yet'],
  ])('%s: %s', (id, remark) => {
    expect(ofRule(id)).toContain(remark);
  });

  it('are silent where there is nothing to remark', () => {
    expect(ofRule('P-4')).toEqual([]);
    expect(ofRule('R-1')).toEqual([]);
  });
});

describe('words', () => {
  it('put the sentence of a definition for its name, and leave quoted text, fields and calls alone', () => {
    const fold = folding({
      legal: { says: 'The customer mentions a lawyer', cel: 'true' },
      size: { says: 'How big', cel: '1' },
    });
    const lawyer = '[the customer mentions a lawyer]';
    expect(fold('legal || !legal')).toBe(`${lawyer} || !${lawyer}`);
    expect(fold('order.legal && legal_words && "a legal word" != \'legal\' && size(xs) > size')).toBe(
      'order.legal && legal_words && "a legal word" != \'legal\' && size(xs) > [how big]',
    );
  });

  it.each([
    [money(0, 'USD'), '0.00 USD'],
    [money(123_456_789, 'USD'), '1,234,567.89 USD'],
    [money(123_456, 'JPY'), '123,456 JPY'],
    [money(1_234_567, 'KWD'), '1,234.567 KWD'],
    [money(-500_000, 'USD'), '-5,000.00 USD'],
    [amount('5000.00 EUR'), '5,000.00 EUR'],
    [amount('autonomy.most'), 'autonomy.most'],
    [lower('The order'), 'the order'],
    [lower('VIP customers'), 'VIP customers'],
    [list([]), ''],
    [list(['a', 'b', 'c'], 'or'), 'a, b or c'],
  ])('%s', (shown, expected) => {
    expect(shown).toBe(expected);
  });

  it('tell what each consequence does', () => {
    const kinds = {
      a: { kind: 'operational', set_state: 'suspended' },
      b: { kind: 'operational', hold_lane: true },
      c: { kind: 'operational', stop_agent: true },
      d: { kind: 'operational', sample_times: 3, for: '2w' },
      e: { kind: 'operational', route_to: 'desk' },
      f: { kind: 'operational', notify: ['kim', 'lou'] },
      g: {
        kind: 'economic',
        charge: { account: 'vendor', amount: { per_violation: '50.00 USD' }, cap: '5000.00 USD' },
      },
      h: { kind: 'economic', charge: { account: 'vendor', amount: 'measured_loss' } },
      i: { kind: 'economic', credit: { account: 'vendor', percent_of: 'fees', percent: '5%' }, when_met_for: '4w' },
      j: { kind: 'economic', withhold: '20%', until: '30d' },
      k: { kind: 'operational', says: 'Everyone is called in', notify: ['kim'] },
    };
    const file = {
      pact: 'all-kinds',
      format: 1,
      version: 1,
      says: 'Every consequence',
      author: 'kim',
      agents: ['bot'],
      currency: 'USD',
      zone: 'UTC',
      owners: { desk: { primary: 'kim', backup: 'lou', answer_within: '1h', then: 'deny' } },
      lanes: {
        work: {
          owner: 'desk',
          mode: 'enforce',
          may: { act: { args: { type: 'object', additionalProperties: false, properties: {} } } },
          never: [{ id: 'P-1', says: 'Never twice', severity: 'minor', when: 'trace.repeats(action)' }],
        },
      },
      on_violation: { critical: Object.keys(kinds) },
      consequences: kinds,
      terms: {
        account: 'vendor',
        fee: '1.00 USD',
        resolution: { says: 'Closed', cel: 'outcome.closed_by == "agent"', settles_after: '7d' },
      },
      evidence: { keep: '400d', personal: [], erase_after: '90d' },
    };
    const { pact, diagnostics } = loadPact('pact.yaml', encodeUtf8(JSON.stringify(file)), () => undefined);
    if (!pact) throw new Error(JSON.stringify(diagnostics));
    expect(Object.keys(kinds).map((key) => consequencesWords(pact.file, [key]))).toEqual([
      'the agent becomes suspended in this lane',
      'every action of this lane is held',
      'the agent is stopped',
      'people look at 3 times as many actions for 14 days',
      'conversations go to desk',
      'kim and lou are told',
      'vendor is charged 50.00 USD for each violation, at most 5,000.00 USD',
      'vendor is charged the measured loss',
      'vendor gets 5 % of its fees as a credit',
      '20 % of the fees is withheld for 30 days',
      'everyone is called in',
    ]);
  });
});
