import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../terms/json.ts';
import type { Conversation } from '../terms/trace.ts';
import { createReader, type RecordingItem, readRecording } from './index.ts';
import { RECORDING_LIMITS } from './recording-limits.ts';

/** What a small desk might record: each exchange is a question, a call with its result, and a reply. */
interface Sample {
  readonly id: string;
  readonly exchanges: readonly {
    readonly ask: string;
    readonly args: JsonObject;
    readonly result: string;
    readonly reply: string;
  }[];
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const samples: fc.Arbitrary<Sample[]> = fc
  .array(
    fc.array(fc.record({ ask: text, args: fc.dictionary(text, text, { maxKeys: 2 }), result: text, reply: text }), {
      maxLength: 3,
      minLength: 1,
    }),
    {
      maxLength: 4,
      minLength: 1,
    },
  )
  .map((all) => all.map((exchanges, i) => ({ id: `c${i}`, exchanges })));

const chatMessages = ({ exchanges }: Sample): object[] =>
  exchanges.flatMap(({ ask, args, result, reply }, i) => [
    { role: 'user', content: ask },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: `k${i}`, type: 'function', function: { name: 'look', arguments: JSON.stringify(args) } }],
    },
    { role: 'tool', tool_call_id: `k${i}`, name: 'look', content: result },
    { role: 'assistant', content: reply },
  ]);

const tau2Messages = ({ exchanges }: Sample): object[] =>
  exchanges.flatMap(({ ask, args, result, reply }, i) => [
    { role: 'user', content: ask },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: `k${i}`, name: 'look', arguments: args, requestor: 'assistant' }],
    },
    { role: 'tool', id: `k${i}`, content: result, requestor: 'assistant', error: false },
    { role: 'assistant', content: reply },
  ]);

const csvRows = ({ id, exchanges }: Sample): string[][] =>
  exchanges.flatMap(({ ask, args, result, reply }, i) => [
    [id, 'user', ask, '', '', ''],
    [id, 'assistant', '', 'look', JSON.stringify(args), `k${i}`],
    [id, 'tool', result, 'look', '', `k${i}`],
    [id, 'assistant', reply, '', '', ''],
  ]);

