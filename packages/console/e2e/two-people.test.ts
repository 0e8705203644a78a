/** Two people on one desk: who is second hears who was first, nothing is done twice, and who may only look can only look. */
import type { Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePact } from '../../cli/src/end-to-end/callers.ts';
import { makeFolder, type ServerProcess, startServer } from '../../cli/src/end-to-end/running.ts';
import { faultsOf, findBrowser, launch, type Watched } from './browser.ts';
import { answersOn, enter, invite, LONG_MS, linkIn, refund, shows, stopClock, until } from './desk.ts';

const found = await findBrowser();
const UNDO_MS = 10_000;
const ONLY = 'Your roles do not allow this; it needs the role reviewer, support manager or steward.';

describe.skipIf('absent' in found)('two people on one desk', { timeout: LONG_MS }, () => {
  const folder = makeFolder();
  const open: Watched[] = [];
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  const desk = (): ServerProcess => server as ServerProcess;
  const running = (): Running => browser as Running;
  const pageOf = (at: number) => (open[at] as Watched).page;
  const actions: string[] = [];

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startServer(folder);
    await preparePact(server, 1_000);
    for (let n = 0; n < 2; n++) actions.push(await refund(server, n, 60 + n));
    browser = await launch(found.browser);
    open.push(await enter(browser, linkIn(server.out()), 'maria'));
    open.push(await invite(server, browser, 'omar', ['reviewer']));
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  it('lets the first answer count, and tells the second whose it was', async () => {
    const [maria, omar] = [pageOf(0), pageOf(1)];
    for (const page of [maria, omar]) {
      await page.clock.install();
      await page.goto(`${desk().address}/queue/`);
      await page.getByRole('article', { name: 'Conversation talk-0' }).waitFor();
      await stopClock(page);
    }
    await maria.keyboard.press('a');
    await omar.keyboard.press('a');
    for (const page of [maria, omar]) await page.getByText('Approved: refund').first().waitFor();
    await maria.clock.fastForward(UNDO_MS);
    await maria.clock.resume();
    await until(async () => ((await answersOn(desk())).length === 1 ? true : undefined));
    await omar.clock.fastForward(UNDO_MS);
    await omar.clock.resume();
    await omar.getByText('maria has already approved this; nothing was done twice.').first().waitFor();
    expect(await faultsOf(omar)).toEqual([]);
    expect(await answersOn(desk())).toEqual([{ action: actions[0], answer: 'approved' }]);
  });

  it('takes a card off the other screen once it is answered', async () => {
    const [maria, omar] = [pageOf(0), pageOf(1)];
    for (const page of [maria, omar]) await page.getByRole('article', { name: 'Conversation talk-1' }).waitFor();
    await omar.keyboard.press('t');
    await maria.getByText('taken by omar').first().waitFor();
    await omar.keyboard.press('r');
    await omar.getByRole('button', { name: 'The customer did not ask for this' }).click();
    await omar.clock.fastForward(UNDO_MS);
    await maria.getByText('Nothing in this conversation waits any more.').waitFor();
    expect((await answersOn(desk())).map(({ answer }) => answer)).toEqual(['approved', 'refused']);
  });

  it.each(['viewer', 'auditor'])('lets the %s look and nothing else, on the screen and at the API', async (role) => {
    const action = await refund(desk(), role === 'viewer' ? 2 : 3, 70);
    const watched = await invite(desk(), running(), `some.${role}`, [role]);
    open.push(watched);
    const { page } = watched;
    await page.goto(`${desk().address}/queue`);
    const answer = page.getByRole('group', { name: 'Your answer' });
    for (const name of ['Approve', 'Edit', 'Refuse', 'Take', 'Note'])
      await answer.getByRole('button', { name, disabled: true }).waitFor();
    await answer.getByRole('button', { name: 'Approve' }).hover();
    await page.getByRole('tooltip', { name: ONLY }).waitFor();
    await page.getByRole('heading', { level: 1 }).hover();
    expect(await faultsOf(page)).toEqual([]);
    for (const key of ['a', 'e', 'r', 't']) await page.keyboard.press(key);
    expect(await page.getByRole('dialog').count()).toBe(0);

    await page.goto(`${desk().address}/agents/bot`);
    await shows(page, 'bot');
    await page.getByRole('button', { name: 'Stop this agent', disabled: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Set the state' }).count()).toBe(0);

    const hold = action.replace(/^act_/, 'hold_');
    const asked = await page.evaluate(
      async (paths) =>
        Promise.all(
          paths.map(async ([path, body]) => {
            const headers = { 'content-type': 'application/json', 'x-surety': 'console' };
            return (await fetch(path as string, { method: 'POST', headers, body: JSON.stringify(body) })).status;
          }),
        ),
      [
        [`/v1/holds/${hold}/answer`, { answer: 'refuse', reason: 'other' }],
        [`/v1/holds/${hold}/acknowledge`, {}],
        ['/v1/agents/bot/stop', { reason: 'Because' }],
        ['/v1/agents/bot/state', { lane: 'refunds', state: 'autonomous' }],
        ['/v1/people', { name: 'eve', roles: ['steward'] }],
      ] as const,
    );
    expect(asked).toEqual([403, 403, 403, 403, 403]);
    expect(await answersOn(desk())).toHaveLength(2);
  });

  it('complains of nothing', () => {
    expect(open.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
