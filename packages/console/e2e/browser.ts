/** A real browser for the end-to-end tests: pages that fail on any error of their own, axe, pictures on request. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page, type Browser as Running } from 'playwright-core';
import { inject } from 'vitest';
import type { Browser } from '../../../tools/test-browser.ts';

/** What to launch, or the sentence that says why these tests did not run. */
export async function findBrowser(): Promise<{ readonly browser: Browser } | { readonly absent: string }> {
  const answer = await fetch(inject('browserDoor'));
  const text = await answer.text();
  if (answer.ok) return { browser: JSON.parse(text) as Browser };
  console.warn(text);
  return { absent: text };
}

export function launch({ env, ...how }: Browser): Promise<Running> {
  const all = Object.entries({ ...process.env, ...env }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return chromium.launch({ ...how, args: ['--no-sandbox'], env: Object.fromEntries(all) });
}

/** The four ways every page is looked at. */
export const LOOKS = [
  { name: 'wide-light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'wide-dark', width: 1440, height: 900, colorScheme: 'dark' },
  { name: 'narrow-light', width: 390, height: 844, colorScheme: 'light' },
  { name: 'narrow-dark', width: 390, height: 844, colorScheme: 'dark' },
] as const;
export type Look = (typeof LOOKS)[number];

/** Machines that test are busy: what is waited for is given time, and nothing else takes any. */
export const WAITS_MS = 60_000;

export interface Watched {
  readonly page: Page;
  /** What the page itself complained of: exceptions, refused scripts, errors on its console. */
  readonly complaints: string[];
}

export async function openPage(
  browser: Running,
  look: Look = LOOKS[0],
  more: BrowserContextOptions = {},
): Promise<Watched> {
  const { width, height, colorScheme } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
    ...more,
  });
  context.setDefaultTimeout(WAITS_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message.location().url)) complaints.push(message.text());
  });
  return { page, complaints };
}

/** A refusal of the API is an answer, and the page says it; the browser notes it all the same. */
const isAnswer = (address: string): boolean => URL.canParse(address) && new URL(address).pathname.startsWith('/v1/');

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What may differ between light and dark alone. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** The faults axe finds by WCAG 2.2 AA and its good practice, one line each. Needs no weakening of the page's policy. */
export async function faultsOf(page: Page, isOfColour = false): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(
    async (runOnly) => {
      const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } };
      interface AxeResults {
        readonly violations: readonly { id: string; help: string; nodes: readonly { target: unknown }[] }[];
      }
      const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target }) => `${id}: ${help}: ${String(target)}`),
      );
    },
    isOfColour ? COLOURS : RULES,
  );
}

/** Boxes that stick out of the page sideways, and text cut off without an ellipsis that was meant. */
export async function spillsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > wide)
      found.push(`the page is ${document.documentElement.scrollWidth} of ${wide} px wide`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (element.closest('svg, [hidden], [inert], .visually-hidden')) continue;
      const style = getComputedStyle(element);
      const isCut = element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'hidden';
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (isCut && hasText && style.textOverflow !== 'ellipsis' && element.clientWidth > 1)
        found.push(`cut: ${element.textContent?.trim().slice(0, 60)}`);
    }
    return found;
  });
}

/** A picture for people, where SHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
