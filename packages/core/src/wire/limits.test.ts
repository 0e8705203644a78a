/** Every limit of the wire: what is as much is taken, and one more is refused. */
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ProposeAction } from './action.ts';
import { ListConversations } from './conversation.ts';
import { AnswerHold } from './hold.ts';
import { ImportConversations } from './import.ts';
import { WIRE_LIMITS } from './limits.ts';
import { ProposePact, SignPact } from './pact.ts';
import { ROUTES } from './routes.ts';
import { AgentName, Note } from './shapes.ts';

type Limit = keyof typeof WIRE_LIMITS;

const chars = (n: number) => 'x'.repeat(n);
const listOf = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one);
const filesOf = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`${i}.md`, '']));
const proposal = (more: object) => ({ agent: 'bot', conversation_id: 'c', call_id: '1', tool: 't', args: {}, ...more });
const digest = 'f'.repeat(64);
const also = { id: `hld_${'0'.repeat(32)}`, args_sha256: digest };
const talk = (steps: number) => ({ id: 'c', steps: listOf(steps, { kind: 'customer', text: 'hello' }) });
const recording = (conversations: object[]) => ({ run: 'abcdefgh', pact: 'p.yaml', files: {}, conversations });

const SHAPES: Partial<Record<Limit, readonly [z.ZodType, (n: number) => unknown]>> = {
  idChars: [ProposeAction, (n) => proposal({ conversation_id: chars(n) })],
  nameChars: [AgentName, chars],
  toolChars: [ProposeAction, (n) => proposal({ tool: chars(n) })],
  channelChars: [ProposeAction, (n) => proposal({ channel: chars(n) })],
  callsInTurn: [ProposeAction, (n) => proposal({ calls_in_turn: n })],
  traceMessages: [ProposeAction, (n) => proposal({ trace: listOf(n, {}) })],
  noteChars: [Note, chars],
  holdsPerAnswer: [AnswerHold, (n) => ({ answer: 'approve', args_sha256: digest, also: listOf(n, also) })],
  importConversations: [ImportConversations, (n) => recording(listOf(n, talk(1)))],
  importSteps: [ImportConversations, (n) => recording([talk(n)])],
  pactFiles: [ProposePact, (n) => ({ pact: 'p.yaml', files: filesOf(n) })],
  pathChars: [ProposePact, (n) => ({ pact: chars(n), files: { [chars(n)]: '' } })],
  ticks: [SignPact, (n) => ({ ticked: listOf(n, 'R-1') })],
  waitSeconds: [ROUTES['action.show'].query as z.ZodType, (n) => ({ wait: n })],
  viewRows: [ListConversations, (n) => ({ limit: n })],
};

/** By the server, over HTTP: `http/misfit.test.ts`, `events.test.ts`, `sign-in.test.ts`; `page` is how much is read at once. */
const ELSEWHERE: readonly Limit[] = [
  'bodyBytes',
  'pactBodyBytes',
  'depth',
  'eventStreams',
  'eventStreamsEach',
  'passwordCharsMin',
  'passwordCharsMax',
  'page',
];

describe('a request', () => {
  it.each(Object.entries(SHAPES))('%s', (limit, [shape, make]) => {
    const most = WIRE_LIMITS[limit as Limit];
    expect(shape.safeParse(make(most)).error?.issues).toBeUndefined();
    expect(shape.safeParse(make(most + 1)).success).toBe(false);
  });
});

it('leaves no limit untested', () => {
  expect([...Object.keys(SHAPES), ...ELSEWHERE].sort()).toEqual(Object.keys(WIRE_LIMITS).sort());
});
