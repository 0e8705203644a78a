import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecording } from '../reader.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';

const chat = (id: string, content = 'hello'): object => ({ id, messages: [{ role: 'user', content }] });
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

const idsOf = (text: string): string[] => readRecording(text).conversations.map(({ id }) => id);
const saysOf = (text: string): string[] => readRecording(text, { source: 'f' }).unreadable.map(({ says }) => says);

describe('a JSON document', () => {
  it('may be one object over several lines, several of them, a list, or a list in one line', () => {
    expect(idsOf(pretty(chat('a')))).toEqual(['a']);
    expect(idsOf(`${pretty(chat('a'))}\n${pretty(chat('b'))}\n`)).toEqual(['a', 'b']);
    expect(idsOf(pretty([chat('a'), chat('b')]))).toEqual(['a', 'b']);
    expect(idsOf(JSON.stringify([chat('a'), chat('b')]))).toEqual(['a', 'b']);
    expect(idsOf('[]')).toEqual([]);
    expect(saysOf('[]')).toEqual([]);
  });

  it('counts positions and lines of conversations, unreadable ones too', () => {
    const text = pretty([chat('a'), { messages: [] }, chat('c')]);
    const { unreadable } = readRecording(text, { source: 'f' });
    expect(unreadable.map(({ place }) => place)).toEqual([{ line: 11, column: 3 }]);
  });

  it('reports an element that is no conversation and reads the others', () => {
    const text = JSON.stringify([chat('a'), 7, 'x', [1], {}, { role: 'user', content: 'hi' }, null, chat('b')]);
    expect(idsOf(text)).toEqual(['a', 'b']);
    expect(saysOf(text)).toHaveLength(6);
    expect(saysOf('{"a": 1}\n{"b": 2}')).toHaveLength(2);
  });
});

describe('a tau2-bench document', () => {
  const simulation = (id: string): object => ({ ...chat(id), task_id: '1', trial: 0, reward_info: { reward: 1 } });
  const results = (...ids: string[]): object => ({ info: {}, tasks: [chat('t')], simulations: ids.map(simulation) });

  it('gives its simulations, wherever they stand among the names, and nothing else', () => {
    expect(idsOf(pretty(results('a', 'b')))).toEqual(['a', 'b']);
    expect(idsOf(JSON.stringify(results('a', 'b')))).toEqual(['a', 'b']);
    expect(idsOf(pretty({ simulations: [simulation('a')], tasks: [chat('t')] }))).toEqual(['a']);
    expect(idsOf(JSON.stringify({ simulations: [], tasks: [chat('t')] }))).toEqual([]);
  });

  it('is read when what stands before its simulations is longer than a conversation may be', () => {
    const big = { tasks: 'x'.repeat(RECORDING_LIMITS.conversationChars + 1), ...results('a') };
    expect(idsOf(JSON.stringify({ ...big, tasks: big.tasks }))).toEqual(['a']);
    expect(
      idsOf(pretty({ info: 'x'.repeat(RECORDING_LIMITS.conversationChars + 1), simulations: [simulation('a')] })),
    ).toEqual(['a']);
  });

  it('without a list of simulations is no recording', () => {
    expect(saysOf(pretty({ info: {}, tasks: [], simulations: {} }))).toEqual([
      'f, line 1, column 1: this object has no list "messages" (or "traj", of tau-bench), so it is not a recorded conversation',
    ]);
  });

  it('keeps its conversations when what follows them is broken', () => {
    const text = pretty({ simulations: [simulation('a'), simulation('b')], tasks: [] }).replace('"tasks"', 'tasks');
    expect(idsOf(text)).toEqual(['a', 'b']);
    expect(saysOf(text)[0]).toMatch(/Nothing from line 32 on could be read; 2 conversations were read before it\.$/);
  });

  it('does not read its tasks as conversations when its last simulation is broken', () => {
    const whole = pretty({ simulations: [simulation('a'), simulation('b')], tasks: [chat('t')] });
    const text = whole.replace('"id": "b"', '"id" "b"');
    expect(idsOf(text)).toEqual(['a']);
    expect(saysOf(text)).toHaveLength(1);
  });
});

