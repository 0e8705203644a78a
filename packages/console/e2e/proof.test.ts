/** The browser checks a receipt itself: what was changed on its way does not hold, whatever the server says. */
import type { Page, Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { preparePact } from '../../cli/src/end-to-end/callers.ts';
import { makeFolder, type ServerProcess, startServer } from '../../cli/src/end-to-end/running.ts';
import { faultsOf, findBrowser, launch, picture } from './browser.ts';
import { enter, LONG_MS, linkIn, refund, shows } from './desk.ts';

const found = await findBrowser();

/** What may be changed in a receipt; each changes one character or one line. */
const CHANGES: readonly (readonly [what: string, change: (receipt: string) => string])[] = [
  ['a character of the entry', (receipt) => receipt.replace(/^extra (.{8})(.)/m, flipped)],
  ['a hash on the way to the root', (receipt) => receipt.replace(/^([\w+/]{20})([\w+/])(?=[\w+/]{22}=$)/m, flipped)],
  ['the size of the log', (receipt) => receipt.replace(/^\d+$/m, (size) => String(Number(size) + 1))],
  ['the signature', (receipt) => receipt.replace(/^(— \S+ \S{30})(\S)/m, flipped)],
];
const flipped = (_: string, before: string, one: string) => `${before}${one === 'A' ? 'B' : 'A'}`;

describe.skipIf('absent' in found)('a receipt, checked in the browser', { timeout: LONG_MS }, () => {
  const folder = makeFolder();
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  let page: Page;
  let complaints: readonly string[] = [];
  let action = '';
  const aside = () => page.getByRole('complementary', { name: 'About this decision' });

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startServer(folder);
    await preparePact(server, 1_000);
    action = await refund(server, 0, 60);
    browser = await launch(found.browser);
    ({ page, complaints } = await enter(browser, linkIn(server.out()), 'maria'));
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  it('holds as the server sent it, with what was checked', async () => {
    await page.goto(`${server?.address}/proof/decisions/${action}`);
    await aside()
      .getByText(/^Entry \d+ is in the ledger of [\d,]+ entries, unchanged\.$/)
      .waitFor();
    await aside().getByText('What was checked').click();
    await aside().getByText('Root', { exact: true }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it.each(CHANGES)('does not hold with %s changed', async (what, change) => {
    await page.route('**/proof', async (route) => {
      const response = await route.fetch();
      const receipt = await response.text();
      expect(change(receipt), what).not.toBe(receipt);
      await route.fulfill({ response, body: change(receipt) });
    });
    await page.reload();
    await aside().getByText('This receipt does not hold.').waitFor();
    expect(await aside().getByText('unchanged').count()).toBe(0);
    expect(await faultsOf(page)).toEqual([]);
    await picture(page, `receipt-${what.replaceAll(' ', '-')}`);
    await page.unroute('**/proof');
  });

  it('does not hold for another entry', async () => {
    await page.route('**/proof', async (route) => {
      const response = await route.fetch({
        url: route
          .request()
          .url()
          .replace(/\d+\/proof$/, '1/proof'),
      });
      await route.fulfill({ response });
    });
    await page.reload();
    await aside()
      .getByText(/This receipt is for entry 1, not for entry \d+\./)
      .waitFor();
    await page.unroute('**/proof');
  });

  it('opens every entry, the first one too', async () => {
    await page.goto(`${server?.address}/proof/entries/0`);
    await shows(page, 'Entry 0');
    await page.getByText(/^Entry 0 is in the ledger of [\d,]+ entries, unchanged\.$/).waitFor();
    await page.getByRole('link', { name: 'Next' }).click();
    await shows(page, 'Entry 1');
    await page.getByText(/^Entry 1 is in the ledger of [\d,]+ entries, unchanged\.$/).waitFor();
  });

  it('complains of nothing', () => {
    expect(complaints).toEqual([]);
  });
});
