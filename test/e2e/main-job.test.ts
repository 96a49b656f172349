import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ANA, MILO, PARTNERSHIPS } from '../sandbox/cast.ts';
import { personAt } from './browser.ts';
import { inDemo } from './in-demo.ts';

const COMPANIES = resolve('test/sandbox/demo-companies.csv');

inDemo('the main job in a browser', ['--blank'], (there) => {
  test('set-up, import, digest, details, draft, edit, approve; the edited text is in the mailbox', async () => {
    const { page, shoot, isSound } = there;
    const ana = personAt(page);
    await ana.go(PARTNERSHIPS);

    await ana.opens(() => ana.type('/partners setup'));
    await ana.reads('Your company’s website');
    await ana.fill('website', 'larkspur.example');
    await ana.submit();
    await ana.reads('Company name');
    await ana.fill('name', 'Larkspur');
    await ana.fill('website', 'not a website');
    await ana.fill('sells', 'Analytics and reporting software for private clinics: waiting times, revenue and results in one place.');
    await ana.fill('customers', 'Private clinics, hospital groups and dental practices');
    await ana.fill('regions', 'United Kingdom, Ireland');
    for (const type of ['Technology partner', 'Reseller', 'Consultant']) await ana.check('partnerTypes', type);
    await ana.submit();
    await ana.reads(/Give your web domain/);
    expect(await ana.field('name').locator('input').inputValue()).toBe('Larkspur');
    await ana.fill('website', 'larkspur.example');
    await ana.submit();
    await ana.reads('Competitors');
    await ana.fill('competitors', 'vantageclinics.example');
    await ana.fill('customers', 'meadowsweet.example');
    await ana.submit();
    await ana.reads('Team channel');
    await ana.choose('channel', '#partnerships');
    await shoot('setup');
    await ana.submit();
    await ana.reads('Postal address');
    await ana.fill('name', 'Ana Alder');
    await ana.fill('address', 'ana@larkspur.example');
    await ana.fill('postalAddress', '1 Harbour Street, Bristol BS1 4RN, United Kingdom');
    await ana.submit();
    await ana.reads('Everything is set.');
    await ana.close();

    await ana.opens(() => ana.type('/partners roles'));
    await ana.reads('Role from now on');
    await ana.choose('user', 'Milo Marsh');
    await ana.check('role', 'Manager: approves outreach, decides, imports');
    await ana.submit();
    await ana.dialog.getByText('Managers: @Milo Marsh').waitFor();
    await ana.close();

    await ana.opens(() => ana.type('/partners import'));
    await ana.attach('file', COMPANIES);
    await ana.submit();
    await ana.reads(/is read as web domain/);
    await shoot('import');
    await ana.submit();
    await ana.reads(/progress and the result/);
    await ana.close();

    await ana.type('/partners digest');
    const digest = page.getByTestId('messages').locator('li', { hasText: 'partner candidates for' }).last();
    await digest.locator('[data-action-id="company.draft"]').first().waitFor();
    expect(await digest.textContent()).not.toMatch(/Vantage|Meadowsweet/);
    await digest.getByRole('heading').first().scrollIntoViewIfNeeded();
    await digest.locator('summary').first().click();
    await digest.getByRole('heading').first().scrollIntoViewIfNeeded();
    await shoot('digest');
    await ana.opens(() => ana.press('company.details', digest));
    await ana.reads(/The score is the points below/);
    await shoot('details');
    await ana.close();

    await ana.opens(() => ana.press('company.draft', digest));
    await ana.fill('name', 'Dana Reed');
    await ana.fill('email', 'dana@brackenfield.example');
    // The country is known from the company's place.
    expect(await ana.field('country').locator('select').inputValue()).toBe('GB');
    await ana.check('basis', 'Published on a page for their work');
    await ana.choose('origin', 'Their own website');
    await shoot('contact');
    await ana.fill('source', 'https://brackenfield.example/contact');
    await ana.submit();
    await page
      .getByTestId('messages')
      .getByText(/Writing to Dana Reed/)
      .waitFor();
    await ana.isClosed();

    const milo = ana;
    await milo.become(MILO);
    await milo.go(PARTNERSHIPS);
    await page.getByTestId('messages').locator('li', { hasText: 'Drafts, decisions and replies' }).last().locator('.replies').click();
    const thread = page.getByTestId('thread');
    await thread.getByText(/waiting for approval/).waitFor();
    // Turned down by mistake: the contact is known by now, so it is drafted again with one click.
    await milo.press('draft.reject', thread);
    await thread.getByText(/Closed by/).waitFor();
    const before = milo.clicks();
    await milo.press('company.draft', digest);
    const told = page.getByTestId('messages').locator('li', { hasText: 'changes the person' }).last();
    await told.waitFor();
    await thread.locator('[data-action-id="draft.edit"]').waitFor();
    const drafted = milo.clicks();
    await milo.opens(() => milo.press('draft.edit', thread));
    await milo.reads('Subject');
    await milo.fill('subject', 'Clinics we could serve together');
    const body = milo.field('body').locator('textarea');
    await body.fill(`${await body.inputValue()}\n\nPS: Bristol is an hour away, and the coffee here is good.`);
    await milo.submit();
    await thread.getByText('version 2').waitFor();
    await thread.locator('[data-action-id="draft.approve"]').scrollIntoViewIfNeeded();
    await shoot('draft');
    const edited = milo.clicks();
    await milo.opens(() => milo.press('draft.open', told));
    await milo.reads(/version 2/);
    await milo.press('draft.approve', milo.dialog);
    await milo.reads(/This leaves once/);
    await shoot('approval');
    await milo.submit();
    await milo.reads(/Approved by/);
    expect(milo.clicks() - edited + (drafted - before)).toBeLessThanOrEqual(5);
    await milo.close();
    const left = thread.getByText(/Message-ID/);
    const waits = thread.getByText(/Waits until/);
    await left.or(waits).first().waitFor();
    // At night and at week-ends it waits for business time where Dana is; a manager need not.
    if (await waits.isVisible()) {
      await milo.press('draft.release', thread);
      await page.getByTestId('confirm').click();
    }
    await left.waitFor();
    await shoot('sent');

    await ana.become(ANA);
    await page.getByTestId('nav-mail').click();
    await page.getByTestId('mail-list').getByText('Clinics we could serve together').click();
    await page
      .getByTestId('mail-text')
      .getByText(/the coffee here is good/)
      .waitFor();
    await shoot('mailbox');

    // Dana answers; the reply stands in the company's thread with the day she names.
    await page.getByTestId('mail-reply').click();
    await page
      .getByTestId('mail-answer')
      .fill('Hi Ana,\n\nthis sounds interesting, but we are busy now. Please write again in two weeks.\n\nDana');
    await page.getByTestId('mail-send').click();
    await page.getByTestId('mail-answers').locator('li').first().waitFor();
    await ana.go(PARTNERSHIPS);
    await page.getByTestId('messages').locator('li', { hasText: 'Drafts, decisions and replies' }).last().locator('.replies').click();
    await thread.getByText(/Understood as/).waitFor();
    await thread.getByText('Please write again in two weeks', { exact: false }).first().waitFor();
    await thread.locator('[data-action-id="reply.later"]').scrollIntoViewIfNeeded();
    await shoot('reply');
    await ana.press('reply.later', thread);
    await thread
      .getByText(/Put off|put off/)
      .first()
      .waitFor();

    await ana.type('/partners outreach');
    await page.getByTestId('messages').getByText('Came back').last().waitFor();
    await shoot('outreach');
    isSound();
  });
});
