/** What a hold is bound to, over HTTP: its approval, its limits, an edit. */
import { DAY, MINUTE } from '@surety/core/terms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { worldText } from './operations/world/open-world.ts';
import { codeOf, SampleHolds } from './server/sample-holds.ts';
import { list, type SampleServer, text } from './server/sample-server.ts';

describe('a hold', () => {
  let on: SampleHolds;
  let server: SampleServer;
  beforeAll(async () => {
    on = await SampleHolds.open();
    server = on.server;
  });
  afterAll(() => server.close());

  describe('approved', () => {
    it('may run once with exactly its arguments', async () => {
      const one = await on.held(on.agent(), 60);
      expect(await on.standing(one)).toMatchObject({ may_run: false, hold: { answer: 'open' } });
      const approved = await on.answer(one, 'approve', { note: 'A loyal customer' });
      expect(approved).toMatchObject({ status: 200, body: { holds: [{ id: one.hold, answer: 'approved' }] } });
      const entry = await on.entryAt(list(approved.body.holds)[0]?.receipt?.seq);
      expect(entry).toMatchObject({
        type: 'hold.answered',
        by: 'person:maria.lopez',
        data: {
          answer: 'approved',
          charges: [{ limit: 'R-4', amount: 6000 }],
          money: { currency: 'USD', minor: 6000 },
        },
      });
      expect(await on.standing(one)).toMatchObject({
        may_run: true,
        hold: { answer: 'approved', by: 'person:maria.lopez' },
      });
      await on.report(one);
      expect(await on.standing(one)).toMatchObject({ may_run: false, reported: 'executed' });
    });

    it('lets the same arguments through once when they are proposed again, without counting them twice', async () => {
      const one = await on.held(on.agent(), 150);
      await on.answer(one, 'approve');
      expect((await on.propose(one.agent, 150.01)).body).toMatchObject({ decision: 'hold' });
      expect((await on.propose(one.agent, 150, { conversation_id: 'another one' })).body).toMatchObject({
        decision: 'hold',
      });
      const again = await on.propose(one.agent, 150);
      expect(again.body).toMatchObject({ decision: 'allow', reservation: { limits: ['R-4'] } });
      expect(await on.entryAt(again.body.receipt?.seq)).toMatchObject({
        data: { approval: `a/${one.action.slice(4)}` },
      });
      expect(await on.standing(one)).toMatchObject({ may_run: false });
      expect((await on.propose(one.agent, 150)).body).toMatchObject({ decision: 'hold' });
      expect((await on.propose(one.agent, 50)).body).toMatchObject({ decision: 'allow' });
      expect((await on.propose(one.agent, 0.01)).body).toMatchObject({ decision: 'hold', reasons: [{ id: 'R-4' }] });
    });

    it('is refused for the digest of other arguments, and asked for one', async () => {
      const one = await on.held(on.agent(), 60);
      const other = { ...one, digest: '0'.repeat(64) };
      expect(codeOf(await on.answer(other, 'approve'))).toBe('hold.args_changed');
      expect(codeOf(await on.answer(other, 'refuse'))).toBe('hold.args_changed');
      expect(codeOf(await on.answer(one, 'approve', { args_sha256: undefined }))).toBe('hold.args_changed');
      expect((await on.standing(one)).hold).toMatchObject({ answer: 'open' });
      expect((await on.answer(one, 'refuse', { args_sha256: undefined })).status).toBe(200);
    });

    it('lapses after 24 hours, and what it had reserved is free again', async () => {
      const one = await on.held(on.agent(), 150);
      await on.answer(one, 'approve');
      server.now += DAY - 1;
      await server.tick();
      expect(await on.standing(one)).toMatchObject({ may_run: true });
      server.now += 1;
      expect(await on.standing(one)).toMatchObject({ may_run: false });
      expect((await on.propose(one.agent, 150)).body).toMatchObject({ decision: 'hold' });
      await server.tick();
      const [entry] = (await server.entries()).filter(({ id }) => id === `a/${one.action.slice(4)}/unreported`);
      expect(entry).toMatchObject({ type: 'action.failed', by: 'consumer:clock', data: { why: 'unreported' } });
    });

    it('does not run once its agent or lane is stopped, and runs again when that is over', async () => {
      for (const body of [{}, { lane: 'refunds' }]) {
        const one = await on.held(on.agent(), 60);
        await on.answer(one, 'approve');
        await server.call('POST', `/v1/agents/${one.agent}/stop`, body);
        expect(await on.standing(one)).toMatchObject({ may_run: false });
        expect((await on.propose(one.agent, 60)).body).toMatchObject({
          decision: 'deny',
          reasons: [{ id: 'stopped' }, { id: 'R-3' }],
        });
        const late = await on.held(on.agent(), 60);
        await server.call('POST', `/v1/agents/${late.agent}/stop`, body);
        expect(codeOf(await on.answer(late, 'approve'))).toBe('hold.refused_by_pact');
        expect((await on.answer(late, 'refuse')).status).toBe(200);
        await server.call('POST', `/v1/agents/${one.agent}/resume`, { reason: 'over', ...body });
        expect(await on.standing(one)).toMatchObject({ may_run: true });
      }
    });

    it('is refused by a never that has begun to fire', async () => {
      const one = await on.held(on.agent(), 60);
      await on.propose(one.agent, 1, { trace: [{ role: 'user', content: 'They were stolen' }] });
      const refused = await on.answer(one, 'approve');
      expect(refused).toMatchObject({ status: 409, body: { code: 'hold.refused_by_pact' } });
      expect(text(refused.body.detail)).toContain('R-2');
    });
  });

  describe('and a limit', () => {
    it('stays held and says so where the limit has become full since', async () => {
      const one = await on.held(on.agent(), 60);
      for (let i = 0; i < 3; i++) expect((await on.propose(one.agent, 50)).body).toMatchObject({ decision: 'allow' });
      const full = await on.answer(one, 'approve');
      expect(full).toMatchObject({ status: 409, body: { code: 'hold.limit_full' } });
      expect(text(full.body.detail)).toMatch(/stays held: the limit R-4 is full \(15000 of 20000 used\)/);
      expect((await server.call('GET', `/v1/holds?agent=${one.agent}`)).body).toMatchObject({ open: 1 });
    });

    it('that made the hold is overridden once, with the name of who did', async () => {
      const agent = on.agent();
      for (let i = 0; i < 4; i++) await on.propose(agent, 50);
      const [one, two] = [await on.held(agent, 40), await on.held(agent, 41)];
      expect(list(one.body.reasons).map(({ id }) => text(id))).toEqual(['R-4']);
      const approved = await on.answer(one, 'approve');
      expect(await on.entryAt(list(approved.body.holds)[0]?.receipt?.seq)).toMatchObject({
        by: 'person:maria.lopez',
        data: { overrides: ['R-4'] },
      });
      expect((await on.propose(agent, 40)).body).toMatchObject({ decision: 'allow' });
      expect((await on.propose(agent, 40)).body).toMatchObject({ decision: 'hold' });
      expect(codeOf(await on.answer(two, 'edit', { args: { amount: 42 } }))).toBe('hold.limit_full');
      expect((await on.answer(two, 'approve')).status).toBe(200);
    });

    it('that is in doubt for want of a customer is settled by the person', async () => {
      const agent = on.agent();
      const one = await on.held(agent, 5, { tool: 'gift', customer_id: undefined });
      expect(list(one.body.reasons)).toMatchObject([{ id: 'G-1', why: 'doubt', cause: 'missing_fact' }]);
      expect((await on.answer(one, 'approve')).status).toBe(200);
      expect(await on.standing(one)).toMatchObject({ may_run: true });
    });

    it('counts each action of one answer after those before it', async () => {
      const agent = on.agent();
      const [one, two, three] = [await on.held(agent, 90), await on.held(agent, 100), await on.held(agent, 51)];
      const also = [two, three].map(({ hold, digest }) => ({ id: hold, args_sha256: digest }));
      expect(codeOf(await on.answer(one, 'approve', { also }))).toBe('hold.limit_full');
      for (const hold of [one, two, three]) expect((await on.standing(hold)).hold).toMatchObject({ answer: 'open' });
      expect((await on.answer(one, 'approve', { also: also.slice(0, 1) })).status).toBe(200);
      expect(codeOf(await on.answer(three, 'approve'))).toBe('hold.limit_full');
    });

    it('gives back what nobody reported on for 15 minutes, on the record', async () => {
      const agent = on.agent();
      const allowed = [];
      for (let i = 0; i < 4; i++) allowed.push((await on.propose(agent, 50)).body);
      await server.call('POST', `/v1/actions/${allowed[0]?.id}/report`, { status: 'executed' });
      await server.call('POST', `/v1/actions/${allowed[1]?.id}/report`, { status: 'failed' });
      server.now += 15 * MINUTE - 1;
      await server.tick();
      expect((await on.propose(agent, 50)).body).toMatchObject({ decision: 'allow' });
      expect((await on.propose(agent, 1)).body).toMatchObject({ decision: 'hold' });
      server.now += 1;
      await server.tick();
      const unreported = (await server.entries()).filter(
        (entry) => entry.type === 'action.failed' && entry.data.agent === agent && entry.data.why === 'unreported',
      );
      expect(unreported.map(({ id }) => id)).toEqual(
        allowed.slice(2).map(({ id }) => `a/${text(id).slice(4)}/unreported`),
      );
      expect((await on.propose(agent, 50)).body).toMatchObject({ decision: 'allow' });
      expect((await on.propose(agent, 50)).body).toMatchObject({ decision: 'allow' });
      expect((await on.propose(agent, 1)).body).toMatchObject({ decision: 'hold' });
    });

    it('counts what ran all the same, though nobody said so in time', async () => {
      const agent = on.agent();
      const late = (await on.propose(agent, 150)).body;
      server.now += 15 * MINUTE;
      await server.tick();
      await server.call('POST', `/v1/actions/${late.id}/report`, { status: 'executed' });
      expect((await on.propose(agent, 51)).body).toMatchObject({ decision: 'hold' });
      expect((await on.propose(agent, 50)).body).toMatchObject({ decision: 'allow' });
    });
  });

  describe('edited', () => {
    it('runs with the person’s arguments, and a never, the schema and limits can still refuse them', async () => {
      const agent = on.agent();
      const one = await on.held(agent, 60);
      expect(codeOf(await on.answer(one, 'edit', { args: { amount: 500.01 } }))).toBe('hold.refused_by_pact');
      expect(codeOf(await on.answer(one, 'edit', { args: { amount: 'much' } }))).toBe('hold.refused_by_pact');
      expect(codeOf(await on.answer(one, 'edit', { args: { amount: 30, also: 1 } }))).toBe('hold.refused_by_pact');
      expect(codeOf(await on.answer(one, 'edit', { args: { amount: 201 } }))).toBe('hold.limit_full');
      expect(codeOf(await on.answer(one, 'edit'))).toBe('request.malformed');
      expect(await on.answer(one, 'edit', { args: { amount: 55 } })).toMatchObject({
        body: { holds: [{ answer: 'edited' }] },
      });
      expect(await on.standing(one)).toMatchObject({ may_run: true, edited_args: { amount: 55 } });
      expect((await on.propose(agent, 60)).body).toMatchObject({ decision: 'hold' });
      expect((await on.propose(agent, 55)).body).toMatchObject({ decision: 'allow' });
    });
  });

  it('leaves entries that fit their schema, and a world that is the fold of them', async () => {
    expect(await server.misfits()).toEqual([]);
    const before = worldText(server.desk.writer.world);
    await server.restart();
    expect(worldText(server.desk.writer.world)).toBe(before);
  });
});
