/** A desk to look at: the real server as a process of its own, what waits on it, and its people, each in a browser of their own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Browser as Running } from 'playwright-core';
import { expect } from 'vitest';
import { ask, propose } from '../../cli/src/end-to-end/callers.ts';
import { run, type ServerProcess } from '../../cli/src/end-to-end/running.ts';
import { openPage, type Watched } from './browser.ts';

/** A test that waits several times. */
export const LONG_MS = 240_000;
/** The password of everyone in these tests. */
export const SECRET = 'a sentence nobody guesses';

/** The link that lets the first person in, as the server prints it. */
export const linkIn = (out: string): string => /^sign in once, within a day: (\S+)\n/m.exec(out)?.[1] ?? '';

/** `surety demo` with a short history, once it is at work. */
export async function startSample(folder: string, visits: number): Promise<ServerProcess> {
  const running = run(['demo', '--data', folder, '--port', '0', '--visits', String(visits)], {
    SURETY_RATE_PER_MINUTE: '10000000',
  });
  const address = await new Promise<string>((resolve, reject) => {
    running.child.stdout?.on('data', () => {
      const found = linkIn(running.out());
      if (found !== '') resolve(new URL(found).origin);
    });
    void running.ended.then((code) => reject(new Error(`surety demo ended with ${code}: ${running.err()}`)));
  });
  const { key } = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { key: string };
  return { ...running, address, key };
}

/** Goes in by a one-time link, as a person does. `name`: the first person chooses it, the others have theirs. */
export async function enter(browser: Running, link: string, name?: string): Promise<Watched> {
  const watched = await openPage(browser);
  const { page } = watched;
  await page.goto(link);
  if (name !== undefined) await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill(SECRET);
  await page.getByLabel('Password again').fill(SECRET);
  await page.getByRole('button', { name: 'Go to the desk' }).click();
  await shows(page, 'Today');
  return watched;
}

/** Goes in by the link of the sample desk, where a visitor needs no password. */
export async function visit(browser: Running, link: string): Promise<Watched> {
  const watched = await openPage(browser);
  await watched.page.goto(link);
  await shows(watched.page, 'Today');
  return watched;
}

/** One more person of the desk, with a browser of their own. */
export async function invite(
  server: ServerProcess,
  browser: Running,
  name: string,
  roles: readonly string[],
): Promise<Watched> {
  const { status, body } = await ask(server, 'POST', '/v1/people', { name, roles }, 'dana');
  expect(status).toBe(200);
  return enter(browser, String(body['link']));
}

/** From now on nothing happens on the page by itself, however long the machine takes; `page.clock.resume()` ends it. */
export async function stopClock(page: Page): Promise<void> {
  const now = await page.evaluate(() => Date.now());
  await page.clock.pauseAt(now + 60_000);
}

/** The page's own name is there. */
export const shows = (page: Page, title: string | RegExp): Promise<void> =>
  page.getByRole('heading', { level: 1, name: title, ...(typeof title === 'string' ? { exact: true } : {}) }).waitFor();

/** An action of `bot`, in a conversation of its own; what it asks for is on the record before it is answered. */
export async function refund(server: ServerProcess, n: number, amount: number): Promise<string> {
  const { status, body } = await propose(server, {
    conversation_id: `talk-${n}`,
    call_id: 'call_1',
    customer_id: `customer-${n}`,
    tool: 'refund',
    args: { order_id: `W${n}`, amount },
  });
  expect(status).toBe(200);
  return String(body['id']);
}

/** Asks the API again until it is so; the test's own time limit ends what never comes. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export interface Answered {
  /** The action that was held. */
  readonly action: string;
  readonly answer: string;
}

/** Every answer to a hold that stands on the ledger, in its order. */
export async function answersOn(server: ServerProcess): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (let seq = 0; ; seq++) {
    const { status, body } = await ask(server, 'GET', `/v1/ledger/entries/${seq}`);
    if (status !== 200) return answers;
    const { hold, answer } = body['data'] as { readonly hold: string; readonly answer: string };
    if (body['type'] === 'hold.answered') answers.push({ action: hold.replace('a/', 'act_'), answer });
  }
}
