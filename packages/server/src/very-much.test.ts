/** What is more than an entry or a disclosure holds: refused in a sentence, or recorded as far as it tells something. */
import { PACT_LIMITS } from '@surety/core/pact';
import { WIRE_LIMITS } from '@surety/core/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REASONS_MAX } from './operations/action/recorded-reasons.ts';
import { list, SampleServer, text } from './server/sample-server.ts';

const RULES = REASONS_MAX + 1;
const PACT = `
pact: very-much
format: 1
version: 1
says: What is judged by very many rules.
author: dana.kim
agents: [bot]
currency: USD
zone: UTC
owners:
  desk: { primary: maria.lopez, backup: omar.haddad, answer_within: 15m, then: deny }
lanes:
  notes:
    owner: desk
    mode: enforce
    may:
      note: { args: { type: object, required: [text], additionalProperties: false, properties: { text: { type: string } } } }
    never:
${Array.from({ length: RULES }, (_, n) => `      - { id: N-${n + 1}, says: Never note it, severity: minor, mode: ${n === 0 ? 'enforce' : 'shadow'}, unless: page.words == "${n}" }`).join('\n')}
    autonomy: { limited: { hold_sample: 0% }, autonomous: { hold_sample: 0% } }
consequences: {}
evidence: { keep: 400d, personal: [trace.text, action.args.text], erase_after: 180d }
types:
  Page: { words: string }
facts:
  page: { from: trace, tools: [read_page], take: latest, type: Page }
reads:
  read_page: { says: Read a page }
`;

describe('very much at once', () => {
  let server: SampleServer;
  const size = () => server.desk.writer.world.size;
  const read = async (conversation: string) =>
    text((await server.propose(conversation, 'read', 'read_page', {})).body.id);
  const report = (action: string, result: unknown) =>
    server.call('POST', `/v1/actions/${action}/report`, { status: 'executed', result });
  beforeAll(async () => {
    server = await SampleServer.open();
    await server.force(PACT);
    await server.call('POST', '/v1/agents', { name: 'bot' });
    await server.call('POST', '/v1/agents/bot/state', { lane: 'notes', state: 'autonomous' });
  });
  afterAll(() => server.close());

  it.each([
    ['trace', { trace: [{ role: 'user', content: '"'.repeat(500_000) }] }],
    ['args', { args: { text: '"'.repeat(500_000) } }],
  ])('said along: the %s is refused, and nothing is recorded', async (what, more) => {
    const before = size();
    const { status, body } = await server.propose('c-refused', 'c', 'note', { text: 'x' }, more);
    expect([status, body.code]).toEqual([413, 'request.too_large']);
    expect(body.detail).toBe(`The ${what} would take more than 1048576 bytes on the record; send less at once`);
    expect(size()).toBe(before);
  });

  it('in a result: up to the limit it is read again, and a byte more is refused', async () => {
    // The step around the result, as the text that is disclosed, and its quotes.
    const around = JSON.stringify(
      JSON.stringify({
        args: {},
        at: server.now,
        call_id: 'read',
        kind: 'call',
        ok: true,
        result: { words: '' },
        tool: 'read_page',
      }),
    ).length;
    const words = 'x'.repeat(1_048_576 - around);
    const action = await read('c-result');
    const { status, body } = await report(action, { words: `${words}x` });
    expect([status, body.code]).toEqual([413, 'request.too_large']);
    expect((await report(action, { words })).status).toBe(200);
    await server.restart();
    const shown = await server.call('GET', '/v1/conversations/c-result');
    expect(JSON.stringify(shown.body)).toContain(words);
  });

  it(`of reasons: ${REASONS_MAX} are recorded with what they saw, those that had an effect first`, async () => {
    await report(await read('c-reasons'), { words: 'é'.repeat(20_000) });
    const { body } = await server.propose('c-reasons', 'note', 'note', { text: 'x' });
    expect([body.decision, list(body.reasons).length]).toEqual(['deny', REASONS_MAX]);
    expect(list(body.reasons).map(({ id }) => id)).toContain('N-1');
    const { body: decision } = await server.call('GET', `/v1/decisions/${body.id}`);
    expect(list(decision.reasons)[0]?.values).toEqual({ 'page.words': `${'é'.repeat(500)}…` });
    expect(list(decision.rules).map(({ outcome }) => outcome)).toEqual(Array.from({ length: RULES }, () => 'fired'));
    expect(decision.judged_again?.agrees).toBe(true);
  });

  it('in the files of a pact: as many, and as many bytes, as the limits say', async () => {
    const send = (files: object) => server.call('POST', '/v1/pacts', { pact: 'pact.yaml', files });
    const said = async (files: object) => {
      const { status, body } = await send(files);
      return [status, body.detail];
    };
    const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`${i}.md`, '']));
    expect((await said({ 'pact.yaml': PACT, ...many(WIRE_LIMITS.pactFiles - 1) }))[0]).toBe(200);
    expect((await said({ 'pact.yaml': PACT, ...many(WIRE_LIMITS.pactFiles) }))[0]).toBe(400);
    const around = JSON.stringify({ pact: 'pact.yaml', files: { 'pact.yaml': '' } }).length;
    const large = (bytes: number) => ({ 'pact.yaml': 'x'.repeat(bytes - around) });
    expect(await said(large(WIRE_LIMITS.pactBodyBytes))).toEqual([
      413,
      `A pact and its files have at most ${PACT_LIMITS.allFilesBytes} bytes together`,
    ]);
    expect(await said(large(WIRE_LIMITS.pactBodyBytes + 1))).toEqual([413, 'The body is too large; send less']);
  });

  it('in an entry: it is refused, and nothing is recorded', async () => {
    const files = { 'pact.yaml': PACT.replace('version: 1', 'version: 2') };
    const { body } = await server.call('POST', '/v1/pacts', { pact: 'pact.yaml', files }, { as: 'dana.kim' });
    const before = size();
    const ticked = Array.from({ length: 400 }, (_, n) => `${n} ${'x'.repeat(190)}`);
    const signed = await server.call('POST', `/v1/pacts/${body.pact?.digest}/sign`, { ticked }, { as: 'ken' });
    expect([signed.status, signed.body.detail]).toEqual([
      413,
      'Its pact.signed would take more than the 65535 bytes of an entry; ask for less at once',
    ]);
    expect(size()).toBe(before);
  });

  it('said in a recording: it becomes several entries, and all of it is read again', async () => {
    const texts = ['a', 'b', 'c'].map((letter) => `"${letter}`.repeat(45_000));
    const before = size();
    const answer = await server.call('POST', '/v1/conversations/import', {
      run: 'abcdefgh',
      pact: 'pact.yaml',
      files: { 'pact.yaml': PACT },
      agent: 'recorded',
      now: '2026-01-01T00:00:00Z',
      conversations: [{ id: 'long', steps: texts.map((words) => ({ kind: 'customer', text: words })) }],
    });
    expect(answer.status).toBe(200);
    const traces = (await server.entries(before)).filter(({ type }) => type === 'trace.observed');
    expect(traces).toHaveLength(texts.length);
    const shown = JSON.stringify((await server.call('GET', '/v1/conversations/long')).body);
    for (const words of texts) expect(shown).toContain(JSON.stringify(words).slice(1, -1));
  });

  it('leaves entries that fit their schema', async () => {
    expect(await server.misfits()).toEqual([]);
  });
});
