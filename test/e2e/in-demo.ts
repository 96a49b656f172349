import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { useMongo } from '../support/mongo.ts';
import { browserPath, launchBrowser } from './browser.ts';
import { startDemo } from './demo-process.ts';

const SCREENSHOTS = resolve('test/screenshots');

/** A demo with one page of a browser on it, for all tests of a file. */
export type InDemo = {
  browser: Browser;
  page: Page;
  /** A picture for the README, when SCREENSHOTS asks for them. */
  shoot: (name: string, of?: Page) => Promise<void>;
  /** Neither the page nor the app had an error so far. */
  isSound: () => void;
};

/** Declares tests that play a demo, started with `args`, in a browser; skipped, and said so, where there is none. `body` gets what is there once
 *  the tests run. */
export function inDemo(name: string, args: string[], body: (there: InDemo) => void): void {
  if (!browserPath)
    process.stdout.write('No Chromium on this machine: the browser test is skipped. Install it with: apt-get install chromium\n');
  const inBrowser = browserPath ? describe : describe.skip;
  inBrowser(name, () => {
    const { uri } = useMongo({ keeps: true });
    let demo: Awaited<ReturnType<typeof startDemo>> | undefined;
    const errors: string[] = [];
    const there: Partial<InDemo> = {
      shoot: async (name, of = there.page) => {
        if (!process.env.SCREENSHOTS) return;
        // Toasts and smooth scrolling settle.
        await of?.waitForTimeout(300);
        await of?.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
      },
      isSound: () => {
        expect(errors).toEqual([]);
        expect(demo?.log()).not.toMatch(/"level":50/);
      },
    };
    beforeAll(async () => {
      const [started, browser] = await Promise.all([startDemo(uri, args), launchBrowser()]);
      demo = started;
      const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(started.url);
      Object.assign(there, { browser, page });
    });
    afterAll(async () => {
      await there.browser?.close();
      await demo?.stop();
    });
    body(there as InDemo); // complete once the tests run
  });
}
