/** The way in, and each place while it loads, when nothing is there yet, and when the server cannot answer. */
import type { Page, Route, Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, type ServerProcess, startServer } from '../../cli/src/end-to-end/running.ts';
import { findBrowser, launch, openPage, type Watched } from './browser.ts';
import { enter, LONG_MS, linkIn, SECRET, shows } from './desk.ts';
import { BY_DAY, BY_NIGHT, settled, TWO_LOOKS, wrongOf } from './looked.ts';

const found = await findBrowser();

/** Each place with what it says to whoever has nothing there yet. */
const PLACES = [
  ['/', 'Today', 'No agent is registered yet'],
  ['/queue', 'Queue', 'Nothing waits for a person.'],
  ['/agents', 'Agents', 'No agent is registered'],
  ['/pacts', 'Pacts', 'No pact has been proposed yet'],
  ['/pacts/rehearse', 'Rehearsal', 'There is no pact to rehearse yet'],
  ['/weekly', 'Weekly', 'A week’s figures come from what agents do'],
  ['/proof', 'Proof', 'No decision is on the record yet.'],
  ['/people', 'People', 'maria'],
] as const;

/** Addresses of what is not there. */
const MISSING = [
  '/agents/nobody',
  '/pacts/sha256:00',
  '/proof/decisions/act_00',
  '/proof/conversations/none',
  '/proof/entries/99',
] as const;

const nameOf = (address: string): string => address.replace(/\W+/g, '-').replace(/^-$/, 'today').replace(/^-/, '');
/** Who is here, and the stream of events: without them no page opens at all. */
const isFrame = (route: Route): boolean => /\/v1\/(?:session|events)\b/.test(route.request().url());

describe.skipIf('absent' in found)('a desk where nothing is yet', { timeout: LONG_MS }, () => {
  const folder = makeFolder();
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  let page: Page;
  const watched: Watched[] = [];
  const desk = (): ServerProcess => server as ServerProcess;
  const running = (): Running => browser as Running;
  const open = (address: string) => page.goto(desk().address + address);
  const API = '**/v1/**';

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startServer(folder);
    browser = await launch(found.browser);
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  it('lets the first person in by the link, once, and says what is wrong with their choice', async () => {
    const link = linkIn(desk().out());
    const first = await openPage(running());
    watched.push(first);
    await first.page.goto(link);
    await shows(first.page, 'Welcome');
    await first.page.waitForURL((address) => address.hash === '');
    await first.page.getByLabel('Name', { exact: true }).fill('two words');
    await first.page.getByLabel('Password', { exact: true }).fill('short');
    await first.page.getByRole('button', { name: 'Go to the desk' }).click();
    await first.page.getByText('The two passwords differ.').waitFor();
    expect(await wrongOf(first.page, 'set-up', TWO_LOOKS)).toEqual([]);
    await first.page.close();
    const again = await openPage(running());
    watched.push(again);
    await again.page.goto(link);
    await shows(again.page, 'This link does not work');
    expect(await wrongOf(again.page, 'used-link', TWO_LOOKS)).toEqual([]);
    await desk().end('SIGTERM');
    // Nobody has a password yet: the next start lets the first person in anew.
    server = await startServer(folder);
    const entered = await enter(running(), linkIn(desk().out()), 'maria');
    watched.push(entered);
    page = entered.page;
  });

  it('lets a person in by name and password, to where they wanted to go', async () => {
    const other = await openPage(running());
    watched.push(other);
    await other.page.goto(`${desk().address}/pacts`);
    await shows(other.page, 'Sign in');
    expect(await wrongOf(other.page, 'sign-in')).toEqual([]);
    await other.page.getByLabel('Name', { exact: true }).fill('maria');
    await other.page.getByLabel('Password', { exact: true }).fill('not this one, surely');
    await other.page.keyboard.press('Enter');
    await other.page.getByText('This name and password do not match.').waitFor();
    expect(await wrongOf(other.page, 'sign-in-refused', TWO_LOOKS)).toEqual([]);
    await other.page.getByLabel('Password', { exact: true }).fill(SECRET);
    await other.page.keyboard.press('Enter');
    await shows(other.page, 'Pacts');
    await other.page.getByRole('button', { name: 'Your menu' }).click();
    await other.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await shows(other.page, 'Sign in');
  });

  it.each(PLACES)('%s teaches the next step while it is empty', async (address, title, says) => {
    await open(address);
    await shows(page, title);
    await page.getByText(says, { exact: true }).first().waitFor();
    expect(await wrongOf(page, `empty-${nameOf(address)}`, TWO_LOOKS)).toEqual([]);
  });

  it.each(PLACES)('%s shows its shape while it loads', async (address, title, says) => {
    // Let go of without an answer, and answered once nothing is held any more.
    await page.route(API, (route) => (isFrame(route) ? route.continue() : undefined));
    await open(address);
    await shows(page, title);
    await page
      .getByRole('status', { name: /^(?:Loading|Opening|Fetching)/ })
      .first()
      .waitFor();
    expect(await wrongOf(page, `loading-${nameOf(address)}`, BY_NIGHT)).toEqual([]);
    await page.unroute(API);
    await page.getByText(says, { exact: true }).first().waitFor();
  });

  it.each(PLACES)('%s says that the server failed, and Retry asks again', async (address, title, says) => {
    const defect = { type: 'about:blank', title: 'Defect', status: 500, code: 'server.defect', detail: 'A defect' };
    await page.route(API, (route) =>
      isFrame(route)
        ? route.continue()
        : route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(defect) }),
    );
    await open(address);
    await shows(page, title);
    await page.getByRole('alert').filter({ hasText: 'This is a defect in Surety' }).first().waitFor();
    expect(await wrongOf(page, `failed-${nameOf(address)}`, BY_DAY)).toEqual([]);
    await page.unroute(API);
    await page.getByRole('button', { name: 'Retry' }).first().click();
    await page.getByText(says, { exact: true }).first().waitFor();
  });

  it.each(MISSING)('%s says that there is no such thing', async (address) => {
    await open(address);
    await page.getByRole('alert').first().waitFor();
    await settled(page);
    expect(await wrongOf(page, `missing-${nameOf(address)}`, TWO_LOOKS)).toEqual([]);
  });

  it('an address that leads nowhere leads back', async () => {
    await open('/nowhere');
    await shows(page, 'There is no such page');
    expect(await wrongOf(page, 'nowhere', TWO_LOOKS)).toEqual([]);
    await page.getByRole('link', { name: 'Go to Today' }).click();
    await shows(page, 'Today');
  });

  it('complains of nothing', () => {
    expect(watched.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
