import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { ANA, PARTNERSHIPS } from '../sandbox/cast.ts';
import { type Person, personAt } from './browser.ts';
import { inDemo } from './in-demo.ts';

inDemo('three replies and their answers, in a browser', ['--no-partners'], (there) => {
  let page: Page;
  let ana: Person;
  beforeAll(async () => {
    page = there.page;
    ana = personAt(page);
    await ana.become(ANA);
  });

  const thread = () => page.getByTestId('thread');
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
    await there.shoot('answer-question');
    await approve(2);
    await openMail(2, /You asked: “What does it cost\?”/, /I will find out and write to you/, /I have noted March/);

    await answer('Or shall we say Thursday at 10?\n\nMira');
    await draftAnswer();
    await there.shoot('answer-time');
    await approve(3);
    await openMail(3, /You proposed: “Or shall we say Thursday at 10\?”/, /I will check the time and confirm it/);

    await answer('I am the wrong person after all, please write to Omar Haddad <omar@tavola.example>.\n\nMira');
    await ana.opens(() => thread().getByRole('button', { name: 'Write to Omar Haddad' }).last().click());
    await ana.reads(/The letter says so\./);
    expect(await ana.field('email').locator('input').inputValue()).toBe('omar@tavola.example');
    await there.shoot('write-to-named');
    await ana.submit();
    await ana.isClosed();
    await thread().locator('[data-action-id="draft.approve"]').waitFor();
    await approve(4);
    await openMail(4, /omar@tavola\.example/, /Mira Okafor pointed me to you\./);
    await there.shoot('letter-to-named');
    there.isSound();
  });
});
