/** Who leaves, and who comes after them in the same browser: what was answered is the answer of whoever gave it. */
import type { Page, Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, preparePact } from '../../cli/src/end-to-end/callers.ts';
import { makeFolder, type ServerProcess, startServer } from '../../cli/src/end-to-end/running.ts';
import { findBrowser, launch, type Watched } from './browser.ts';
import { answersOn, enter, invite, LONG_MS, linkIn, refund, SECRET, shows, stopClock, until } from './desk.ts';

const found = await findBrowser();

describe.skipIf('absent' in found)('a desk that one person leaves to another', { timeout: LONG_MS }, () => {
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  let [maria, omar]: [Watched | undefined, Watched | undefined] = [undefined, undefined];
  const desk = (): ServerProcess => server as ServerProcess;
  const page = () => (maria as Watched).page;

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startServer(makeFolder());
    await preparePact(server, 1_000);
    browser = await launch(found.browser);
    maria = await enter(browser, linkIn(server.out()), 'maria');
    omar = await invite(server, browser, 'omar', ['reviewer']);
    await page().clock.install();
    await page().reload();
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  async function approve(n: number): Promise<string> {
    const action = await refund(desk(), n, 60 + n);
    await page().getByRole('link', { name: 'Queue' }).click();
    await page()
      .getByRole('article', { name: `Conversation talk-${n}` })
      .waitFor();
    await stopClock(page());
    await page().keyboard.press('a');
    await page().getByRole('button', { name: 'Undo' }).waitFor();
    return action;
  }
  async function leave(): Promise<void> {
    await page().getByRole('button', { name: 'Your menu' }).click();
    await page().getByRole('menuitem', { name: 'Sign out' }).click();
    await shows(page(), 'Sign in');
  }
  async function signIn(name: string): Promise<void> {
    await page().getByLabel('Name', { exact: true }).fill(name);
    await page().getByLabel('Password', { exact: true }).fill(SECRET);
    await page().getByRole('button', { name: 'Sign in' }).click();
    await page().getByRole('button', { name: 'Your menu' }).getByText(name).waitFor();
  }

  it('takes the last answer back from every page', async () => {
    await approve(0);
    await page().getByRole('link', { name: 'Today' }).click();
    await shows(page(), 'Today');
    await page().keyboard.press('u');
    await page().getByRole('article', { name: 'Conversation talk-0' }).waitFor();
    await page().getByRole('button', { name: 'Undo' }).waitFor({ state: 'detached' });
    await page().clock.resume();
    await page().keyboard.press('r');
    await page().getByRole('button', { name: 'The customer did not ask for this' }).click();
    await page().getByText('Nothing waits for a person.').first().waitFor();
  });

  it('sends what was answered before the session ends, as the answer of whoever gave it', async () => {
    const action = await approve(1);
    await leave();
    await page().clock.resume();
    expect((await answersOn(desk())).find((one) => one.action === action)).toEqual({ action, answer: 'approved' });
    const { body } = await ask(desk(), 'GET', `/v1/decisions/${action}`);
    expect(body).toMatchObject({ hold: { by: 'person:maria' } });
  });

  it('leaves from every page, Today too', async () => {
    await signIn('maria');
    await page().getByRole('link', { name: 'Today' }).click();
    await shows(page(), 'Today');
    await leave();
  });

  it('shows who came in by another tab, and sends nothing in their name', async () => {
    await signIn('maria');
    const action = await approve(2);
    const { body } = await ask(desk(), 'POST', '/v1/people/omar/link', {}, 'dana');
    const other = await page().context().newPage();
    await other.goto(String(body['link']));
    // The tabs of a browser have one clock here; the answer may be taken back for ten seconds of it.
    const come = async (watched: Page) => {
      await watched.clock.runFor(50);
      return (await watched.getByText(/omar/).count()) > 0 ? true : undefined;
    };
    await until(() => come(other));
    await until(() => come(page()));
    await page().clock.resume();
    await page().clock.fastForward(30_000);
    expect((await answersOn(desk())).filter((one) => one.action === action)).toEqual([]);
    await other.close();
  });

  it('complains of nothing', () => {
    expect(maria?.complaints).toEqual([]);
    expect(omar?.complaints).toEqual([]);
  });
});
