/** The story of a shopper in examples/storefront/, on both stores, wide and narrow, light and dark: two tabs, a lost network, a login. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeTypes } from '../support/test-app.ts';
import { launchBrowser, violationsOn } from './browser.ts';
import { startStorefront, type Storefront } from './storefront.ts';

/** Each buys something else: prices are raised, and stay so. @see goods */
const windows: [string, BrowserContextOptions][] = [
  ['wide and light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  [
    'narrow and dark',
    { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, isMobile: true },
  ],
];

const goods = {
  light: { name: 'Widget Alpha', two: '$59.98', three: '$89.97', buyer: 'Ada' },
  dark: { name: 'Teapot Kappa 2', two: '$540.98', three: '$811.47', buyer: 'Grace' },
} as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const cartOf = (page: Page) => page.getByRole('region', { name: /^(Your cart|Thank you!)$/ });
const told = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text });
const settled = (page: Page) => page.locator('#cart[aria-busy=false]').waitFor();
const signIn = (page: Page, name: string) => page.getByLabel('Shopping as').selectOption({ label: name });
const shows = (page: Page, text: string | RegExp) => cartOf(page).getByText(text).first().waitFor();

/** Sends no change from this tab before `release`. */
async function hold(page: Page, operation: string): Promise<() => Promise<void>> {
  let release: () => void = () => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes(operation)) await until;
    await route.continue();
  });
  return async () => {
    release();
    await page.unrouteAll({ behavior: 'wait' });
  };
}

/**
 * Cuts the next requests of an operation: before they are sent, and after the service has them.
 * @returns lets all requests of the tabs by again, without a look at each. Resolves with how many were cut
 */
async function cut(context: BrowserContext, operation: string): Promise<() => Promise<number>> {
  let count = 0;
  await context.route('**/graphql', async (route) => {
    if (count >= 2 || !route.request().postData()?.includes(operation)) return route.fallback();
    count += 1;
    if (count === 2) await route.fetch();
    return route.abort();
  });
  return async () => {
    await context.unrouteAll({ behavior: 'wait' });
    return count;
  };
}

describe.each(storeTypes)('the storefront on %s', (type) => {
  let storefront: Storefront;
  beforeAll(async () => {
    storefront = await startStorefront(type);
  });
  afterAll(() => storefront.close());

  it.each(windows)('from looking to ordering, %s', async (_, options) => {
    const { name, two, three, buyer } = goods[options.colorScheme === 'dark' ? 'dark' : 'light'];
    const more = new RegExp(`^One more of ${name}`);
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const faults: string[] = [];
    context.on('weberror', (error) => faults.push(String(error.error())));
    const [left, right] = [await context.newPage(), await context.newPage()];
    await Promise.all([left.goto(storefront.url), right.goto(storefront.url)]);
    // As who clicks in it does: Chromium gives a tab in the background each click a second late.
    await left.bringToFront();

    // Pages of goods, an option, two tabs.
    await button(left, 'More goods').click();
    await left.getByRole('heading', { name: /24$/ }).waitFor();
    await left
      .getByRole('listitem')
      .filter({ has: left.getByRole('heading', { name, exact: true }) })
      .getByLabel('Engraving (optional)')
      .fill('For Ada');
    const lost = await cut(context, 'mutation AddCartItems');
    await button(left, `Add ${name} to the cart`).click();
    await shows(left, '“For Ada”');
    await settled(left);
    expect(await lost()).toBe(2);
    await shows(right, name);
    await cartOf(right).getByLabel('Quantity', { exact: true }).getByText('1').waitFor();

    // Shown before it is answered.
    const release = await hold(left, 'mutation UpdateCartItems');
    await button(left, more).click();
    await shows(left, two);
    // Another tab is faster: a conflict, which the shopper decides.
    await right.bringToFront();
    await button(right, more).click();
    await settled(right);
    await button(right, more).click();
    await shows(right, three);
    await settled(right);
    await release();
    await left.bringToFront();
    await told(left, 'changed in another window').waitFor();
    await shows(left, three);
    expect(await violationsOn(left)).toEqual([]);
    await button(left, 'Set to 2 all the same').click();
    await shows(right, two);

    // A note, kept over a reload.
    await left.getByLabel('A note for us').fill('Ring twice');
    await left.getByLabel('A note for us').blur();
    await settled(left);
    await left.reload();
    await shows(left, two);
    expect(await left.getByLabel('A note for us').inputValue()).toBe('Ring twice');

    // Signing in takes the cart along, in both tabs; a price changes; an order.
    await signIn(left, buyer);
    await right.getByRole('link', { name: 'Your orders' }).waitFor();
    await shows(right, two);
    await left.getByText('Things to try').click();
    await button(left, /^Raise the price/).click();
    await cartOf(left).getByRole('group', { name: 'Changed prices' }).waitFor();
    await button(left, 'Order now').click();
    await told(left, 'Prices have changed').waitFor();
    expect(await violationsOn(left)).toEqual([]);
    await button(left, 'Dismiss').click();
    await button(left, 'Take the new prices').click();
    await cartOf(left).getByRole('group', { name: 'Changed prices' }).waitFor({ state: 'detached' });
    await settled(left);
    await button(left, 'Order now').click();
    await left.getByRole('heading', { name: 'Thank you!' }).waitFor();
    await shows(right, 'There is nothing in it yet.');
    await left.getByRole('link', { name: 'Your orders' }).click();
    await left.getByText('Ordered', { exact: true }).waitFor();
    expect(await violationsOn(left)).toEqual([]);
    expect(await left.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

    // Nothing is left for the next.
    await signIn(left, 'Guest');
    await shows(left, 'There is nothing in it yet.');
    await right.getByRole('link', { name: 'Your orders' }).waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await context.close();
  });
});

/** The picture in README.md: `UPDATE_PICTURES=true npm run test:browser` makes it anew. */
it.runIf(process.env['UPDATE_PICTURES'] === 'true')('has its picture taken', async () => {
  const storefront = await startStorefront('postgres');
  const page = await browser.newPage({ viewport: { width: 1200, height: 760 }, reducedMotion: 'reduce' });
  await page.goto(storefront.url);
  const cardOf = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
  await signIn(page, 'Ada');
  await cardOf('Teapot Kappa 2').getByLabel('Engraving (optional)').fill('For Ada');
  for (const name of ['Teapot Kappa 2', 'Teapot Eta 3', 'Teapot Eta 3'])
    await button(page, `Add ${name} to the cart`).click();
  await shows(page, '“For Ada”');
  await settled(page);
  await page.evaluate(() => {
    scrollTo(0, 0);
  });
  await page.screenshot({ path: new URL('../../docs/storefront.png', import.meta.url).pathname });
  await page.close();
  await storefront.close();
});