describe('a broken element', () => {
  const list = [chat('a'), chat('b', 'a "b" \\ \n c'), chat('c'), chat('d')];
  const lines = pretty(list).split('\n');

  it('is reported with its place and what comes next', () => {
    const text = pretty(list).replace('"id": "b"', '"id": b');
    expect(idsOf(text)).toEqual(['a', 'c', 'd']);
    expect(saysOf(text)).toEqual([
      'f, line 12, column 11: the JSON breaks here: "b" is not a JSON value; mend it or export the file again. What begins in line 11 is left out; reading goes on in line 20.',
    ]);
  });

  it('costs no other conversation, whichever character of it is missing', () => {
    const begin = lines.slice(0, 10).join('\n').length + 1;
    const end = lines.slice(0, 19).join('\n').length;
    const whole = pretty(list);
    for (let at = begin; at < end; at += 1) {
      if (whole.charAt(at) === '\n') continue;
      expect(idsOf(whole.slice(0, at) + whole.slice(at + 1)).filter((id) => 'acd'.includes(id))).toEqual([
        'a',
        'c',
        'd',
      ]);
    }
  });

  it('costs no other conversation, whichever line of it is missing or doubled', () => {
    for (let at = 10; at < 19; at += 1) {
      const without = [...lines.slice(0, at), ...lines.slice(at + 1)].join('\n');
      const doubled = [...lines.slice(0, at), lines[at], ...lines.slice(at)].join('\n');
      expect(idsOf(without).filter((id) => 'acd'.includes(id))).toEqual(['a', 'c', 'd']);
      expect(idsOf(doubled).filter((id) => 'acd'.includes(id))).toEqual(['a', 'c', 'd']);
    }
  });

  it('with a line break inside a text is passed over to the next element', () => {
    const text = pretty(list).replace('a \\"b', 'a\nx\n   {\n\\"b');
    expect(idsOf(text)).toEqual(['a', 'c', 'd']);
  });

  it('ends the reading where nothing shows where the next one begins, and says so', () => {
    const text = JSON.stringify(list).replace('"id":"c"', '"id":');
    expect(idsOf(text)).toEqual(['a', 'b']);
    expect(saysOf(text)[0]).toMatch(/Nothing from line 1 on could be read; 2 conversations were read before it\.$/);
    const flat = pretty(list).replace(/^ +/gm, '').replace('"id": "c"', '"id": c');
    expect(idsOf(flat)).toEqual(['a', 'b']);
    expect(saysOf(flat)).toHaveLength(1);
  });

  it('at the end of a file that was cut off is reported with how much was read', () => {
    const text = pretty(list).slice(0, -40);
    expect(idsOf(text)).toEqual(['a', 'b', 'c']);
    expect(saysOf(text)).toEqual([
      'f, line 34, column 7: the JSON breaks here: the text ends too early; mend it or export the file again. Nothing from line 29 on could be read; 3 conversations were read before it.',
    ]);
  });

  it('that is too long or too deep is reported, and the next one read', () => {
    const { conversationChars: n, nesting } = RECORDING_LIMITS;
    const sized = (id: string, chars: number): object => ({
      ...chat(id),
      pad: ' '.repeat(chars - JSON.stringify({ ...chat(id), pad: '' }).length),
    });
    const nested = (id: string, depth: number): string =>
      `{"id":"${id}","messages":[],"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    expect(idsOf(JSON.stringify([chat('a'), sized('b', n), sized('c', n + 1), chat('d')]))).toEqual(['a', 'b', 'd']);
    expect(
      idsOf(`[${nested('a', nesting)},${nested('b', nesting + 1)},${nested('c', 90_000)},${nested('d', 2)}]`),
    ).toEqual(['a', 'd']);
    expect(saysOf(`[${nested('b', nesting + 1)}]`)).toEqual([
      'f, line 1, column 2: brackets are nested deeper than 64',
    ]);
  });
});

describe('any damage to a document', () => {
  it('never throws and never invents a conversation', () => {
    const whole = pretty([chat('a'), chat('b'), chat('c')]);
    const noise = fc.string({ unit: fc.constantFrom(...'{}[]",:\\ \n0ae') });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(20), noise, (at, cut, added) => {
        const text = whole.slice(0, at) + added + whole.slice(at + cut);
        const { conversations } = readRecording(text);
        expect(conversations.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 1_000 },
    );
  });
});
