import { describe, expect, it } from 'vitest';
import type { CallStep } from '../../terms/trace.ts';
import { RECORDING_LIMITS } from '../recording-limits.ts';
import type { AgentMessage, Message, RecordedCall, ToolMessage } from './message.ts';
import { toSteps } from './steps.ts';

const call = (
  call_id: string | undefined,
  tool = 'look',
  args: RecordedCall['args'] = {},
): Omit<RecordedCall, 'position'> => ({
  call_id,
  tool,
  args,
});

type Unnumbered = Omit<AgentMessage, 'index'> | Omit<ToolMessage, 'index'> | { from: 'customer'; text: string };

const agent = (text: string, ...calls: Omit<RecordedCall, 'position'>[]): Unnumbered => ({
  from: 'agent',
  text,
  calls: calls.map((each, position) => ({ ...each, position })),
});
const tool = (call_id: string | undefined, text: string, name?: string, failed = false): Unnumbered => ({
  from: 'tool',
  call_id,
  tool: name,
  text,
  failed,
});
const customer = (text: string): Unnumbered => ({ from: 'customer', text });

function stepsOf(...messages: Unnumbered[]) {
  const steps = toSteps(messages.map((message, index) => ({ ...message, index }) as Message));
  if (!steps.ok) throw new Error(steps.error);
  return steps.value;
}

const callsOf = (...messages: Unnumbered[]): CallStep[] => stepsOf(...messages).filter((step) => step.kind === 'call');
const resultsOf = (...messages: Unnumbered[]): (string | undefined)[] =>
  callsOf(...messages).map(({ result_text }) => result_text);

describe('steps', () => {
  it('keep the order of customer, replies and calls, a reply before the calls of its message', () => {
    const steps = stepsOf(
      customer('hi'),
      agent('wait', call('a'), call('b')),
      tool('b', '2'),
      tool('a', '1'),
      agent('done'),
    );
    expect(steps.map((step) => (step.kind === 'call' ? step.call_id : step.text))).toEqual([
      'hi',
      'wait',
      'a',
      'b',
      'done',
    ]);
    expect(resultsOf(agent('', call('a'), call('b')), tool('b', '2'), tool('a', '1'))).toEqual(['1', '2']);
  });

  it('tell which calls were made together, how many, and whether the agent wrote beside them', () => {
    const calls = callsOf(
      customer('hi'),
      agent('wait', call('a'), call('b')),
      tool('a', ''),
      tool('b', ''),
      agent('', call('c')),
    );
    expect(calls.map(({ turn, calls_in_turn, text_in_turn }) => [turn, calls_in_turn, text_in_turn])).toEqual([
      [1, 2, true],
      [1, 2, true],
      [4, 1, false],
    ]);
  });

  it('count calls of neighbouring messages as one turn, since none of their results was known', () => {
    const calls = callsOf(agent('', call('a')), agent('', call('b')), tool('a', '1'), tool('b', '2'));
    expect(calls.map(({ turn, calls_in_turn, result_text }) => [turn, calls_in_turn, result_text])).toEqual([
      [0, 2, '1'],
      [0, 2, '2'],
    ]);
  });

  it('count calls apart where the agent wrote or a result came between', () => {
    expect(callsOf(agent('', call('a')), agent('so', call('b'))).map(({ turn }) => turn)).toEqual([0, 1]);
    expect(callsOf(agent('', call('a')), tool('a', ''), agent('', call('b'))).map(({ turn }) => turn)).toEqual([0, 2]);
  });

  it('mark a call as failed only where the recording says so', () => {
    const calls = callsOf(agent('', call('a'), call('b')), tool('a', 'Error', undefined, true), tool('b', 'Error'));
    expect(calls.map(({ ok }) => ok)).toEqual([false, undefined]);
  });
});

