/** Every page of a desk at work, light and dark, wide and narrow: no fault, nothing cut, nothing the browser complains of. */
import type { Page, Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../cli/src/end-to-end/callers.ts';
import { makeFolder, type ServerProcess } from '../../cli/src/end-to-end/running.ts';
import { findBrowser, launch } from './browser.ts';
import { LONG_MS, linkIn, shows, startSample, until, visit } from './desk.ts';
import { settled, TWO_LOOKS, wrongOf } from './looked.ts';

const found = await findBrowser();
const VISITS = 12;
/** Markup, a direction that turns, marks without end, a word without a break, and what looks like an order. */
const HOSTILE = `<img src=x onerror=alert(1)><marquee>\u202egnp.exe\u2066${'\u0301'.repeat(20)}${'W'.repeat(72)} Approve this, operator`;

/** What the addresses of single things need. */
interface Known {
  readonly card: string;
  readonly decision: string;
  readonly conversation: string;
  readonly pact: string;
}
/** A card by the names of its conversation: the record's, and the agent's. */
interface Named {
  readonly conversation: string;
  readonly conversation_id: string;
}
type Row = readonly [name: string, address: (known: Known) => string, title: string | RegExp];

const PAGES: readonly Row[] = [
  ['today', () => '/', 'Today'],
  ['first', () => '/first', 'The first two minutes'],
  ['queue', () => '/queue', 'Queue'],
  ['card', ({ card }) => `/queue/${card}`, 'Queue'],
  ['agents', () => '/agents', 'Agents'],
  ['agent', () => '/agents/bolt', 'bolt'],
  ['pacts', () => '/pacts', 'Pacts'],
  ['pact', ({ pact }) => `/pacts/${pact}`, /^sample-desk, version \d/],
  ['rehearsal', () => '/pacts/rehearse', 'Rehearsal'],
  ['weekly', () => '/weekly?agent=aria', 'Weekly'],
  ['weekly-lane', () => '/weekly?agent=aria&lane=reply_drafting', 'Weekly'],
  ['proof', () => '/proof?agent=bolt&decision=hold', 'Proof'],
  ['decision', ({ decision }) => `/proof/decisions/${decision}`, /^\w+$/],
  ['conversation', ({ conversation }) => `/proof/conversations/${conversation}`, /^sample-/],
  ['entry', () => '/proof/entries/9', 'Entry 9'],
  ['people', () => '/people', 'People'],
];

/** What opens over a page: where, what is pressed, and the name of what opens. */
const OVERLAYS: readonly (readonly [name: string, address: string, open: (page: Page) => Promise<void>])[] = [
  ['stop', '/agents/bolt', (page) => page.getByRole('button', { name: 'Stop this agent' }).click()],
  ['state', '/agents/bolt', (page) => page.getByRole('button', { name: 'Set the state' }).first().click()],
  ['invite', '/people', (page) => page.getByRole('button', { name: 'Invite a person' }).click()],
  ['palette', '/', (page) => page.keyboard.press('ControlOrMeta+k')],
  ['keys', '/queue', (page) => page.keyboard.press('?')],
];

describe.skipIf('absent' in found)('a desk at work', { timeout: LONG_MS }, () => {
  const folder = makeFolder();
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  let page: Page;
  let complaints: readonly string[] = [];
  let known: Known = { card: '', decision: '', conversation: '', pact: '' };
  const desk = (): ServerProcess => server as ServerProcess;
  const open = (address: string) => page.goto(desk().address + address);

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startSample(folder, VISITS);
    browser = await launch(found.browser);
    ({ page, complaints } = await visit(browser, linkIn(server.out())));
    const list = async <T>(path: string, of: string) => (await ask(desk(), 'GET', path)).body[of] as T[];
    const card = await until(async () => (await list<{ conversation: string }>('/v1/holds', 'cards'))[0]);
    const [held] = await list<{ id: string; conversation: string }>('/v1/decisions?decision=hold&limit=1', 'decisions');
    const [pact] = await list<{ digest: string }>('/v1/pacts', 'pacts');
    known = {
      card: card.conversation,
      decision: held?.id ?? '',
      conversation: held?.conversation ?? '',
      pact: pact?.digest ?? '',
    };
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  it.each(PAGES)('%s is faultless', async (name, address, title) => {
    await open(address(known));
    await shows(page, title);
    await settled(page);
    expect(await wrongOf(page, name)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(OVERLAYS)('%s opens over its page, is faultless, and Escape closes it', async (name, address, press) => {
    await open(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    await press(page);
    await page.getByRole('dialog').waitFor();
    expect(await wrongOf(page, name, TWO_LOOKS)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('says of an agent where its two scores part, and nothing of it where they do not', async () => {
    const parted = 'It keeps the pact better than it serves customers: look at what its rules do not ask for.';
    await page.route('**/v1/agents/bolt/trust', async (route) => {
      const response = await route.fetch();
      const trust = await response.json();
      const [first] = trust.lanes;
      first.scores = {
        conduct: { score: 620, lower: 620, upper: 810, n: 300, missing_sentence: null },
        outcome: { score: 300, lower: 300, upper: 480, n: 90, missing_sentence: null },
      };
      first.gap = parted;
      await route.fulfill({ response, json: trust });
    });
    await open('/agents/bolt');
    await page.getByText(`The two scores disagree. ${parted}`, { exact: true }).waitFor();
    await settled(page);
    expect(await page.getByText('The two scores disagree.').count()).toBe(1);
    expect(await page.getByText('The mark means “proven at the pact’s target”.', { exact: false }).count()).toBe(1);
    expect(await wrongOf(page, 'agent-gap')).toEqual([]);
    await page.unroute('**/v1/agents/bolt/trust');
    await open('/agents/bolt');
    await page.getByRole('heading', { level: 2 }).first().waitFor();
    await settled(page);
    expect(await page.getByText('The two scores disagree.').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('a card whose every text is hostile is text, with its buttons in reach', async () => {
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const { body } = await ask(desk(), 'POST', '/v1/actions', {
      agent: 'bolt',
      conversation_id: `hostile ${HOSTILE}`,
      customer_id: HOSTILE,
      call_id: HOSTILE,
      tool: 'set_priority',
      args: { case_id: HOSTILE, priority: 1 },
      trace: [{ role: 'user', content: HOSTILE }],
    });
    expect(body).toMatchObject({ decision: 'hold' });
    const { cards } = (await ask(desk(), 'GET', '/v1/holds')).body as { cards: readonly Named[] };
    const { conversation } = cards.find((one) => one.conversation_id.startsWith('hostile')) as Named;
    await open(`/queue/${conversation}`);
    const card = page.getByRole('article', { name: /^Conversation hostile/ });
    await card.getByText('<img src=x onerror=alert(1)>').first().waitFor();
    for (const name of ['Approve', 'Edit', 'Refuse']) await card.getByRole('button', { name }).scrollIntoViewIfNeeded();
    await settled(page);
    expect(await wrongOf(page, 'hostile')).toEqual([]);
    expect(await card.locator('img, iframe, marquee').count()).toBe(0);
    for (const where of [`conversations/${conversation}`, `decisions/${String(body['id'])}`]) {
      await open(`/proof/${where}`);
      await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
      await settled(page);
      expect(await wrongOf(page, `hostile-${where.split('/')[0]}`, TWO_LOOKS)).toEqual([]);
    }
    expect(dialogs).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('the menu of the person opens by keyboard and is faultless', async () => {
    await open('/');
    await shows(page, 'Today');
    await page.getByRole('button', { name: 'Your menu' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor();
    expect(await wrongOf(page, 'menu', TWO_LOOKS)).toEqual([]);
    await page.keyboard.press('Escape');
  });
});
