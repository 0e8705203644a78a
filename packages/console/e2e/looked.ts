/** A page looked at in light and dark, wide and narrow: what axe finds, what sticks out, a picture. */
import type { Page, Route } from 'playwright-core';
import { faultsOf, LOOKS, type Look, picture, spillsOf } from './browser.ts';

/** Where a state of a page is much like another: once in the light, once on a phone in the dark. */
export const TWO_LOOKS: readonly Look[] = [LOOKS[0], LOOKS[3]];
/** Where it is the same at every place: in one of the two. */
export const BY_DAY: readonly Look[] = [LOOKS[0]];
export const BY_NIGHT: readonly Look[] = [LOOKS[3]];

/** All that is wrong with what is shown now, each with the look it was seen in. */
export async function wrongOf(page: Page, name: string, looks: readonly Look[] = LOOKS): Promise<string[]> {
  const wrong: string[] = [];
  // What comes in meanwhile would move what is being looked at: it comes afterwards.
  const holds = (_: Route) => undefined;
  await page.route('**/v1/**', holds);
  for (const { name: look, width, height, colorScheme } of looks) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await stands(page);
    // Of the four, those in the dark differ from those in the light by their colours alone.
    const isOfColour = looks === LOOKS && colorScheme === 'dark';
    const found = [...(await faultsOf(page, isOfColour)), ...(await spillsOf(page))];
    wrong.push(...found.map((fault) => `${name}, ${look}: ${fault}`));
    await picture(page, `${name}-${look}`);
  }
  const [{ width, height, colorScheme }] = LOOKS;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.unroute('**/v1/**', holds);
  return wrong;
}

/** What changes its colour over time, however short, has its new one. */
const stands = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame();
    await frame();
    const moving = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    await frame();
  });

/** Nothing on the page is on its way any more. */
export const settled = (page: Page): Promise<void> =>
  page
    .getByRole('status', { name: /^(?:Loading|Opening|Fetching)/ })
    .first()
    .waitFor({ state: 'detached' });
