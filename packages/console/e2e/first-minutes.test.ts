/** A newcomer's first two minutes on the sample desk: a limit that sees across conversations, a stop, a rehearsal of their own. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page, Browser as Running } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../cli/src/end-to-end/callers.ts';
import { makeFolder, type ServerProcess } from '../../cli/src/end-to-end/running.ts';
import { findBrowser, launch } from './browser.ts';
import { LONG_MS, linkIn, shows, startSample, visit } from './desk.ts';
import { TWO_LOOKS, wrongOf } from './looked.ts';

const found = await findBrowser();
const RECORDING = fileURLToPath(new URL('../../cli/sample/conversations.jsonl', import.meta.url));
/** Enough for aria to be trusted with refunds. */
const VISITS = 12;

describe.skipIf('absent' in found)('the first two minutes', { timeout: LONG_MS }, () => {
  const folder = makeFolder();
  let [server, browser]: [ServerProcess | undefined, Running | undefined] = [undefined, undefined];
  let page: Page;
  let complaints: readonly string[] = [];
  const desk = (): ServerProcess => server as ServerProcess;
  const step = (title: string) => page.getByRole('region', { name: title });

  beforeAll(async () => {
    if (!('browser' in found)) return;
    server = await startSample(folder, VISITS);
    browser = await launch(found.browser);
    ({ page, complaints } = await visit(browser, linkIn(server.out())));
  }, LONG_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
  });

  it('leads a newcomer from Today to three things to see', async () => {
    await page.getByRole('link', { name: 'Show me' }).click();
    await shows(page, 'The first two minutes');
  });

  it('shows three refunds of which each is small and the third is held by what went before', async () => {
    const refunds = step('A limit that sees across conversations');
    await refunds.getByRole('button', { name: 'Let the customer ask three times' }).click();
    const rows = refunds.getByRole('listitem');
    await rows.nth(0).getByText('allowed', { exact: true }).waitFor();
    await rows.nth(1).getByText('allowed', { exact: true }).waitFor();
    await rows.nth(2).getByText('held', { exact: true }).waitFor();
    expect(await wrongOf(page, 'first-refunds', TWO_LOOKS)).toEqual([]);
    await rows.nth(2).getByRole('link', { name: 'Answer it' }).click();
    await shows(page, 'Queue');
    const card = page.getByRole('article');
    await card.getByText('$90.00').first().waitFor();
    await card.getByText('$100.00').first().waitFor();
    expect(await wrongOf(page, 'first-held', TWO_LOOKS)).toEqual([]);
    await page.goBack();
    await shows(page, 'The first two minutes');
  });

  it('stops an agent: its very next action is denied, and people take over', async () => {
    const stop = step('A stop that takes effect at once');
    await stop.getByLabel('Agent').selectOption('aria');
    const { size } = (await ask(desk(), 'GET', '/v1/today')).body['ledger'] as { size: number };
    await stop.getByRole('button', { name: 'Stop aria' }).click();
    await stop.getByText(/^Its next action, /).waitFor();
    await stop.getByText(/handed over to people\.$/).waitFor();
    expect(await wrongOf(page, 'first-stopped', TWO_LOOKS)).toEqual([]);
    await expectShut(desk(), size);
    await stop.getByRole('button', { name: 'Resume aria' }).click();
    await stop.getByRole('button', { name: 'Stop aria' }).waitFor();
  });

  it('rehearses a recording that is dropped, each stop beside its sentence, each disagreement one key', async () => {
    await page.getByRole('link', { name: 'Rehearse on recordings' }).click();
    await shows(page, 'Rehearsal');
    const requests: string[] = [];
    page.on('request', (request) => request.method() !== 'GET' && requests.push(request.url()));
    await drop(page, 'conversations.jsonl', readFileSync(RECORDING, 'utf8'));
    const stops = page.getByRole('region', { name: 'What would have been stopped' });
    await page.getByRole('region', { name: 'What it comes to' }).waitFor();
    await stops.getByRole('article', { name: /^Stopped: / }).waitFor();
    expect(await wrongOf(page, 'rehearsed')).toEqual([]);
    const row = (n: number) => stops.getByRole('list', { name: 'Stops' }).getByRole('listitem').nth(n);
    const says = await row(0).innerText();
    await page.keyboard.press('w');
    await stops.getByText(/^You disagree with 1 of \d+ stops\.$/).waitFor();
    await row(0).getByText('this was right').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    const saved = page.waitForEvent('download');
    await stops.getByRole('button', { name: 'Save the disagreements' }).click();
    const path = await (await saved).path();
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(says).toContain((JSON.parse(lines[0] ?? '') as { tool: string }).tool);
    await page.keyboard.press('w');
    await stops.getByText('Where the agent was right, press W').waitFor();
    expect(requests).toEqual([]);
  });

  it('complains of nothing', () => {
    expect(complaints).toEqual([]);
  });
});

/** From the stop on, in the order of the ledger: nothing but a hand-over to a person was let through. */
async function expectShut(server: ServerProcess, from: number): Promise<void> {
  const stop = await entryOf(server, 'agent.stopped', from);
  const { body } = await ask(server, 'GET', '/v1/decisions?agent=aria&limit=50');
  const decisions = body['decisions'] as readonly {
    readonly seq: number;
    readonly lane: string | null;
    readonly tool: string;
    decision: string;
  }[];
  // What no lane of a pact is about, such as reading, is not an act of the agent.
  const after = decisions.filter(({ seq, lane, tool }) => seq > stop && lane !== null && tool !== 'hand_over');
  expect(after.map(({ decision }) => decision)).toContain('deny');
  expect(after.filter(({ decision }) => decision !== 'deny')).toEqual([]);
}

async function entryOf(server: ServerProcess, type: string, from: number): Promise<number> {
  for (let seq = from; ; seq++) {
    const { status, body } = await ask(server, 'GET', `/v1/ledger/entries/${seq}`);
    expect(status, `an entry ${type}`).toBe(200);
    if (body['type'] === type) return seq;
  }
}

/** What a person drops from their folder. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([called, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content as string], called as string));
      return transfer;
    },
    [name, text] as const,
  );
  await page.getByText('or drop them here').dispatchEvent('drop', { dataTransfer: files });
}
