import { describe, expect, it } from 'vitest';
import { readRecording } from '../reader.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';

const HEADER = 'conversation_id,role,content,at,agent,customer_id,channel,tool,args,call_id,result';

const read = (rows: readonly string[], header = HEADER) =>
  readRecording([header, ...rows].join('\n'), { source: 'f.csv' });
const saysOf = (rows: readonly string[], header = HEADER): string[] =>
  read(rows, header).unreadable.map(({ says }) => says);
const stepsOf = (rows: readonly string[]) => read(rows).conversations[0]?.steps;
const idsOf = (rows: readonly string[], header = HEADER): string[] =>
  read(rows, header).conversations.map(({ id }) => id);

describe('a CSV file of one message a row', () => {
  it('gives customers, replies, calls and results', () => {
    const { conversations, unreadable } = read([
      'c1,user,"Where is ""it""?",2026-03-01T10:00:00Z,bot,u1,chat,,,,',
      'c1,system,be kind,,,,,,,,',
      'c1,assistant,One moment.,2026-03-01T10:00:05Z,,,,,,,',
      'c1,assistant,,,,,,get_order,"{""id"":1}",k1,',
      'c1,tool,found,,,,,,,k1,',
      'c2,customer,Hi,2026-03-01 10:00:00,,,,,,,',
    ]);
    expect(unreadable).toEqual([]);
    expect(conversations).toEqual([
      {
        id: 'c1',
        agent: 'bot',
        customer_id: 'u1',
        channel: 'chat',
        at: Date.UTC(2026, 2, 1, 10),
        steps: [
          { kind: 'customer', text: 'Where is "it"?', at: Date.UTC(2026, 2, 1, 10) },
          { kind: 'reply', text: 'One moment.', at: Date.UTC(2026, 2, 1, 10, 0, 5) },
          {
            kind: 'call',
            call_id: 'k1',
            tool: 'get_order',
            args: { id: 1 },
            result_text: 'found',
            turn: 2,
            calls_in_turn: 1,
            text_in_turn: false,
          },
        ],
      },
      { id: 'c2', steps: [{ kind: 'customer', text: 'Hi' }] },
    ]);
  });

  it('may have a call and its result in one row, of the agent or of the tool', () => {
    const calls = stepsOf([
      'c1,assistant,,,,,,get_order,"{""id"":1}",,first',
      'c1,assistant,,,,,,get_order,"{""id"":2}",,second',
      'c1,tool,third,,,,,get_order,"{""id"":3}",,',
      'c1,assistant,,,,,,get_order,,,',
    ]);
    expect(
      calls?.map((step) => step.kind === 'call' && [step.call_id, step.args, step.result_text, step.turn]),
    ).toEqual([
      ['call_0_0', { id: 1 }, 'first', 0],
      ['call_1_0', { id: 2 }, 'second', 1],
      ['call_2_0', { id: 3 }, 'third', 2],
      ['call_3_0', {}, undefined, 3],
    ]);
  });

  it('gives a result that stands beside its call to that call, also when an earlier one waits', () => {
    const calls = stepsOf(['c1,assistant,,,,,,look_up,,,', 'c1,assistant,,,,,,look_up,,,mine']);
    expect(calls?.map((step) => step.kind === 'call' && [step.result_text, step.calls_in_turn])).toEqual([
      [undefined, 2],
      ['mine', 2],
    ]);
  });

  it('may name its columns otherwise, in any order, with semicolons or tabs, and hold others that are not read', () => {
    expect(idsOf(['hello;gold;c1;Agent'], 'Message;label;Ticket ID;Author Role')).toEqual(['c1']);
    expect(idsOf(['c1\tbot\thello'], 'thread-id\tsender\tbody')).toEqual(['c1']);
    const text = JSON.stringify(read(['hello;gold;c1;Agent'], 'Message;label;Ticket ID;Author Role').conversations);
    expect(text).not.toContain('gold');
  });

  it('is refused when its header lacks a column or has two for one meaning', () => {
    expect(saysOf(['c1,hello'], 'conversation_id,content')).toEqual([
      'f.csv, line 1: this is neither JSON nor CSV with a known header: the column "role" is missing (known names: role, author_role, author, sender, speaker)',
    ]);
    expect(saysOf(['c1,user,a,b'], 'conversation_id,role,text,message')).toEqual([
      'f.csv, line 1: two columns mean "text" (text, content, message, body); keep one of them',
    ]);
    expect(saysOf([], 'conversation_id,role')[0]).toContain('the column "text" is missing');
  });

  it('with a header and no rows is a recording of no conversations', () => {
    expect(read([])).toEqual({ conversations: [], unreadable: [] });
  });
});

