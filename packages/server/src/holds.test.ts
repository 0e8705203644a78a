/** The life of a hold, over HTTP: answered by one of two people, several at once, by nobody, under an older pact. */
import { DAY, MINUTE } from '@surety/core/terms';
import { WIRE_LIMITS } from '@surety/core/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { worldText } from './operations/world/open-world.ts';
import { codeOf, holdsPact, SampleHolds } from './server/sample-holds.ts';
import { list, type SampleServer, text } from './server/sample-server.ts';

describe('a hold', () => {
  let on: SampleHolds;
  let server: SampleServer;
  beforeAll(async () => {
    on = await SampleHolds.open();
    server = on.server;
  });
  afterAll(() => server.close());

  describe('answered', () => {
    it('once: the second person hears who was first, the same answer again hears the same', async () => {
      const one = await on.held(on.agent(), 60);
      const [first, second] = await Promise.all([
        on.answer(one, 'approve', {}, 'maria.lopez'),
        on.answer(one, 'refuse', {}, 'omar.haddad'),
      ]);
      const [won, lost] = first.status === 200 ? [first, second] : [second, first];
      expect([won.status, lost.status, codeOf(lost)]).toEqual([200, 409, 'hold.answered']);
      const [verb, as] = won === first ? ['approve', 'maria.lopez'] : ['refuse', 'omar.haddad'];
      expect(text(lost.body.detail)).toContain(`person:${as}`);
      expect(await on.answer(one, verb as string, {}, as as string)).toEqual(won);
      expect(codeOf(await on.answer(one, 'refuse', {}, 'sam.reed'))).toBe('hold.answered');
      expect(codeOf(await on.answer(one, verb as string, {}, 'sam.reed'))).toBe('hold.answered');
    });

    it('several of one conversation at once, each bound to its own arguments', async () => {
      const agent = on.agent();
      const [one, two] = [await on.held(agent, 60), await on.held(agent, 61)];
      const also = [{ id: two.hold, args_sha256: two.digest }];
      expect(codeOf(await on.answer(one, 'approve', { also: [{ id: two.hold, args_sha256: one.digest }] }))).toBe(
        'hold.args_changed',
      );
      expect(codeOf(await on.answer(one, 'approve', { also: [{ id: one.hold, args_sha256: one.digest }] }))).toBe(
        'request.malformed',
      );
      const elsewhere = await on.held(on.agent(), 60);
      expect(
        codeOf(await on.answer(one, 'approve', { also: [{ id: elsewhere.hold, args_sha256: elsewhere.digest }] })),
      ).toBe('request.malformed');
      expect(codeOf(await on.answer(one, 'edit', { also, args: { amount: 5 } }))).toBe('request.malformed');
      const both = await on.answer(one, 'approve', { also });
      expect(both.body).toMatchObject({ holds: [{ id: one.hold }, { id: two.hold }] });
      for (const hold of [one, two]) expect(await on.standing(hold)).toMatchObject({ may_run: true });
      expect(codeOf(await on.answer(two, 'refuse', {}, 'omar.haddad'))).toBe('hold.answered');
    });

    it('of one conversation, however many others are more urgent', async () => {
      const [one] = [await on.held(on.agent(), 60), await on.held(on.agent(), 60)];
      const cards = async (query: string) => list((await server.call('GET', `/v1/holds${query}`)).body.cards);
      const mine = (await cards('')).find(({ holds }) => list(holds).some(({ id }) => text(id) === one.hold));
      expect(await cards(`?conversation=${text(mine?.conversation)}`)).toEqual([mine]);
      expect(await cards('?conversation=none')).toEqual([]);
    });

    it('among very many of one conversation: a card shows as many as one answer takes', async () => {
      const agent = on.agent();
      const ids: string[] = [];
      for (let i = 0; i < WIRE_LIMITS.holdsPerAnswer; i++) ids.push((await on.held(agent, 60)).hold);
      const shown = async () => {
        const { cards, ...counts } = (await server.call('GET', `/v1/holds?agent=${agent}`)).body;
        return [list(cards).map(({ holds }) => list(holds).map(({ id }) => id)), counts];
      };
      const counts = { conversations: 1, late: 0, owners: ['billing'] };
      expect(await shown()).toEqual([[ids], { open: ids.length, ...counts }]);
      const last = await on.held(agent, 60);
      expect(await shown()).toEqual([[ids], { open: ids.length + 1, ...counts }]);
      await on.answer({ ...last, hold: ids[0] as string }, 'refuse');
      expect(await shown()).toEqual([[[...ids.slice(1), last.hold]], { open: ids.length, ...counts }]);
    });

    it('refused: it does not run, and the agent hears so', async () => {
      const one = await on.held(on.agent(), 60);
      expect((await on.answer(one, 'refuse', { reason: 'too_much' })).body).toMatchObject({
        holds: [{ answer: 'refused' }],
      });
      expect(await on.standing(one)).toMatchObject({
        may_run: false,
        tell_the_agent: expect.stringContaining('refused'),
        hold: { answer: 'refused', reason: 'too_much' },
      });
      expect((await on.propose(one.agent, 60)).body).toMatchObject({ decision: 'hold' });
    });

    it('acknowledged: the first one counts', async () => {
      const one = await on.held(on.agent(), 60);
      const acknowledge = (as: string) => server.call('POST', `/v1/holds/${one.hold}/acknowledge`, {}, { as });
      const first = await acknowledge('maria.lopez');
      expect(first.status).toBe(200);
      expect((await acknowledge('omar.haddad')).status).toBe(200);
      expect(await acknowledge('maria.lopez')).toEqual(first);
      const [card] = list((await server.call('GET', `/v1/holds?agent=${one.agent}`)).body.cards);
      expect(card).toMatchObject({ holds: [{ acknowledged: { by: 'person:maria.lopez' } }] });
      const units = { 'action.args.amount': 'money', 'autonomy.most': 'money' };
      expect(card).toMatchObject({ holds: [{ reasons: [{ id: 'R-3', units, currency: 'USD' }] }] });
      await on.answer(one, 'refuse');
      expect(codeOf(await acknowledge('sam.reed'))).toBe('hold.answered');
    });
  });

  describe('that nobody answers', () => {
    const SILENCE = 25 * MINUTE;
    const passes = async (ms: number) => {
      server.now += ms;
      await server.tick();
    };

    it('ends with its safe default once owner and backup are silent, not a millisecond earlier', async () => {
      const one = await on.held(on.agent(), 60);
      await passes(SILENCE - 1);
      expect((await on.standing(one)).hold).toMatchObject({ answer: 'open' });
      await passes(1);
      expect(await on.standing(one)).toMatchObject({
        may_run: false,
        hold: { answer: 'expired', by: 'consumer:clock' },
      });
      expect(codeOf(await on.answer(one, 'approve'))).toBe('hold.answered');
      expect((await server.call('GET', `/v1/holds?agent=${one.agent}`)).body).toMatchObject({ open: 0 });
    });

    it('goes on being held where the pact says so', async () => {
      const agent = on.agent();
      await on.propose(agent, 5, { tool: 'gift' });
      const one = await on.held(agent, 5, { tool: 'gift' });
      expect(one.body.hold).toMatchObject({ then: 'keep_holding', expires: null });
      await passes(30 * DAY);
      expect((await on.standing(one)).hold).toMatchObject({ answer: 'open' });
      const [card] = list((await server.call('GET', `/v1/holds?agent=${agent}`)).body.cards);
      expect(card).toMatchObject({ late: true });
      expect((await on.answer(one, 'approve')).status).toBe(200);
    });

    it('hands the conversation over where the pact says so', async () => {
      const one = await on.held(on.agent(), 5, { tool: 'note' });
      await passes(SILENCE);
      expect((await on.standing(one)).hold).toMatchObject({ answer: 'expired' });
      const name = server.desk.names.conversation(one.conversation);
      expect(server.desk.writer.world.conversations.get(name)?.handed_over).toMatchObject({ owner: 'desk' });
    });

    it('is decided by whoever comes first where answer and silence meet', async () => {
      const one = await on.held(on.agent(), 60);
      server.now += SILENCE;
      const [answered] = await Promise.all([on.answer(one, 'approve'), server.tick()]);
      const last = (await on.standing(one)).hold;
      expect([answered.status, text(last?.answer)]).toSatisfy(
        ([status, said]) => (status === 200 && said === 'approved') || (status === 409 && said === 'expired'),
      );
    });
  });

  it('is decided under the pact that made it, also once another is in force', async () => {
    const agent = on.agent();
    const [one, two] = [await on.held(agent, 60), await on.held(agent, 65)];
    await server.force(holdsPact(2, '10.00 USD'));
    expect((await on.propose(agent, 20)).body).toMatchObject({ decision: 'hold', reasons: [{ id: 'R-3' }] });
    expect((await on.answer(one, 'approve')).status).toBe(200);
    expect(await on.standing(one)).toMatchObject({ may_run: true });
    expect((await on.answer(two, 'edit', { args: { amount: 40 } })).status).toBe(200);
    // The approval is bound to the pact too: proposed anew, it is another action.
    expect((await on.propose(agent, 60)).body).toMatchObject({ decision: 'hold' });
  });

  it('leaves entries that fit their schema, and a world that is the fold of them', async () => {
    expect(await server.misfits()).toEqual([]);
    const before = worldText(server.desk.writer.world);
    await server.restart();
    expect(worldText(server.desk.writer.world)).toBe(before);
  });
});
