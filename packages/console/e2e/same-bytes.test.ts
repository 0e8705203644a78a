/** The core computes in a real browser what it computes in Node, to the bit. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleHistory } from '../../core/src/world/sample-history.ts';
import { digestOfEntries } from '../../core/src/world/world-digest.ts';
import { findBrowser, launch } from './browser.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const shared = process.env['SURETY_SHARED'] ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
const vectors = `${shared}/vectors/trust.json`;
const found = await findBrowser();

/** One script with the core and a table of what to call, for `window.core`. */
async function bundle(entry: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['surety-source', 'import', 'module', 'browser', 'default'] },
    build: { write: false, minify: false, lib: { entry: `${root}/${entry}`, name: 'core', formats: ['iife'] } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error('vite built nothing');
  return output.output[0].code;
}

describe.skipIf('absent' in found)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    if ('browser' in found) browser = await launch(found.browser);
  });
  afterAll(() => browser?.close());

  if (!existsSync(vectors)) console.warn(`skipped: test vectors of trust, looked for in ${vectors}`);
  it.skipIf(!existsSync(vectors))('passes every known answer of trust', async () => {
    const { cases } = JSON.parse(readFileSync(vectors, 'utf8')) as { cases: unknown[] };
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundle('packages/console/e2e/known-answers.js') });
    const wrong = await page.evaluate(
      (all) => (window as unknown as { core: { wrongOf(cases: unknown[]): string[] } }).core.wrongOf(all),
      cases,
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    [1, 300],
    [2, 3_000],
  ])('folds the entries of seed %i, %i of them, to the same world', async (seed, length) => {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundle('packages/console/e2e/known-answers.js') });
    const digest = await page.evaluate(
      ([of, count]) =>
        (window as unknown as { core: { worldOf(seed: number, length: number): string } }).core.worldOf(of, count),
      [seed, length] as const,
    );
    expect(digest).toBe(digestOfEntries(sampleHistory(seed, length)));
  });
});