const csv = (rows: string[][]): string =>
  rows.map((row) => row.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')).join('\r\n');

/** Each format as a writer; tau-bench has no ids of its own, so there the id is made of task and trial. */
const WRITERS: Readonly<Record<string, (all: readonly Sample[]) => string>> = {
  'OpenAI chat by line': (all) =>
    all.map((one) => JSON.stringify({ id: one.id, messages: chatMessages(one) })).join('\n'),
  'OpenAI chat as a list': (all) =>
    JSON.stringify(
      all.map((one) => ({ id: one.id, messages: chatMessages(one) })),
      null,
      2,
    ),
  'tau-bench': (all) =>
    JSON.stringify(
      all.map((one, task_id) => ({ task_id, trial: 0, reward: 1, info: {}, traj: chatMessages(one) })),
      null,
      2,
    ),
  'tau2-bench': (all) =>
    JSON.stringify(
      { info: {}, tasks: [{}], simulations: all.map((one) => ({ id: one.id, messages: tau2Messages(one) })) },
      null,
      2,
    ),
  CSV: (all) => csv([['conversation_id', 'role', 'text', 'tool', 'args', 'call_id'], ...all.flatMap(csvRows)]),
};

const stepsOf = ({ exchanges }: Sample): Conversation['steps'] =>
  exchanges.flatMap(({ ask, args, result, reply }, i) => [
    { kind: 'customer', text: ask },
    {
      kind: 'call',
      call_id: `k${i}`,
      tool: 'look',
      args,
      result_text: result,
      turn: i * 4 + 1,
      calls_in_turn: 1,
      text_in_turn: false,
    },
    { kind: 'reply', text: reply },
  ]);

function inPieces(whole: string, size: (at: number) => number): RecordingItem[] {
  const reader = createReader();
  const items: RecordingItem[] = [];
  for (let from = 0; from < whole.length; ) {
    const to = from + Math.max(1, size(from));
    items.push(...reader.push(whole.slice(from, to)));
    from = to;
  }
  return [...items, ...reader.end()];
}

describe.each(Object.entries(WRITERS))('a recording as %s', (name, write) => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(samples, (all) => {
        const { conversations, unreadable } = readRecording(write(all));
        expect(unreadable).toEqual([]);
        const ids = all.map(({ id }, i) => (name === 'tau-bench' ? `task${i}-trial0` : id));
        expect(conversations).toEqual(all.map((one, i) => ({ id: ids[i], steps: stepsOf(one) })));
      }),
    );
  });

  it('gives the same however its text is cut, also when it is damaged', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'{}[]",:\\\r\n\t 0ae\u0000'), maxLength: 3 });
    const damage = fc.record({ at: fc.nat(), cut: fc.nat(3), added: noise });
    fc.assert(
      fc.property(samples, fc.option(damage), fc.array(fc.nat(40), { minLength: 1 }), (all, hurt, sizes) => {
        const whole = write(all);
        const at = (hurt?.at ?? 0) % whole.length;
        const given = hurt ? whole.slice(0, at) + hurt.added + whole.slice(at + hurt.cut) : whole;
        const once = inPieces(given, () => given.length);
        expect(inPieces(given, (from) => sizes[from % sizes.length] ?? 1)).toEqual(once);
        expect(inPieces(given, () => 1)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  it('is read behind a byte order mark and with carriage returns', () => {
    const all: Sample[] = [
      { id: 'c0', exchanges: [{ ask: 'Where?', args: { n: '1' }, result: 'Here', reply: 'There' }] },
    ];
    const plain = readRecording(write(all)).conversations;
    expect(readRecording(`\ufeff${write(all)}`).conversations).toEqual(plain);
    expect(readRecording(write(all).replaceAll(/\r?\n/g, '\r\n')).conversations).toEqual(plain);
  });
});

describe('a reader', () => {
  const line = (id: string): string => JSON.stringify({ id, messages: [{ role: 'user', content: 'hi' }] });

  it('gives each conversation as soon as it is complete, with its line and position', () => {
    const reader = createReader({ source: 'f' });
    const padding = ' '.repeat(2_000);
    expect(reader.push(`${line('a')}${padding}\n${line('b').slice(0, 9)}`)).toMatchObject([
      { kind: 'conversation', conversation: { id: 'a' }, line: 1, position: 1 },
    ]);
    expect(reader.push(`${line('b').slice(9)}\n{}\n`)).toMatchObject([
      { kind: 'conversation', conversation: { id: 'b' }, line: 2, position: 2 },
      { kind: 'unreadable', place: { line: 3 } },
    ]);
    expect(reader.push(line('c'))).toEqual([]);
    expect(reader.end()).toMatchObject([{ kind: 'conversation', conversation: { id: 'c' }, line: 4, position: 4 }]);
  });

  it('refuses to go on after its end', () => {
    const reader = createReader();
    reader.end();
    expect(() => reader.push('x')).toThrow('after its end');
    expect(() => reader.end()).toThrow('ended twice');
  });

  it.each([
    ['', 'f, line 1: the file is empty; there is no conversation in it'],
    [' \n\ufeff', 'f, line 1: the file is empty; there is no conversation in it'],
    ['\u001f\ufffd\b\u0000\u0000', 'f, line 1: this is a gzip file that was not unpacked; unpack it first'],
    ['PK\u0003\u0004\u0014', 'f, line 1: this is a zip or Excel file; unpack it, or save it as CSV in UTF-8'],
    ['{\u0000"\u0000', 'f, line 1: this is not text in UTF-8; export the conversations as JSON or CSV in UTF-8'],
    [
      'Dear team,\nplease find attached',
      'f, line 1: this is neither JSON nor CSV with a known header: the column "conversation_id" is missing (known names: conversation_id, conversation, ticket_id, thread_id, chat_id, session_id)',
    ],
  ])('says what a file is that holds no recording: %j', (whole, says) => {
    expect(readRecording(whole, { source: 'f' })).toMatchObject({ conversations: [], unreadable: [{ says }] });
  });

  it('keeps as many blanks before the first conversation as one may be long, and refuses more', () => {
    const { conversationChars: n } = RECORDING_LIMITS;
    const blanks = '\n'.repeat(65_536);
    for (const [more, expected] of [
      ['', [{ kind: 'conversation', conversation: { id: 'a' } }]],
      ['\n', [{ kind: 'unreadable', says: expect.stringContaining(`more than ${n} blank characters`) }]],
    ] as const) {
      const reader = createReader();
      const before = Array.from({ length: n / blanks.length }, () => reader.push(blanks)).flat();
      expect([...before, ...reader.push(more), ...reader.push(line('a')), ...reader.end()]).toMatchObject(expected);
    }
  });

  it('tells lines from one long object even beyond the length of a conversation', () => {
    const { conversationChars: n } = RECORDING_LIMITS;
    const long = (chars: number): string => `${line('a')}${' '.repeat(chars - line('a').length)}`;
    for (const chars of [n, n + 1]) {
      const whole = `${long(chars)}\n${line('b')}`;
      expect(inPieces(whole, () => 65_536)).toEqual(inPieces(whole, () => whole.length));
    }
    const sprawling = `{"id":"a","x":"${'x'.repeat(n)}","messages":[]}\n${line('b')}`;
    expect(inPieces(sprawling, () => 65_536)).toMatchObject([
      { kind: 'unreadable', says: expect.stringContaining(`longer than ${n} characters`) },
      { conversation: { id: 'b' } },
    ]);
  });

  it('holds no more than one conversation of a long file', () => {
    const reader = createReader();
    let read = 0;
    for (let i = 0; i < 3_000; i += 1) read += reader.push(`${line(`c${i}`)}\n`).length;
    expect(read + reader.end().length).toBe(3_000);
    expect(read).toBeGreaterThan(2_950);
  });

  it('never shows the text of a conversation it could not read', () => {
    const secret = 'my card is 4111';
    const broken = [
      `{"id":"a","messages":[{"role":"user","content":"${secret}"}`,
      `[{"id":"a","messages":[{"role":"user","content":"${secret}"},]}]`,
      `[{"role":"user","content":"${secret}"}]`,
      `conversation_id,role,text\na,robot,${secret}`,
      `{"messages":[{"role":"user","content":"${secret}"}]}`,
    ];
    for (const whole of broken) {
      const { conversations, unreadable } = readRecording(whole);
      expect(conversations).toEqual([]);
      expect(unreadable.length).toBeGreaterThan(0);
      expect(JSON.stringify(unreadable)).not.toContain('4111');
    }
  });
});
