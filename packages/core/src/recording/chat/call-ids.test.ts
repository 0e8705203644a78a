import { describe, expect, it } from 'vitest';
import { nameCalls } from './call-ids.ts';
import type { Message, RecordedCall } from './message.ts';

/** The names of calls given as messages of ids; the index of a message is its place. */
function namesOf(...messages: (string | undefined)[][]): string[] {
  const all = messages.map((ids, index): Message => {
    const calls = ids.map((call_id, position): RecordedCall => ({ position, call_id, tool: 't', args: {} }));
    return { from: 'agent', index, text: '', calls };
  });
  const names = nameCalls(all);
  return all.flatMap((message) => (message.from === 'agent' ? message.calls.map((call) => names.get(call) ?? '') : []));
}

describe('the name of a call', () => {
  it('is its recorded id where no other call has it', () => {
    expect(namesOf(['a', 'b'], ['c'])).toEqual(['a', 'b', 'c']);
  });

  it('is made of message and position where the id is absent', () => {
    expect(namesOf(['a'], [undefined, 'b', undefined])).toEqual(['a', 'call_1_0', 'b', 'call_1_2']);
  });

  it('is made of message and position for every call that shares its id, the first one too', () => {
    expect(namesOf(['a'], ['b', 'a'], ['a'])).toEqual(['call_0_0', 'b', 'call_1_1', 'call_2_0']);
  });

  it('is never that of another call, also where recorded ids look like made ones', () => {
    expect(namesOf(['call_1_0'], [undefined])).toEqual(['call_0_0', 'call_1_0']);
    expect(namesOf(['call_1_0'], ['call_2_0'], [undefined])).toEqual(['call_0_0', 'call_1_0', 'call_2_0']);
    expect(namesOf(['call_0_0'], ['x'], ['x'])).toEqual(['call_0_0', 'call_1_0', 'call_2_0']);
    expect(namesOf(['call_1_1', 'call_1_0'], [undefined, undefined])).toEqual([
      'call_0_0',
      'call_0_1',
      'call_1_0',
      'call_1_1',
    ]);
    expect(namesOf([undefined], ['call_1_0', 'call_0_0'])).toEqual(['call_0_0', 'call_1_0', 'call_1_1']);
  });
});
