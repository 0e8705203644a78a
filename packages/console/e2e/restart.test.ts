/** The server is killed under an open page and started again: the page says so, does nothing meanwhile, and comes back. */
import type { Page, Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastingPort } from '../../../tools/lasting-port.ts';
import { preparePact } from '../../cli/src/end-to-end/callers.ts';
import { makeFolder, type ServerProcess, startServer } from '../../cli/src/end-to-end/running.ts';
import { faultsOf, findBrowser, launch, picture } from './browser.ts';
import { answersOn, enter, LONG_MS, linkIn, refund, stopClock, until } from './desk.ts';

const found = await findBrowser();
const UNDO_MS = 10_000;

describe.skipIf('absent' in found)('a page whose server is killed', { timeout: LONG_MS }, () => {
  const folder = makeFolder();
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  let page: Page;
  let complaints: readonly string[] = [];
  const actions: string[] = [];
  const desk = (): ServerProcess => server as ServerProcess;
  const card = (n: number) => page.getByRole('article', { name: `Conversation talk-${n}` });
  const banner = () => page.getByRole('status').filter({ hasText: 'The server cannot be reached.' });
  const isLive = () => page.getByText('Live', { exact: true }).waitFor();
  async function startAgain(): Promise<void> {
    server = await startServer(folder, { port: Number(new URL(desk().address).port) });
  }

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startServer(folder, { port: await lastingPort() });
    await preparePact(server, 1_000);
    for (let n = 0; n < 3; n++) actions.push(await refund(server, n, 60 + n));
    browser = await launch(found.browser);
    ({ page, complaints } = await enter(browser, linkIn(server.out()), 'maria'));
    await page.clock.install();
    await page.goto(`${server.address}/queue`);
    await card(0).waitFor();
    await isLive();
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  it('says so too where the network is gone and the stream is not', async () => {
    await page.context().setOffline(true);
    await banner().waitFor();
    await page.getByRole('button', { name: 'Approve', disabled: true }).waitFor();
    await page.context().setOffline(false);
    await isLive();
    await banner().waitFor({ state: 'detached' });
  });

  it('says since when it is away, keeps what it showed, and sends nothing', async () => {
    await stopClock(page);
    await page.keyboard.press('a');
    await card(1).waitFor();
    await desk().end('SIGKILL');
    await banner()
      .filter({ hasText: /What you see is as of \d/ })
      .waitFor();
    await page.getByRole('button', { name: 'Approve', disabled: true }).waitFor();
    await page.keyboard.press('r');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.clock.fastForward(UNDO_MS);
    await page.getByText('so what you see may be out of date; nothing was sent.').first().waitFor();
    await card(1).waitFor();
    await page.clock.resume();
    await picture(page, 'server-away');
    expect(await faultsOf(page)).toEqual([]);
  });

  it('comes back by itself, with the answer that was not sent still to be given, once', async () => {
    await startAgain();
    await banner().waitFor({ state: 'detached' });
    await isLive();
    expect(await answersOn(desk())).toEqual([]);
    await page.getByRole('list', { name: 'Conversations that wait' }).getByText('customer-0').click();
    await card(0).waitFor();
    await page.keyboard.press('a');
    await card(1).waitFor();
    await page.clock.fastForward(UNDO_MS);
    await until(async () => ((await answersOn(desk())).length > 0 ? true : undefined));
    expect((await answersOn(desk())).map(({ action }) => action)).toEqual([actions[0]]);
  });

  it('does nothing twice where the server took an answer and was killed before it said so', async () => {
    await page.route('**/v1/holds/*/answer', async (route) => {
      await route.fetch();
      await desk().end('SIGKILL');
      await route.abort();
    });
    await page.keyboard.press('a');
    await card(2).waitFor();
    await page.clock.fastForward(UNDO_MS);
    await banner().waitFor();
    await page.unroute('**/v1/holds/*/answer');
    await startAgain();
    await banner().waitFor({ state: 'detached' });
    await isLive();
    const waiting = page.getByRole('list', { name: 'Conversations that wait' });
    await waiting.getByText('customer-1').waitFor({ state: 'detached' });
    await expect.poll(() => waiting.getByRole('listitem').count(), { timeout: LONG_MS }).toBe(1);
    expect((await answersOn(desk())).map(({ action }) => action)).toEqual([actions[0], actions[1]]);
  });

  it('complains of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
