/** The same pages for other eyes: another language's browser, a late desk, forced colours, the narrowest window of WCAG 1.4.10. */
import type { Today } from '@surety/core/wire';
import type { BrowserContextOptions, Page, Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, type ServerProcess } from '../../cli/src/end-to-end/running.ts';
import { findBrowser, LOOKS, launch, openPage, spillsOf } from './browser.ts';
import { LONG_MS, linkIn, startSample, visit } from './desk.ts';
import { settled } from './looked.ts';

const found = await findBrowser();

describe.skipIf('absent' in found)('a desk for other eyes', { timeout: LONG_MS }, () => {
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  let storageState: BrowserContextOptions['storageState'];

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startSample(makeFolder(), 60);
    browser = await launch(found.browser);
    storageState = await (await visit(browser, linkIn(server.out()))).page.context().storageState();
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  async function open(address: string, more: BrowserContextOptions): Promise<Page> {
    const { page } = await openPage(browser as Running, LOOKS[0], { ...more, storageState });
    await page.goto((server as ServerProcess).address + address);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await settled(page);
    return page;
  }

  it('writes numbers as its sentences do, whatever the language of the browser', async () => {
    const page = await open('/agents', { locale: 'de-DE' });
    await page.getByText('$7,000.00 a week').first().waitFor();
    await page.getByRole('link', { name: 'Proof' }).click();
    await page.getByText(/The ledger holds \d,\d{3} entries\./).waitFor();
  });

  it.each(['/first', '/queue', '/agents/bolt', '/people', '/weekly'])('%s fits a window of 320 px', async (address) => {
    const page = await open(address, { viewport: { width: 320, height: 640 } });
    expect(await spillsOf(page)).toEqual([]);
  });

  it('says of what is late when it was due', async () => {
    const page = await open('/queue', {});
    await page.getByRole('article').first().waitFor();
    await page.route('**/v1/today', async (route) => {
      const response = await route.fetch();
      const today = (await response.json()) as Today;
      const late = { late: 1, next_due: new Date(Date.parse(today.at) - 240_000).toISOString() };
      const by_lane = today.holds.by_lane.map((lane) => ({ ...lane, ...late }));
      await route.fulfill({ response, json: { ...today, holds: { ...today.holds, by_lane } } });
    });
    await page.goto((server as ServerProcess).address);
    await page
      .getByText(/the next was due 4 minutes ago/)
      .first()
      .waitFor();
  });

  it('shows which place and which card it is where no grounds are shown', async () => {
    const page = await open('/queue', { forcedColors: 'active' });
    await page.getByRole('article').first().waitFor();
    const current = page.locator('[aria-current]:not([aria-current="false"])');
    expect(await current.count()).toBe(2);
    const styles = await current.evaluateAll((all) => all.map((one) => getComputedStyle(one).outlineStyle));
    expect(styles).toEqual(['solid', 'solid']);
  });
});