describe('a conversation in CSV that cannot be read', () => {
  it('is reported with its row, and the others are read', () => {
    const rows = [
      'a,user,x,,,,,,,,',
      'b,user,x,,,,,,,,',
      'b,robot,x,,,,,,,,',
      'b,user,y,,,,,,,,',
      'c,user,a "quote",,,,,,,,',
      'd,user,"He said "hi"",,,,,,,,',
      'e,user,one, two, three,,,,,,,,,',
      ',user,x,,,,,,,,',
      'f,user,x,,,,,,,,',
    ];
    expect(idsOf(rows)).toEqual(['a', 'c', 'f']);
    expect(saysOf(rows)).toEqual([
      'f.csv, line 4: the role "robot" is not known; write user, assistant, tool or system',
      'f.csv, line 7: a quoted field goes on behind its closing quote; double the quotes inside a field',
      'f.csv, line 8: this row has 14 fields and the header 11; quote fields that hold a separator',
      'f.csv, line 9: this row has no conversation_id; write into each row which conversation it belongs to',
    ]);
  });

  it('is one whose rows stand apart', () => {
    const rows = ['a,user,x,,,,,,,,', 'b,user,x,,,,,,,,', 'a,user,y,,,,,,,,', 'a,user,z,,,,,,,,', 'c,user,x,,,,,,,,'];
    expect(idsOf(rows)).toEqual(['a', 'b', 'c']);
    expect(saysOf(rows)).toEqual([
      'f.csv, line 4: rows of this conversation stand apart from its first ones; sort the file by conversation',
    ]);
  });

  it('is the rest of a file behind a quote that is never closed', () => {
    const rows = ['a,user,x,,,,,,,,', 'b,user,"x,,,,,,,,', 'c,user,x,,,,,,,,'];
    expect(idsOf(rows)).toEqual(['a']);
    expect(saysOf(rows)).toEqual([
      'f.csv, line 3: a quote is opened in this row and never closed; close it. Nothing from line 3 on could be read; 1 conversation was read before it.',
    ]);
  });

  it('is one whose rows together are longer than the limit', () => {
    const { conversationChars: n, textChars } = RECORDING_LIMITS;
    const rowOf = (id: string, chars: number): string => `${id},user,${'x'.repeat(chars - `${id}user`.length)}`;
    const rowsOf = (id: string, chars: number): string[] => {
      const full = Array.from({ length: Math.floor(chars / textChars) }, () => rowOf(id, textChars));
      return [...full, rowOf(id, chars % textChars)];
    };
    const rows = [...rowsOf('a', n), ...rowsOf('b', n + 1), ...rowsOf('c', 9)];
    expect(idsOf(rows, 'conversation_id,role,text')).toEqual(['a', 'c']);
  });
});

describe('the limits of a CSV file', () => {
  it('hold for its header', () => {
    const { csvHeaderChars: n } = RECORDING_LIMITS;
    const header = 'conversation_id,role,text,';
    expect(idsOf(['a,user,x,'], header + 'x'.repeat(n - header.length))).toEqual(['a']);
    expect(saysOf(['a,user,x,'], header + 'x'.repeat(n + 1 - header.length))[0]).toContain('too long for a header');
  });

  it('hold for the ids that are remembered', () => {
    const { rememberedIds: n } = RECORDING_LIMITS;
    const rows = Array.from({ length: n }, (_, i) => `${i},user,x`);
    expect(saysOf(rows, 'conversation_id,role,text')).toEqual([]);
    expect(saysOf([...rows, 'one more,user,x', 'and another,user,x'], 'conversation_id,role,text')).toEqual([
      `f.csv, line ${n + 2}: there are more than ${n} conversations in one file; split it. Nothing from line ${n + 2} on could be read; ${n} conversations were read before it.`,
    ]);
  }, 30_000);
});
