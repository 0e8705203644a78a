/** Every class of change between two pacts: stricter, looser, or other where the words do not decide it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../crypto/bytes.ts';
import { loadPact } from '../load.ts';
import type { Pact } from '../pact.ts';
import { diffPacts } from './diff.ts';
import { formatDiff } from './format-diff.ts';

const FOLDER = new URL('../../../../../fixtures/explain/bike-shop/', import.meta.url);
const TEXT = readFileSync(new URL('pact.yaml', FOLDER), 'utf8');

function load(text: string, files: Readonly<Record<string, string>> = {}): Pact {
  const read = (name: string) =>
    files[name] === undefined ? readFileSync(new URL(name, FOLDER)) : encodeUtf8(files[name]);
  const { pact, diagnostics } = loadPact('pact.yaml', encodeUtf8(text), read);
  if (!pact) throw new Error(JSON.stringify(diagnostics, null, 1));
  return pact;
}
const BEFORE = load(TEXT);

function edit(from: string, to: string): string {
  expect(TEXT, `the bike shop no longer says ${from}`).toContain(from);
  return TEXT.replace(from, to);
}
const found = (before: Pact, after: Pact) =>
  diffPacts(before, after).changes.map(({ what, direction }) => `${what} ${direction}`);
const MIRROR = { looser: 'stricter', stricter: 'looser', other: 'other' } as const;

const RULE = '      - { id: P-4, says: The customer speaks of an accident, severity: major, when: accident_words }\n';
const LIMIT = 'id: P-8, says: At most 1200 euros a day by this agent, severity: critical, of: [issue_refund]';

describe('a change and its way back', () => {
  it.each([
    ['a rule goes', RULE, '', 'P-4 looser'],
    ['a rule that was only tried goes', /.*id: P-5.*\n/.exec(TEXT)?.[0] ?? '', '', 'P-5 other'],
    ['a rule is only tried', 'id: P-4,', 'id: P-4, mode: shadow,', 'P-4 looser'],
    ['a rule is said differently', 'speaks of an accident', 'speaks of a fall', 'P-4 other'],
    ['a rule weighs less', 'accident, severity: major', 'accident, severity: minor', 'P-4 other'],
    [
      'a condition changes',
      'when: size(action.args.citations) == 0',
      'when: size(action.args.citations) < 2',
      'R-1 other',
    ],
    ['in doubt it is only held', ', if_unknown: deny', '', 'P-2 looser'],
    ['a rule speaks about fewer tools', 'on: [issue_refund, cancel_order]', 'on: [issue_refund]', 'P-1 looser'],
    ['a rule speaks about one tool instead of all', 'id: P-4,', 'id: P-4, on: [add_note],', 'P-4 looser'],
    [
      'a rule speaks about another tool',
      'on: [issue_refund, send_voucher]',
      'on: [issue_refund, add_note]',
      'P-5 other',
    ],
    ['what the agent hears changes', "' can still be refunded.'", "' are left.'", 'P-2 other'],
    ['a limit grows', '1200.00 EUR', '1300.00 EUR', 'P-8 looser'],
    ['a count grows', 'per: conversation, count: 1', 'per: conversation, count: 2', 'P-6 looser'],
    [
      'a limit holds where it denied',
      'at_most: 1200.00 EUR, else: deny',
      'at_most: 1200.00 EUR, else: hold',
      'P-8 looser',
    ],
    ['a window shrinks', 'window: 30d, sum', 'window: 7d, sum', 'P-7 looser'],
    [
      'a limit counts fewer tools',
      'of: [send_voucher], per: pact',
      'of: [send_voucher, add_note], per: pact',
      'P-9 stricter',
    ],
    ['a limit counts for another', `${LIMIT}, per: agent`, `${LIMIT}, per: pact`, 'P-8 other'],
    [
      'a limit becomes a parameter',
      'per: conversation, count: 1,',
      'per: conversation, count: autonomy.vouchers,',
      'P-6 other',
    ],
    ['a duty has more time', 'within: 2 replies', 'within: 3 replies', 'R-4 looser'],
    ['a duty counts in time', 'within: 2 replies', 'within: 10m', 'R-4 other'],
    ['a missed duty holds nothing', 'if_missed: hold', 'if_missed: none', 'R-4 looser'],
    ['a duty can be done otherwise', 'do: [hand_over]', 'do: [hand_over, send_reply]', 'R-4 looser'],
    ['a lane takes effect', 'mode: shadow\n    may', 'mode: enforce\n    may', 'reply_drafting stricter'],
    ['another owner answers', 'owner: counter\n    mode', 'owner: workshop\n    mode', 'refund_checks other'],
    ['without the gate it is held', '    when_unreachable: deny\n', '', 'refund_checks looser'],
    [
      'a tool is new',
      '      add_note:',
      '      write_off: { args: { type: object, additionalProperties: false, properties: {} } }\n      add_note:',
      'refund_checks may write_off looser',
    ],
    ['what a tool takes changes', 'maximum: 25.00', 'maximum: 30.00', 'refund_checks may send_voucher other'],
    [
      'a hand-over loses its queues',
      '      hand_over: { queues: { repairs: workshop, money: counter } }\n',
      '',
      'reply_drafting may hand_over other',
    ],
    [
      'a parameter that is an upper bound grows',
      'limited: { max_amount: 40.00 EUR',
      'limited: { max_amount: 50.00 EUR',
      'refund_checks limited max_amount looser',
    ],
    [
      'a parameter that bounds a limit grows',
      'vouchers: 30,',
      'vouchers: 40,',
      'refund_checks autonomous vouchers looser',
    ],
    [
      'a smaller sample is looked at',
      'hold_sample: 1%',
      'hold_sample: 0.5%',
      'refund_checks autonomous hold_sample looser',
    ],
    ['the usual sample is looked at', ', hold_sample: 1%', '', 'refund_checks autonomous hold_sample stricter'],
    ['a rubric is used otherwise', 'sample: 20%', 'sample: 10%', 'reply_drafting judged_on other'],
    ['a target moves', 'at_least: 80%', 'at_least: 70%', 'reply_drafting weekly_targets other'],
    [
      'a tool becomes a read',
      '  get_order: { target: order_id }\n',
      '  get_order: { target: order_id }\n  list_orders: {}\n',
      'reads list_orders looser',
    ],
    ['another agent is bound', 'agents: [mail-bot, night-bot]', 'agents: [mail-bot]', 'agents other'],
    ['an owner has more time', 'answer_within: 2h', 'answer_within: 3h', 'owners other'],
    ['trust asks for less', 'major: 1%', 'major: 2%', 'trust other'],
    ['a definition changes', "['fell', 'injured', 'crash']", "['fell', 'injured']", 'define other'],
    ['a fact may be older', 'max_age: 10m', 'max_age: 20m', 'facts other'],
    ['money changes', 'fee: 0.60 EUR', 'fee: 0.70 EUR', 'terms other'],
    ['what follows changes', 'major: [look_closer]', 'major: [look_closer, tell_ada]', 'on_violation other'],
    ['evidence is kept longer', 'keep: 400d', 'keep: 500d', 'evidence other'],
  ])('%s', (_, from, to, expected) => {
    const after = load(edit(from, to));
    expect(found(BEFORE, after)).toEqual([expected]);
    const direction = expected.split(' ').at(-1) as keyof typeof MIRROR;
    expect(found(after, BEFORE)).toEqual([expected.replace(/\w+$/, MIRROR[direction])]);
  });
});

describe('more than one thing', () => {
  it('a rule that only asks where it denied, and in doubt', () => {
    const never = /.*id: P-1,.*\n/.exec(TEXT)?.[0] ?? '';
    const ask = '    ask_a_human_if:\n      - { id: P-3';
    const after = load(edit(never, '').replace(ask, ask.replace('      -', `${never}      -`)));
    expect(found(BEFORE, after)).toEqual(['P-1 looser']);
    expect(found(after, BEFORE)).toEqual(['P-1 stricter']);
  });

  it('a rule that moves to another lane', () => {
    const after = load(
      edit(RULE, '').replace('    ask_a_human_if:\n      - { id: R-3', `    ask_a_human_if:\n${RULE}      - { id: R-3`),
    );
    expect(found(BEFORE, after)).toEqual(['P-4 other']);
  });

  it('a rule that text may relax', () => {
    const with_ = load(TEXT);
    const without = load(
      edit(`unless: "trace.customer_said(['yes', 'please do'])", trusts_text: true`, 'when: accident_words'),
    );
    expect(found(without, with_)).toEqual(['P-5 looser', 'P-5 other', 'P-5 other']);
  });

  it('a lane that comes or goes, with its rules', () => {
    const lane = / {2}reply_drafting:[\s\S]*?\n\n/.exec(TEXT)?.[0] ?? '';
    const after = load(edit(lane, ''));
    expect(found(BEFORE, after)).toEqual([
      'R-1 other',
      'R-2 other',
      'R-3 other',
      'R-4 other',
      'reply_drafting stricter',
    ]);
    expect(found(after, BEFORE)[0]).toBe('reply_drafting looser');
  });

  it('a parameter whose use cannot be told', () => {
    const used = (amount: string) =>
      load(
        edit(
          'when: action.args.amount > autonomy.max_amount',
          'when: "!(action.args.amount <= autonomy.max_amount)"',
        ).replace('max_amount: 40.00 EUR', `max_amount: ${amount} EUR`),
      );
    expect(found(used('40.00'), used('50.00'))).toEqual(['refund_checks limited max_amount other']);
  });

  it('a schema or rubric in a file of its own', () => {
    const after = load(TEXT, { 'rubrics/polite.md': '# Was it polite?\nAnother text.\n' });
    expect(found(BEFORE, after)).toEqual(['rubrics/polite.md other']);
  });

  it('sorts looser changes first, since those are ticked one by one', () => {
    const after = load(
      edit('1200.00 EUR', '1300.00 EUR')
        .replace('count: 1,', 'count: 2,')
        .replace('keep: 400d', 'keep: 500d')
        .replace('300.00 EUR, else', '200.00 EUR, else'),
    );
    expect(found(BEFORE, after)).toEqual(['P-6 looser', 'P-8 looser', 'evidence other', 'P-7 stricter']);
    expect(formatDiff(diffPacts(BEFORE, after))).toBe(
      [
        'From bike-shop version 3 to bike-shop version 3',
        'Looser: the agent may do more\n  P-6: At most 1 becomes 2\n  P-8: At most 1200.00 EUR becomes 1300.00 EUR',
        'Changed: only a rehearsal of both shows which way\n  evidence: evidence change: keep',
        'Stricter: the agent may do less\n  P-7: At most 300.00 EUR becomes 200.00 EUR',
      ].join('\n\n'),
    );
  });
});

describe('nothing', () => {
  it('in the same file', () => {
    expect(formatDiff(diffPacts(BEFORE, BEFORE))).toContain('Nothing changes: the files are the same.');
  });

  it('in meaning, where only spaces and comments differ', () => {
    const after = load(`${TEXT}# A remark.\n`);
    expect(found(BEFORE, after)).toEqual([]);
    expect(formatDiff(diffPacts(BEFORE, after))).toContain('Nothing changes but the text of the files.');
  });
});
