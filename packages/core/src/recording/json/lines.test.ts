import { describe, expect, it } from 'vitest';
import { readRecording } from '../reader.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';

const line = (id: string, content = 'hello'): string => JSON.stringify({ id, messages: [{ role: 'user', content }] });

const idsOf = (text: string): string[] => readRecording(text).conversations.map(({ id }) => id);
const saysOf = (text: string): string[] =>
  readRecording(text, { source: 'calls.jsonl' }).unreadable.map(({ says }) => says);

describe('a file of one conversation a line', () => {
  it('gives the conversations in order, across blank lines, carriage returns and a missing last line break', () => {
    expect(idsOf(`${line('a')}\r\n\n  \n${line('b')}\n${line('c')}`)).toEqual(['a', 'b', 'c']);
  });

  it('reports a broken line with its place and reads all others', () => {
    const text = [line('a'), '{"id": "b", "messages": [}', line('c'), line('d').slice(0, -5), line('e')].join('\n');
    expect(idsOf(text)).toEqual(['a', 'c', 'e']);
    expect(saysOf(text)).toEqual([
      'calls.jsonl, line 2, column 26: this line is not JSON: "}" stands where a value or "]" is expected; mend it or export the conversation again',
      'calls.jsonl, line 4, column 53: this line is not JSON: the text ends too early; mend it or export the conversation again',
    ]);
  });

  it('reports a first line that breaks and reads all others', () => {
    expect(idsOf(`{"id": "a", "messages": [}\n${line('b')}\n${line('c')}`)).toEqual(['b', 'c']);
    expect(idsOf(`${line('a').slice(0, -2)}\n${line('b')}\n${line('c')}`)).toEqual(['b', 'c']);
    expect(idsOf(`${line('a').slice(0, -12)}\n${line('b')}\n${line('c')}`)).toEqual(['b', 'c']);
  });

  it('reports lines of another format mixed in', () => {
    const text = `${line('a')}\nconversation_id,role,content\n[]\n${line('b')}`;
    expect(idsOf(text)).toEqual(['a', 'b']);
    expect(saysOf(text).map((says) => says.slice(0, 41))).toEqual([
      'calls.jsonl, line 2, column 1: this line ',
      'calls.jsonl, line 3: a conversation must ',
    ]);
  });

  it('reads a line as long as the limit, reports one that is longer, and reads on', () => {
    const { conversationChars: n } = RECORDING_LIMITS;
    const padded = (id: string, chars: number): string => line(id) + ' '.repeat(chars - line(id).length);
    const text = [line('a'), padded('b', n), padded('c', n + 1), line('d')].join('\n');
    expect(idsOf(text)).toEqual(['a', 'b', 'd']);
    expect(saysOf(text)).toEqual([
      `calls.jsonl, line 3: this conversation is longer than ${n} characters; leave out what nobody said`,
    ]);
  });

  it('reports brackets nested too deep and reads on', () => {
    const deep = `{"id": "b", "messages": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const text = [line('a'), deep, line('c')].join('\n');
    expect(idsOf(text)).toEqual(['a', 'c']);
    expect(saysOf(text)[0]).toContain('line 2, column 88: this line is not JSON: brackets are nested deeper than 64');
  });
});
