import { expect, test } from 'vitest';
import { ANA, PARTNERSHIPS, TOBY } from '../sandbox/cast.ts';
import { personAt } from './browser.ts';
import { inDemo } from './in-demo.ts';

inDemo('from yes to the first registration, in a browser', ['--no-partners'], (there) => {
  test('a candidate becomes a partner, comes to a shared channel, accepts, learns and registers a deal', async () => {
    const { page, shoot, isSound } = there;
    const ana = personAt(page);
    const messages = page.getByTestId('messages');
    await ana.become(ANA);
    await ana.go(PARTNERSHIPS);

    await ana.opens(() => ana.type('/partners agreement'));
    await ana.leads('agreement.new', 'Or a file');
    await ana.fill('title', 'Partner agreement');
    await ana.fill('text', 'Both sides treat what they learn about the other’s customers as confidential.');
    await ana.submit();
    await ana.reads(/v1 · Partner agreement/);
    await ana.close();
    await ana.opens(() => ana.type('/partners training'));
    await ana.leads('training.example', 'How to register a deal');
    await ana.close();

    const digest = messages.locator('li', { hasText: 'partner candidates for' }).last();
    await digest.locator('summary').first().click();
    await ana.opens(() => ana.press('company.details', digest));
    await ana.leads('company.partner', 'Web domains');
    await shoot('make-partner');
    const name = await ana.field('name').locator('input').inputValue();
    await ana.submit();
    await ana.reads(/is a partner now/);
    await ana.fill('name', 'Toby Thorn');
    await ana.fill('email', 'toby.thorn@tamarack.example');
    await ana.field('role').locator('select').selectOption({ label: 'Sales' });
    await ana.submit();
    await ana.reads('Open Partner');
    await ana.leads('company.partner', /main contact/);
    await ana.leads('channel.open', 'Name of the new channel');
    await shoot('connect-channel');
    await ana.submit();
    await ana.reads(/Inviting toby/);
    await ana.close();

    const toby = ana;
    await toby.become(TOBY);
    const invitation = page.getByTestId('invitation');
    await invitation.waitFor();
    await page.getByTestId('invitation-accept').click();
    const desk = messages.locator('li', { hasText: 'Partner desk of' }).last();
    await desk.locator('[data-action-id="deal.open"]').waitFor();

    await toby.opens(() => toby.press('library.show', desk));
    await toby.leads('agreement.read', 'Your position');
    await toby.fill('name', 'Toby Thorn');
    await toby.fill('jobTitle', 'Head of Sales');
    await toby.field('may').locator('input').check();
    await shoot('agreement');
    await toby.submit();
    await toby.reads(/Accepted by Toby Thorn/);
    await toby.leads('course.take', 'part 1 of 3');
    for (const part of [2, 3]) {
      await toby.dialog.getByRole('button', { name: 'Next Part' }).click();
      await toby.reads(`part ${part} of 3`);
    }
    await toby.leads('course.quiz', /must be right/);
    for (const answer of [
      'Whoever registered it first',
      'With Register a Deal on the pinned message',
      'As soon as the customer has a real need',
      'Under My Deals',
    ])
      await toby.dialog.getByLabel(answer, { exact: true }).check();
    await toby.submit();
    await toby.reads(/passed/i);
    await toby.close();

    await toby.opens(() => toby.press('deal.open', desk), 'company');
    await toby.fill('company', 'Fennimore Clinic');
    await toby.fill('website', 'fennimore.example');
    await toby.field('country').locator('select').selectOption({ label: 'United Kingdom' });
    await toby.fill('value', '12,000 EUR');
    await toby.field('closeOn').locator('input').fill('2027-03-31');
    await toby.submit();
    await toby.reads(/What happens next/);
    await toby.close();
    await toby.opens(() => toby.press('deal.mine', desk));
    await toby.reads('Fennimore Clinic');
    await toby.close();
    await toby.opens(() => toby.press('checklist.show', desk));
    await toby.reads('4 of 10 steps done');
    await toby.close();
    await desk.getByText('Checklist: 4 of 10 steps done').waitFor();
    await messages.locator('li', { hasText: 'Register the first deal' }).last().waitFor();
    await shoot('partner-channel');

    await ana.become(ANA);
    await ana.go(PARTNERSHIPS);
    await ana.type(`/partners show ${name}`);
    await messages.getByText('first registration').last().waitFor();
    await ana.type('/partners onboarding');
    await messages.getByText('Steps that stall').last().waitFor();
    await shoot('onboarding');
    isSound();
  });

  test('a partner without Slack does the same on a page that a mailed link opens, without script', async () => {
    const { browser, page, shoot, isSound } = there;
    const ana = personAt(page);
    await ana.become(ANA);
    await ana.go(PARTNERSHIPS);
    await ana.opens(() => ana.type('/partners add'), 'name');
    await ana.fill('name', 'Woldwright');
    await ana.fill('domains', 'woldwright.example');
    await ana.field('types').locator('summary').click();
    await ana.check('types', 'Reseller');
    await ana.submit();
    await ana.reads(/is a partner now/);
    await ana.fill('name', 'Wanda Wold');
    await ana.fill('email', 'wanda@woldwright.example');
    await ana.field('role').locator('select').selectOption({ label: 'Sales' });
    await ana.submit();
    await ana.reads(/wanda@woldwright.example · main contact/);
    await shoot('partner-without-slack');
    await ana.press('page.send', ana.dialog);
    await ana.reads(/main contact|goes to/);
    await ana.page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    await page.getByText('Wanda Wold').first().click();
    await page
      .getByTestId('mail-list')
      .getByText(/Larkspur/)
      .first()
      .click();
    const link = await page.getByTestId('mail-text').getByRole('link').first().getAttribute('href');
    const phone = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 780 } });
    const wanda = await phone.newPage();
    await wanda.goto(link ?? '');
    await wanda.getByRole('button').first().click();
    await wanda.getByText('Woldwright').first().waitFor();
    await wanda.getByRole('link', { name: /deal/i }).first().click();
    await shoot('page-deals', wanda);
    await wanda.locator('[name="company"]').fill('Harrowgate Dental');
    await wanda.locator('[name="website"]').fill('harrowgate.example');
    await wanda.locator('[name="country"]').selectOption({ label: 'United Kingdom' });
    await wanda.locator('[name="value"]').fill('8,000 GBP');
    await wanda.locator('[name="closeOn"]').fill('2027-04-30');
    await wanda.getByRole('button', { name: /Register/ }).click();
    await wanda.getByText('Harrowgate Dental').first().waitFor();
    // The link is used up; whoever finds it comes to no page.
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(link ?? '');
    await stranger.getByText(/link/i).first().waitFor();
    expect(await stranger.getByText('Woldwright').count()).toBe(0);
    await phone.close();
    isSound();
  });

  test('a reviewer decides on a registration, and its partner reads it where it registered', async () => {
    const { page, shoot, isSound } = there;
    const ana = personAt(page);
    const messages = page.getByTestId('messages');
    await ana.become(ANA);
    await ana.go(PARTNERSHIPS);
    await ana.type('/partners inbox');
    const waiting = messages.locator('li', { hasText: 'Fennimore Clinic' }).last();
    await waiting.waitFor();
    await ana.opens(() => ana.press('deal.review', waiting));
    await ana.reads(/Conflict check/);
    await shoot('review');
    await ana.press('deal.approve', ana.dialog);
    await page.getByTestId('confirm').click();
    await ana.reads(/Approved/);
    await ana.close();
    await ana.type('/partners deals');
    await messages.getByText('Protected until').last().waitFor();

    const toby = ana;
    await toby.become(TOBY);
    const told = messages.locator('li', { hasText: 'Your registration is approved' }).last();
    await told.waitFor();
    await toby.opens(() => toby.press('deal.show', told));
    await toby.reads('Fennimore Clinic');
    await toby.close();
    const desk = messages.locator('li', { hasText: 'Partner desk of' }).last();
    await toby.opens(() => toby.press('deal.open', desk), 'company');
    await toby.fill('company', 'Fennimore Clinic Ltd');
    await toby.fill('website', 'https://www.fennimore.example/contact');
    await toby.field('country').locator('select').selectOption({ label: 'United Kingdom' });
    await toby.fill('value', '€9,000');
    await toby.field('closeOn').locator('input').fill('2027-03-31');
    await toby.submit();
    await toby.reads(/registered this account already/);
    await toby.close();
    isSound();
  });
});
