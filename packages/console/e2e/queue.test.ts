/** The queue worked by keyboard alone: moved through, answered, taken back, edited, refused, taken; each act once on the record. */
import type { Page, Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, preparePact } from '../../cli/src/end-to-end/callers.ts';
import { makeFolder, type ServerProcess, startServer } from '../../cli/src/end-to-end/running.ts';
import { faultsOf, findBrowser, launch } from './browser.ts';
import { enter, LONG_MS, linkIn, refund, shows, stopClock, until } from './desk.ts';

const found = await findBrowser();
const UNDO_MS = 10_000;

describe.skipIf('absent' in found)('the queue, by keyboard alone', { timeout: LONG_MS }, () => {
  const folder = makeFolder();
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  let page: Page;
  let complaints: readonly string[] = [];
  const actions: string[] = [];
  const desk = (): ServerProcess => server as ServerProcess;
  const standing = async (n: number) => (await ask(desk(), 'GET', `/v1/actions/${actions[n]}`)).body;
  const press = (keys: string) => page.keyboard.press(keys);
  const card = (n: number) => page.getByRole('article', { name: `Conversation talk-${n}` });
  const row = (n: number) => page.getByRole('list', { name: 'Conversations that wait' }).getByText(`customer-${n}`);
  const said = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor();
  const saysFocus = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startServer(folder);
    await preparePact(server, 1_000);
    for (let n = 0; n < 6; n++) actions.push(await refund(server, n, 60 + n));
    browser = await launch(found.browser);
    const entered = await enter(browser, linkIn(server.out()), 'maria');
    ({ page, complaints } = entered);
    await page.clock.install();
    await page.goto(`${server.address}/queue`);
    await shows(page, 'Queue');
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  it('moves with J and K and stays at its ends', async () => {
    await card(0).waitFor();
    await press('j');
    await card(1).waitFor();
    await press('k');
    await press('k');
    await card(0).waitFor();
  });

  it('opens the card that a link leads to, though its list leaves it out', async () => {
    const { cards } = (await ask(desk(), 'GET', '/v1/holds')).body as {
      readonly cards: readonly { readonly conversation: string; readonly conversation_id: string }[];
    };
    const last = cards.find(({ conversation_id }) => conversation_id === 'talk-5');
    await page.goto(`${desk().address}/queue/${last?.conversation}?owner=nobody`);
    await card(5).getByRole('button', { name: 'Approve' }).waitFor();
    await page.goto(`${desk().address}/queue`);
    await card(0).waitFor();
  });

  it('A answers after ten seconds, and U takes it back before', async () => {
    await stopClock(page);
    await press('a');
    await page.getByText('Approved: refund').first().waitFor();
    await card(1).waitFor();
    await expect.poll(saysFocus, { timeout: LONG_MS }).toBe('Conversation talk-1');
    await said('Next: talk-1');
    await row(0).waitFor({ state: 'detached' });
    await press('u');
    await card(0).waitFor();
    await page.clock.fastForward(UNDO_MS * 2);
    await page.clock.resume();
    await row(0).waitFor();
    expect(await standing(0)).toMatchObject({ hold: { answer: 'open' } });

    await press('a');
    await card(1).waitFor();
    await page.clock.fastForward(UNDO_MS);
    const answered = await until(async () => {
      const now = await standing(0);
      return (now['hold'] as { answer: string }).answer === 'open' ? undefined : now;
    });
    expect(answered).toMatchObject({ may_run: true, hold: { answer: 'approved', by: 'person:maria' } });
  });

  it('E changes the action; the pact judges it anew, and what it refuses stays held', async () => {
    await press('e');
    const dialog = page.getByRole('dialog', { name: 'Edit refund' });
    await dialog.waitFor();
    await dialog.getByLabel('amount').focus();
    await press('ControlOrMeta+a');
    await page.keyboard.type('200');
    await press('Enter');
    await dialog.getByRole('alert').filter({ hasText: 'Never more than a hundred' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    expect(await standing(1)).toMatchObject({ hold: { answer: 'open' } });
    await dialog.getByLabel('amount').focus();
    await press('ControlOrMeta+a');
    await page.keyboard.type('30.50');
    const sent: string[] = [];
    await page.route('**/answer', async (route) => {
      sent.push(route.request().url());
      await dialog.getByRole('button', { name: 'Approve as edited', disabled: true }).waitFor();
      // As Enter does in a form of one field, whatever its button says.
      await dialog.locator('form').evaluate((form: HTMLFormElement) => form.requestSubmit());
      await route.continue();
    });
    await press('Enter');
    await page.getByText('Edited and approved: refund').first().waitFor();
    await page.unroute('**/answer');
    expect(sent).toHaveLength(1);
    expect(await standing(1)).toMatchObject({
      may_run: true,
      edited_args: { order_id: 'W1', amount: 30.5 },
      hold: { answer: 'edited' },
    });
    await card(2).waitFor();
    await expect.poll(saysFocus, { timeout: LONG_MS }).toBe('Conversation talk-2');
  });

  it('R and a digit refuse with that reason', async () => {
    await press('r');
    await page.getByRole('dialog', { name: 'Refuse this action' }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await press('2');
    await page.getByText('Refused: refund').first().waitFor();
    await card(3).waitFor();
    await page.clock.fastForward(UNDO_MS);
    const now = await until(async () => {
      const { hold } = (await standing(2)) as { hold: { answer: string } };
      return hold.answer === 'open' ? undefined : hold;
    });
    expect(now).toMatchObject({ answer: 'refused', reason: 'wrong_amount' });
  });

  it('T takes a card up for all to see', async () => {
    await press('t');
    await said('Taken');
    await page.getByText('taken by maria').first().waitFor();
    const { body } = await ask(desk(), 'GET', '/v1/holds');
    const cards = body['cards'] as { conversation_id: string; holds: { acknowledged: { by: string } | null }[] }[];
    expect(cards.map(({ conversation_id, holds }) => [conversation_id, holds[0]?.acknowledged?.by])).toEqual([
      ['talk-3', 'person:maria'],
      ['talk-4', undefined],
      ['talk-5', undefined],
    ]);
  });

  it('single keys can be switched off, and keys with Ctrl go on', async () => {
    await press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts on this page' });
    await help.waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await help.getByRole('checkbox').focus();
    await press('Space');
    await press('Escape');
    await help.waitFor({ state: 'detached' });
    await press('j');
    await press('a');
    await press('ControlOrMeta+k');
    const palette = page.getByRole('combobox', { name: 'Go to' });
    await palette.waitFor();
    await page.keyboard.type('proof');
    await press('Enter');
    await shows(page, 'Proof');
    await page.clock.fastForward(UNDO_MS);
    await page.goBack();
    await card(3).waitFor();
    expect(await standing(3)).toMatchObject({ hold: { answer: 'open' } });
  });

  it('complains of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
