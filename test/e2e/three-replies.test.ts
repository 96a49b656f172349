import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ANA, PARTNERSHIPS } from '../sandbox/cast.ts';
import { useMongo } from '../support/mongo.ts';
import { browserPath, launchBrowser, type Person, personAt } from './browser.ts';
import { startDemo } from './demo-process.ts';

const SCREENSHOTS = resolve('test/screenshots');

if (!browserPath)
  process.stdout.write('No Chromium on this machine: the browser test is skipped. Install it with: apt-get install chromium\n');
const inBrowser = browserPath ? describe : describe.skip;

inBrowser('three replies and their answers, in a browser', () => {
  const { uri } = useMongo({ keeps: true });
  let demo: Awaited<ReturnType<typeof startDemo>>;
  let browser: Browser;
  let page: Page;
  let ana: Person;
  const errors: string[] = [];
  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemo(uri, ['--no-partners']), launchBrowser()]);
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(demo.url);
    ana = personAt(page);
    await ana.become(ANA);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  const thread = () => page.getByTestId('thread');
  const shoot = async (name: string) => {
    if (!process.env.SCREENSHOTS) return;
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${SCREENSHOTS}/${name}.png` });
  };
  /** The company's thread, in which everything of this test happens. */
  const openThread = async () => {
    await ana.go(PARTNERSHIPS);
    await page.getByTestId('messages').locator('li', { hasText: 'Drafts, decisions and replies' }).last().locator('.replies').click();
  };
  /** Approves the draft that waits in the thread, as its n-th message; at night and at week-ends a first one is let go. */
  const approve = async (nth: number) => {
    await ana.opens(() => ana.press('draft.approve', thread()));
    await ana.reads(/This leaves once/);
    await ana.submit();
    await ana.isClosed();
    const left = thread()
      .getByText(/Message-ID/)
      .nth(nth - 1);
    const release = thread().locator('[data-action-id="draft.release"]');
    await left.or(release).first().waitFor();
    if (await release.isVisible()) {
      await release.click();
      await page.getByTestId('confirm').click();
    }
    await left.waitFor();
  };
  /** Opens the newest of so many mails and reads it. */
  const openMail = async (count: number, ...words: RegExp[]) => {
    await page.getByTestId('nav-mail').click();
    const rows = page.getByTestId('mail-list').locator('.mail-row');
    await rows.nth(count - 1).waitFor();
    await rows.first().click();
    for (const said of words) await page.getByTestId('mail').filter({ hasText: said }).waitFor();
  };
  /** The recipient answers the mail that is open. */
  const answer = async (words: string) => {
    await page.getByTestId('mail-reply').click();
    await page.getByTestId('mail-answer').fill(words);
    await page.getByTestId('mail-send').click();
    await page.getByTestId('mail-answers').locator('li').first().waitFor();
    await openThread();
    await thread()
      .getByText(words.split('\n')[0] ?? '', { exact: false })
      .first()
      .waitFor();
  };
  const draftAnswer = async () => {
    await thread().locator('[data-action-id="reply.answer"]').last().click();
    await thread().locator('[data-action-id="draft.approve"]').waitFor();
    await thread().locator('[data-action-id="draft.approve"]').scrollIntoViewIfNeeded();
  };

  test('pricing and March; Thursday at 10; the wrong person, write to Omar: each is answered by what it says', async () => {
    await ana.go(PARTNERSHIPS);
    const digest = page.getByTestId('messages').locator('li', { hasText: 'partner candidates for' }).last();
    await ana.opens(() => ana.press('company.draft', digest));
    await ana.fill('name', 'Mira Okafor');
    await ana.fill('email', 'mira@tavola.example');
    await ana.field('country').locator('select').selectOption('GB');
    await ana.check('basis', 'Published on a page for their work');
    await ana.choose('origin', 'Their own website');
    await ana.fill('source', 'https://tavola.example/contact');
    await ana.submit();
    await ana.isClosed();
    await openThread();
    await thread().locator('[data-action-id="draft.approve"]').waitFor();
    await approve(1);

    await openMail(1, /Hello Mira|Mira Okafor/);
    await answer('What does it cost?\nPing me in March.\n\nMira');
    // Nothing here reads that this is a “later”: a person says so.
    await ana.opens(() => thread().locator('[data-action-id="reply.correct"]').last().click());
    await ana.check('kind', 'not now, perhaps later');
    await ana.submit();
    await thread()
      .getByText(/They name \d+ March/)
      .waitFor();
    await draftAnswer();
    await shoot('answer-question');
    await approve(2);
    await openMail(2, /You asked: “What does it cost\?”/, /I will find out and write to you/, /I have noted March/);

    await answer('Or shall we say Thursday at 10?\n\nMira');
    await draftAnswer();
    await shoot('answer-time');
    await approve(3);
    await openMail(3, /You proposed: “Or shall we say Thursday at 10\?”/, /I will check the time and confirm it/);

    await answer('I am the wrong person after all, please write to Omar Haddad <omar@tavola.example>.\n\nMira');
    await ana.opens(() => thread().getByRole('button', { name: 'Write to Omar Haddad' }).last().click());
    await ana.reads(/The letter says so\./);
    expect(await ana.field('email').locator('input').inputValue()).toBe('omar@tavola.example');
    await shoot('write-to-named');
    await ana.submit();
    await ana.isClosed();
    await thread().locator('[data-action-id="draft.approve"]').waitFor();
    await approve(4);
    await openMail(4, /omar@tavola\.example/, /Mira Okafor pointed me to you\./);
    await shoot('letter-to-named');
    expect(errors).toEqual([]);
    expect(demo.log()).not.toMatch(/"level":50/);
  });
});
