/** The system's Chromium, watched: what a page must never do is collected, and axe looks at it. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @throws Error where there is none: CHROMIUM_PATH names one that is elsewhere */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? findChromium();
  if (executablePath === undefined) {
    throw new Error(
      `There is no ${NAMES.join(', ')} in PATH: install Chromium, or set CHROMIUM_PATH to a browser of its kind.`,
    );
  }
  // Chromium's own sandbox does not start as root, as in containers. Only pages of this project are opened.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const BLANK = 'about:blank';

export interface Watched {
  readonly page: Page;
  /** Another tab of the same browser. */
  another(): Promise<Page>;
  /** What went wrong since it was opened: errors on the console, among them refusals of the policy, and requests to others. */
  readonly faults: string[];
  /** Opens the page as one that was never here, alone. A context of its own would take three times as much of the processor. */
  begin(): Promise<void>;
  close(): Promise<void>;
}

/** @param url what {@link Watched.begin} opens; requests to anything but its origin are faults, and get no answer */
export async function openWatched(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
): Promise<Watched> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const faults: string[] = [];
  const { origin } = new URL(url);
  await context.route(
    (address) => address.origin !== origin && address.protocol.startsWith('http'),
    async (route) => {
      faults.push(`request to ${route.request().url()}`);
      await route.abort();
    },
  );
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  context.on('weberror', (error) => faults.push(String(error.error())));
  const another = async () => {
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };
  const page = await context.newPage();
  const begin = async () => {
    for (const other of context.pages()) if (other !== page) await other.close();
    await context.setOffline(false);
    await context.clearCookies();
    // What the page keeps; where it was not opened yet there is nothing of that kind.
    if (page.url() !== BLANK) await page.evaluate('localStorage.clear()');
    await page.goto(url);
  };
  return { page, another, faults, begin, close: () => context.close() };
}

/** A script for a page that has axe already: half a megabyte, read twice for each look. */
const NOTHING = ';';

/**
 * What axe finds on the page as it is: each as rule and place. In the page itself, which has no frames: else the other half of the
 * work is done in a page of its own, opened for each look. What is in order is not told of, element for element.
 */
export async function violationsOn(page: Page): Promise<string[]> {
  const isThere = await page.evaluate<boolean>('globalThis.axe !== undefined');
  const axe = new AxeBuilder(isThere ? { page, axeSource: NOTHING } : { page });
  const { violations } = await axe
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} at ${JSON.stringify(target)}: ${failureSummary}`),
  );
}
