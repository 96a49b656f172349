import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** Where a system's own Chromium or Chrome is; nothing is downloaded. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const browserPath: string | undefined = [process.env.CHROMIUM_PATH ?? '', ...PLACES].find((path) => path && existsSync(path));

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ ...(browserPath ? { executablePath: browserPath } : {}), args: FLAGS });
}

/** A person at the sandbox's page. */
export type Person = ReturnType<typeof personAt>;

export function personAt(page: Page) {
  const dialog = page.getByRole('dialog');
  const field = (name: string): Locator => dialog.locator(`[data-block-id="${name}"]`);
  let clicks = 0;
  return {
    page,
    /** Buttons pressed and forms sent so far. */
    clicks: () => clicks,
    dialog,
    field,
    become: async (userId: string) => page.locator(`[data-persona="${userId}"]`).click(),
    go: async (channelId: string) => page.locator(`[data-channel="${channelId}"]`).first().click(),
    type: async (words: string) => {
      await page.getByTestId('composer').fill(words);
      await page.getByTestId('composer').press('Enter');
    },
    fill: async (name: string, words: string) => field(name).locator('input, textarea').first().fill(words),
    check: async (name: string, label: string) => field(name).getByLabel(label, { exact: true }).check(),
    choose: async (name: string, label: string) => field(name).locator('select').selectOption({ label }),
    /** Chooses a file and waits until it is uploaded: a form sent earlier is held back, as in Slack. */
    attach: async (name: string, path: string) => {
      await field(name).locator('input[type=file]').setInputFiles(path);
      await field(name)
        .locator(`[data-file="${basename(path)}"]`)
        .waitFor();
    },
    submit: async () => {
      clicks++;
      await dialog.getByTestId('modal-submit').click();
    },
    isClosed: async () => dialog.waitFor({ state: 'hidden' }),
    close: async () => {
      clicks++;
      await dialog.getByTestId('modal-close').click();
      await dialog.waitFor({ state: 'hidden' });
    },
    /** Does what opens a modal. When none comes, or none with the field asked for, does it again, as a person would: Slack lets one be
     *  opened for three seconds after the click, and a busy machine may miss them. */
    opens: async (act: () => Promise<unknown>, name?: string) => {
      const wanted = name === undefined ? dialog : field(name);
      for (let attempt = 1; ; attempt++) {
        await act();
        const opened = wanted.waitFor({ timeout: 6000 });
        if (await opened.then(() => true).catch(() => false)) return;
        const said = await dialog.allInnerTexts();
        if (attempt === 3) throw new Error(`The modal did not open. It says: ${said.join()}`);
        if (said.length > 0) await dialog.getByTestId('modal-close').click();
      }
    },
    /** Waits until the dialog has these words. */
    reads: async (words: string | RegExp) => dialog.getByText(words).first().waitFor(),
    /** Presses a button of the dialog until it has led to these words: a machine that is busy may miss Slack's three seconds. */
    leads: async (actionId: string, words: string | RegExp) => {
      const there = dialog.getByText(words).first();
      for (let attempt = 1; attempt <= 3; attempt++) {
        clicks++;
        await dialog.locator(`[data-action-id="${actionId}"]`).first().click();
        const came = there.waitFor(attempt < 3 ? { timeout: 8000 } : {});
        if (attempt === 3) return came;
        if (await came.then(() => true).catch(() => false)) return;
      }
    },
    press: async (actionId: string, within: Locator = page.locator('main')) => {
      clicks++;
      await within.locator(`[data-action-id="${actionId}"]`).first().click();
    },
  };
}
