import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventParser, type StreamEvent } from './event-stream.ts';

function read(pieces: readonly string[]): StreamEvent[] {
  const events: StreamEvent[] = [];
  const parse = eventParser((event) => events.push(event));
  pieces.forEach(parse);
  return events;
}

describe('a stream of events', () => {
  it.each([
    [
      'a whole event',
      'id: 7\nevent: agent.stopped\ndata: {"seq":7}\n\n',
      [{ type: 'agent.stopped', id: '7', data: '{"seq":7}' }],
    ],
    ['an event without a name', 'data: a\n\n', [{ type: 'message', id: '', data: 'a' }]],
    ['several lines of data', 'data: a\ndata:b\ndata:  c\n\n', [{ type: 'message', id: '', data: 'a\nb\n c' }]],
    ['a comment that keeps it alive', ': still here\n\n', []],
    ['an event without data', 'event: ping\n\ndata: x\n\n', [{ type: 'message', id: '', data: 'x' }]],
    [
      'an id that stays',
      'id: 1\ndata: a\n\ndata: b\n\n',
      [
        { type: 'message', id: '1', data: 'a' },
        { type: 'message', id: '1', data: 'b' },
      ],
    ],
    [
      'an id that is none',
      'id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n',
      [
        { type: 'message', id: '1', data: 'a' },
        { type: 'message', id: '1', data: 'b' },
      ],
    ],
    ['an event that is cut off', 'data: a\n', []],
  ])('reads %s', (_, text, events) => {
    expect(read([text])).toEqual(events);
    expect(read([text.replaceAll('\n', '\r\n')])).toEqual(events);
  });

  it('reads the same in pieces of any size', () => {
    const text =
      ': hello\r\nid: 4\r\nevent: pact.published\r\ndata: {"a":"ü"}\r\ndata: 2\r\n\r\nid: 5\ndata: three\n\n';
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(text.length)), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        expect(read(at.slice(1).map((to, i) => text.slice(at[i], to)))).toEqual(read([text]));
      }),
    );
  });

  it('takes no event without end', () => {
    expect(() => read(Array(17).fill('x'.repeat(65_536)))).toThrow('too long');
  });
});