describe('a result', () => {
  it('is absent for a call that was never answered, and left out where no call waits for it', () => {
    expect(resultsOf(tool('a', 'early'), agent('', call('a'), call('b')), tool('x', '?'), tool('b', '2'))).toEqual([
      undefined,
      '2',
    ]);
  });

  it('that comes after the next calls is left out: an earlier decision must not see it', () => {
    expect(
      resultsOf(agent('', call('a')), customer('hm'), agent('', call('b')), tool('a', 'late'), tool('b', '2')),
    ).toEqual([undefined, '2']);
  });

  it('follows in order where calls share an id', () => {
    const twice = [agent('', call('a')), tool('a', '1'), agent('', call('a')), tool('a', '2')];
    expect(resultsOf(...twice)).toEqual(['1', '2']);
    expect(callsOf(...twice).map(({ call_id }) => call_id)).toEqual(['call_0_0', 'call_2_0']);
    expect(resultsOf(agent('', call('a')), agent('thinking'), agent('', call('a')), tool('a', '2'))).toEqual([
      undefined,
      '2',
    ]);
    expect(resultsOf(agent('', call('a'), call('a')), tool('a', '1'), tool('a', '2'))).toEqual(['1', '2']);
  });

  it('follows in order where ids are absent, and goes to no call of another tool', () => {
    const two = agent('', call(undefined, 'look'), call(undefined, 'find'));
    expect(resultsOf(two, tool(undefined, '1'), tool(undefined, '2'))).toEqual(['1', '2']);
    expect(resultsOf(two, tool(undefined, 'f', 'find'), tool(undefined, 'l', 'look'))).toEqual(['l', 'f']);
    expect(resultsOf(two, tool(undefined, '?', 'other'))).toEqual([undefined, undefined]);
  });

  it('without an id may answer a call with one, and the other way round, but never another id', () => {
    expect(resultsOf(agent('', call('a')), tool(undefined, '1', 'look'))).toEqual(['1']);
    expect(resultsOf(agent('', call(undefined)), tool('a', '1', 'look'))).toEqual(['1']);
    expect(resultsOf(agent('', call('a')), tool('b', '1', 'look'))).toEqual([undefined]);
  });
});

describe('the arguments of a call', () => {
  const argsOf = (args: RecordedCall['args']): Pick<CallStep, 'args' | 'args_text'> => {
    const [step] = callsOf(agent('', call('a', 'look', args)));
    return { args: step?.args, args_text: step?.args_text };
  };

  it('are an object, written as JSON or given as one', () => {
    expect(argsOf('{"id": 1}')).toEqual({ args: { id: 1 }, args_text: undefined });
    expect(argsOf({ id: 1 })).toEqual({ args: { id: 1 }, args_text: undefined });
  });

  it.each([
    ['{"id": 1'],
    ['[1]'],
    ['"x"'],
    [''],
    ['null'],
    [`${'['.repeat(100_000)}`],
    ['{"id": 1e999}'],
    ['{"id": "\\ud800"}'],
    ['{"\\udc00": 1}'],
  ])('stay the text that the agent sent where that is no exact object: %.20s', (text) =>
    expect(argsOf(text)).toEqual({ args: undefined, args_text: text }),
  );

  it('are shown as JSON where they are another value', () => {
    expect(argsOf([1, 'x'])).toEqual({ args: undefined, args_text: '[1,"x"]' });
    expect(argsOf({ id: '\ud800' })).toEqual({ args: undefined, args_text: '{"id":"\\ud800"}' });
  });

  it('keep the name __proto__ as their own and change no prototype', () => {
    const { args } = argsOf('{"__proto__": {"admin": true}}');
    expect(Object.hasOwn(args ?? {}, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(args)).toBe(Object.prototype);
  });

  it('are refused above the limit of a text', () => {
    const { textChars: n } = RECORDING_LIMITS;
    const sized = (chars: number): string => `{"x":"${'x'.repeat(chars - 8)}"}`;
    expect(argsOf(sized(n)).args).toBeDefined();
    expect(() => argsOf(sized(n + 1))).toThrow(`the argument text of the call "a" is longer than ${n} characters`);
  });
});

it('a turn has as many calls as the limit and no more, in one message or in several', () => {
  const { callsPerTurn: n } = RECORDING_LIMITS;
  const calls = Array.from({ length: n }, (_, i) => call(`c${i}`));
  expect(callsOf(agent('', ...calls))).toHaveLength(n);
  expect(() => callsOf(agent('', ...calls, call('more')))).toThrow('the call "more" is one too many in its turn');
  expect(() => callsOf(agent('', ...calls), agent('', call('more')))).toThrow(
    'the call "more" is one too many in its turn',
  );
});
