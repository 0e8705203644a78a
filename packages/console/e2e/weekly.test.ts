/** A week at a desk with weeks behind it: read, signed, printed on one page; people let in; a pact's rates simulated. */
import type { Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder, type ServerProcess } from '../../cli/src/end-to-end/running.ts';
import { faultsOf, findBrowser, LOOKS, launch, openPage, picture, spillsOf, type Watched } from './browser.ts';
import { LONG_MS, linkIn, shows, startSample } from './desk.ts';

const found = await findBrowser();
const VISITS = 40;

describe.skipIf('absent' in found)('the week, people, and allowed rates', { timeout: LONG_MS }, () => {
  const open: Watched[] = [];
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  const at = (path: string): string => `${server?.address}${path}`;
  const first = () => (open[0] as Watched).page;

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startSample(makeFolder(), VISITS);
    browser = await launch(found.browser);
    open.push(await openPage(browser));
    await first().goto(linkIn(server.out()));
    await shows(first(), 'Today');
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  it('keeps agent, lane and week in the address', async () => {
    const page = first();
    await page.goto(at('/weekly'));
    await shows(page, 'Weekly');
    await page.getByLabel('Agent', { exact: true }).selectOption('bolt');
    await page.getByLabel('Lane', { exact: true }).selectOption('reply_drafting');
    await page.getByRole('button', { name: 'Week before' }).click();
    await page.waitForURL(/\?agent=bolt&lane=reply_drafting&week=\d{4}-W\d\d$/);
    const week = new URL(page.url()).searchParams.get('week');
    const chosen = (label: string) => () => page.getByLabel(label, { exact: true }).inputValue();
    await expect.poll(chosen('Week'), { timeout: LONG_MS }).toBe(week);
    await page.reload();
    await expect.poll(chosen('Week'), { timeout: LONG_MS }).toBe(week);
    await expect.poll(chosen('Agent'), { timeout: LONG_MS }).toBe('bolt');
  });

  it('signs the review of a week, and says what it does', async () => {
    const page = first();
    await page.goto(at('/weekly?agent=aria&lane=ticket_triage'));
    const review = page.getByRole('region', { name: 'Weekly review' });
    const sign = review.getByRole('button', { name: 'Sign as visitor' });
    await sign.click();
    await review.getByText('Choose what you decide.').waitFor();
    await review.getByRole('radio', { name: /^Widen Good for 8 days/ }).check();
    await review.getByLabel('Note').fill('Two quiet weeks.');
    await sign.click();
    await review.getByText(/visitor lets the scope widen when the evidence is there, within 8 days/).waitFor();
    await review.getByRole('cell', { name: 'Two quiet weeks.' }).waitFor();
    await review.getByRole('radio', { checked: true }).waitFor({ state: 'detached' });
  });

  it('prints the week on one page', async () => {
    const page = first();
    await page.goto(at('/weekly?agent=aria&lane=ticket_triage'));
    await page.getByRole('region', { name: 'Weekly review' }).waitFor();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });

  it('lets a person in by a link that is shown once', async () => {
    const page = first();
    await page.goto(at('/people'));
    await page.getByRole('button', { name: 'Invite a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('dana.kim');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    await dialog.getByText(/Tick at least one role/).waitFor();
    await dialog.getByLabel(/^Viewer/).check();
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = await dialog.getByText(/#token=/).innerText();
    expect(await faultsOf(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('1 was invited and has not signed in yet.').waitFor();

    const guest = await openPage(browser as Running);
    open.push(guest);
    await guest.page.goto(link);
    await shows(guest.page, 'Today');
    await page.getByRole('button', { name: 'Close dana.kim' }).click();
    await dialog.getByRole('button', { name: 'Close dana.kim' }).click();
    await page.getByText('closed', { exact: true }).waitFor();
  });

  it('simulates agents under a pact, and stops when told', async () => {
    const page = first();
    await page.goto(at('/pacts'));
    await page
      .getByRole('link', { name: /sample-desk/ })
      .first()
      .click();
    const rates = page.getByRole('region', { name: 'What the allowed rates mean' });
    const lane = rates.getByRole('listitem').filter({ hasText: 'Escalation routing' });
    // So many that it is not done by itself before it is stopped.
    await lane.getByLabel(/^Conversations a day/).fill('2000');
    await lane.getByText(/^About 2\D000 conversations a day\./).waitFor();
    await lane.getByRole('button', { name: 'Simulate 200 agents' }).click();
    await lane.getByRole('button', { name: 'Stop' }).click();
    await lane.getByRole('progressbar').waitFor({ state: 'detached' });
    await lane.getByLabel(/^Conversations a day/).fill('5');
    await lane.getByText(/^About 5 conversations a day\. Four clean weeks can prove at most 1 in 30\./).waitFor();
    await lane.getByRole('button', { name: 'Simulate 200 agents' }).click();
    await lane.getByText(/is lowered by mistake in .+ of 200 years; the bound is 5 %\./).waitFor();
    await lane.getByRole('row', { name: /A break is noticed/ }).waitFor();
    expect(await faultsOf(page)).toEqual([]);
  });

  it.each(LOOKS)('has no fault in $name', async (look) => {
    const storageState = await first().context().storageState();
    const watched = await openPage(browser as Running, look, { storageState });
    open.push(watched);
    for (const [path, title] of [
      ['/weekly?agent=aria&lane=ticket_triage', 'Weekly'],
      ['/people', 'People'],
    ] as const) {
      await watched.page.goto(at(path));
      await shows(watched.page, title);
      await watched.page
        .getByRole(title === 'People' ? 'button' : 'combobox')
        .first()
        .waitFor();
      await picture(watched.page, `${title.toLowerCase()}-${look.name}`);
      expect(await faultsOf(watched.page)).toEqual([]);
      expect(await spillsOf(watched.page)).toEqual([]);
    }
  });

  it('complains of nothing', () => {
    expect(open.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
