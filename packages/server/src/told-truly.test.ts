/** What is answered is what then is: of repeated requests, of a stop, and of an approval that is over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, holdsPact, SampleHolds } from './server/sample-holds.ts';
import type { Answered, SampleServer } from './server/sample-server.ts';

describe('an answer', () => {
  let on: SampleHolds;
  let server: SampleServer;
  beforeAll(async () => {
    on = await SampleHolds.open();
    server = on.server;
  });
  afterAll(() => server.close());

  const said = ({ status, body }: Answered) => ({ status, code: `${body.code}`, detail: `${body.detail}` });
  const show = async (action: unknown) => (await server.call('GET', `/v1/actions/${action}`)).body;

  it('to a name that is taken says whose it is, and to the same words what was recorded', async () => {
    const register = (party: string) => server.call('POST', '/v1/agents', { name: 'taken', party });
    const first = await register('operator');
    expect(await register('operator')).toEqual(first);
    expect(said(await register('vendor'))).toEqual({
      status: 409,
      code: 'agent.exists',
      detail: 'taken is already registered; declare a change with surety agent version taken',
    });
  });

  it('to a second signature says who signed, and to one who proposed why not', async () => {
    const files = { 'pact.yaml': holdsPact(2, '40.00 USD') };
    const proposed = await server.call('POST', '/v1/pacts', { pact: 'pact.yaml', files }, { as: 'bob.ray' });
    const path = `/v1/pacts/${proposed.body.pact?.digest}/sign`;
    const sign = async (as: string) => said(await server.call('POST', path, {}, { as }));
    expect(await sign('bob.ray')).toMatchObject({
      code: 'pact.same_person',
      detail: 'person:bob.ray proposed holds version 2; another person has to sign it',
    });
    expect((await sign('ken.ito')).status).toBe(200);
    expect((await sign('ken.ito')).status).toBe(200);
    expect(await sign('ann.lee')).toEqual({
      status: 409,
      code: 'pact.state',
      detail: 'holds version 2 was already signed by person:ken.ito',
    });
  });

  it('to a resume is yes only where the agent then goes on', async () => {
    const agent = on.agent();
    const ask = (verb: string, body: object) => server.call('POST', `/v1/agents/${agent}/${verb}`, body);
    const resume = (lane?: string) => ask('resume', { reason: 'mended', ...(lane === undefined ? {} : { lane }) });
    await ask('stop', { lane: 'gifts' });
    expect(said(await resume('refunds')).detail).toBe(`${agent} is neither stopped nor suspended in refunds`);
    await ask('stop', {});
    expect(said(await resume('gifts')).detail).toMatch(/is stopped in every lane; resume it without naming a lane/);
    expect((await on.propose(agent, 5)).body).toMatchObject({ decision: 'deny' });
    expect((await resume()).status).toBe(200);
    expect((await on.propose(agent, 5)).body).toMatchObject({ decision: 'allow' });
  });

  it('never says that a stopped agent may run what the gate had allowed; a hand-over may', async () => {
    const agent = on.agent();
    const allowed = (await on.propose(agent, 5)).body.id;
    const handOver = (await on.propose(agent, 0, { tool: 'hand_over', args: {} })).body.id;
    expect(await show(allowed)).toMatchObject({ may_run: true });
    await server.call('POST', `/v1/agents/${agent}/stop`, {});
    expect(await show(allowed)).toMatchObject({ may_run: false });
    expect(await show(handOver)).toMatchObject({ may_run: true });
    await server.call('POST', `/v1/agents/${agent}/resume`, { reason: 'over' });
    expect(await show(allowed)).toMatchObject({ may_run: true });
  });

  it('tells no agent to go on with an approval that another call has used', async () => {
    const one = await on.held(on.agent(), 60);
    await on.answer(one, 'approve');
    expect(await on.standing(one)).toMatchObject({
      may_run: true,
      tell_the_agent: expect.stringMatching(/^A person approved/),
    });
    expect((await on.propose(one.agent, 60)).body).toMatchObject({ decision: 'allow' });
    expect(await on.standing(one)).toMatchObject({
      may_run: false,
      tell_the_agent:
        'The approval of this was used or is over, so it does not run. Propose it again if it is still wanted.',
    });
    expect(codeOf(await on.answer(one, 'refuse'))).toBe('hold.answered');
  });

  it('to an import counts a conversation that it names twice as one that was there', async () => {
    const conversation = { id: 'recorded twice', steps: [{ kind: 'customer', text: 'hello' }] };
    const files = { 'pact.yaml': holdsPact(9, '30.00 USD') };
    const take = (run: string) =>
      server.call('POST', '/v1/conversations/import', {
        run,
        pact: 'pact.yaml',
        files,
        conversations: [conversation, conversation],
      });
    expect((await take('run00001')).body).toMatchObject({ conversations: 2, known: 1 });
    expect((await take('run00002')).body).toMatchObject({ conversations: 2, known: 2 });
  });
});
