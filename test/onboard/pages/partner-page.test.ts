import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { getDeal } from '../../../src/manage/deals/deal-repository.ts';
import { type Decision, decideDeal } from '../../../src/manage/deals/decide-deal.ts';
import { logActivity } from '../../../src/manage/deals/protect-deal.ts';
import { registerDeal } from '../../../src/manage/deals/register-deal.ts';
import { shareDeal } from '../../../src/manage/deals/share-deal.ts';
import { findChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import { savePerson } from '../../../src/onboard/partners/edit-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { getPartner } from '../../../src/onboard/partners/partner-repository.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import { MIA, MILO, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { aDeal, SAID } from '../../support/a-deal.ts';
import { aBrowser, linkIn } from '../../support/a-page.ts';
import { aPartner, changed } from '../../support/a-partner.ts';
import { AT, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
let product: Product;
let partner: Partner;
let late = 0;
beforeAll(async () => {
  const started = Date.now();
  product = await startProduct(uri, { now: () => new Date(Date.parse('2026-11-23T09:00:00Z') + Date.now() - started + late) });
});
afterAll(() => product.stop());
beforeEach(async () => {
  late = 0;
  product.sandbox.mail.length = 0;
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(product.deps.now());
  partner = await aPartner();
});

const dana = () => partner.people[0]?.id ?? '';
const sendLink = (who = MILO, person = { partnerId: partner.id, contactId: dana() }) =>
  forgedClick(product, product.sandbox.sourceOf(who), { actionId: ACTIONS.pageSend, value: JSON.stringify(person), channel: PARTNERSHIPS });
async function aLink(): Promise<string> {
  const before = product.sandbox.mail.length;
  await sendLink();
  const mail = await product.sandbox.waitFor(() => product.sandbox.mail[before], 10_000);
  return linkIn(mail.text);
}
async function inside() {
  const browser = aBrowser(product);
  const link = await aLink();
  await browser.get(link);
  expect(await browser.post(link)).toMatchObject({ status: 200, text: expect.stringContaining('Hello Pia Pine') });
  return browser;
}
const DEAL = {
  company: 'Saltmarsh & Sons',
  website: 'saltmarsh.example',
  country: 'GB',
  value: '12,000 EUR',
  closeOn: '2027-03-31',
  note: '<b>x</b>',
};
const toldPrivately = (words: string) =>
  product.sandbox.waitFor(() => product.sandbox.messages({ as: MILO, channel: PARTNERSHIPS }).find(({ text }) => text.includes(words)));

test('a person without Slack comes in by the link, registers a deal, sees it, and leaves', async () => {
  const browser = await inside();
  const [mail] = product.sandbox.mail;
  expect(mail).toMatchObject({ to: expect.stringContaining('<pia.pine@quillmont.example>'), subject: 'Your partner page at Larkspur' });
  expect(await getPartner(HOME, partner.id)).toMatchObject({ status: 'onboarding' });
  expect((await findChecklist(HOME, partner.id))?.steps).toContainEqual(
    expect.objectContaining({ evidence: 'channel-connected', state: 'done' }),
  );
  await browser.get('/page/deals');
  const wrong = await browser.post('/page/deals', { ...DEAL, value: 'a lot' });
  expect(wrong.text).toContain('such as 12,000 EUR');
  expect(wrong.text).toContain('value="Saltmarsh &amp; Sons"');
  const { value: _left, ...without } = DEAL;
  expect((await browser.post('/page/deals', without)).text).toContain('Give the value you expect');
  const done = await browser.post('/page/deals', DEAL);
  expect(done.text).toContain('<strong>Registered.</strong>');
  expect(done.text).toContain('&lt;b&gt;x&lt;/b&gt;');
  expect((await browser.get('/page/earnings')).text).toContain('<strong>1</strong> deal registered');
  await product.sandbox.waitFor(() =>
    product.sandbox.messages({ as: MILO, channel: product.sandbox.dmWith(MILO) }).find(({ text }) => text.includes('registered a deal')),
  );
  expect(await listAudit(HOME, { action: 'deal.register' })).toMatchObject([{ by: `contact:${dana()}` }]);
  await browser.get('/page');
  expect((await browser.post('/page/leave')).text).toContain('You have left');
  expect((await browser.get('/page/deals')).status).toBe(401);
});

test('the checklist is ticked on the page, by the same rule as in Slack', async () => {
  const browser = await inside();
  const { text } = await browser.get('/page/checklist');
  const steps = (await findChecklist(HOME, partner.id))?.steps ?? [];
  const mine = steps.find(({ side, evidence }) => side === 'theirs' && evidence === 'click');
  const ours = steps.find(({ side, evidence }) => side === 'ours' && evidence === 'click');
  expect(text).toContain('What you and your contact do');
  if (mine) await browser.post('/page/checklist', { step: mine.id });
  if (ours) expect((await browser.post('/page/checklist', { step: ours.id })).status).toBe(403);
  const after = (await findChecklist(HOME, partner.id))?.steps ?? [];
  expect(after.filter(({ state, evidence }) => state === 'done' && evidence === 'click').map(({ id }) => id)).toEqual(
    mine ? [mine.id] : [],
  );
  expect([mine, ours].some(Boolean)).toBe(true);
});

test('the page runs no script, takes nothing from elsewhere, and its cookie is for the server alone', async () => {
  const link = await aLink();
  const { headers, text } = await aBrowser(product).get(link);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^;]+; form-action 'self'/);
  expect(text).not.toMatch(/<script|\son\w+=/);
  const answer = await fetch(new URL(link, product.url), { method: 'POST', redirect: 'manual' });
  expect(answer.headers.get('set-cookie')).toMatch(/^partner-page=[\w-]{43}; Path=\/page; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
});

describe('a link', () => {
  test('is not used up by looking at it, and works once, also for two at once', async () => {
    const link = await aLink();
    for (let looks = 0; looks < 3; looks++) expect((await aBrowser(product).get(link)).text).toContain('Open My Page');
    const both = await Promise.all([aBrowser(product).post(link), aBrowser(product).post(link)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    const again = await aBrowser(product).get(link);
    expect(again).toMatchObject({ status: 410, text: expect.stringContaining('Send Me a New Link') });
  });

  test('ends after 15 minutes; one that is made up opens nothing', async () => {
    const link = await aLink();
    late = 16 * 60_000;
    expect((await aBrowser(product).post(link)).status).toBe(410);
    expect((await aBrowser(product).post(`/page/link/${'a'.repeat(43)}`)).status).toBe(410);
    expect((await aBrowser(product).get('/page/link/x')).status).toBe(410);
  });

  test('of somebody who has left opens nothing', async () => {
    const link = await aLink();
    partner = await getPartner(HOME, partner.id);
    await changed(partner, { people: partner.people.map((one) => ({ ...one, leftAt: product.deps.now() })) });
    expect((await aBrowser(product).post(link)).status).toBe(410);
  });

  test('is sent by managers alone, to people of the list, never to who wants silence', async () => {
    await sendLink(MIA);
    await product.sandbox.waitFor(() =>
      product.sandbox.messages({ as: MIA, channel: PARTNERSHIPS }).find(({ text }) => text.includes('need the role')),
    );
    await sendLink(MILO, { partnerId: partner.id, contactId: 'another' });
    await toldPrivately('not on the partner’s list');
    const key = { kind: 'address', value: 'pia.pine@quillmont.example' } as const;
    await suppress(HOME, key, { reason: 'opt-out', via: 'page', by: 'recipient', at: product.deps.now() });
    await sendLink();
    await toldPrivately('gets nothing from us');
    expect(product.sandbox.mail).toEqual([]);
  });
});

describe('a session', () => {
  test('ends twelve hours after the last page, and after seven days', async () => {
    const browser = await inside();
    for (let hours = 11; hours < 7 * 24; hours += 11) {
      late = hours * 3_600_000;
      expect([hours, (await browser.get('/page')).status]).toEqual([hours, 200]);
    }
    late = 7 * 24 * 3_600_000 + 60_000;
    expect((await browser.get('/page')).status).toBe(401);
  });

  test.each([
    ['the person has left', (one: Partner) => ({ people: one.people.map((person) => ({ ...person, leftAt: new Date() })) })],
    ['the partnership has ended', () => ({ status: 'ended' as const })],
  ])('ends at once when %s', async (_why, change) => {
    const browser = await inside();
    partner = await getPartner(HOME, partner.id);
    await changed(partner, change(partner));
    expect((await browser.get('/page/deals')).status).toBe(401);
    expect((await browser.post('/page/deals', DEAL)).status).toBe(401);
    expect(await listAudit(HOME, { action: 'deal.register' })).toEqual([]);
  });

  test('ends when their address was a wrong one and is corrected', async () => {
    const browser = await inside();
    const [person] = (await getPartner(HOME, partner.id)).people;
    if (!person) throw new Error('nobody is there');
    const { name, role } = person;
    const given = { name, role, email: 'right@woldwright.example', hasLeft: false };
    await savePerson(milo, { partnerId: partner.id, contactId: person.id }, given, AT);
    expect((await browser.get('/page/deals')).status).toBe(401);
  });

  test('takes no form without its token, none of another site, and none that is too long', async () => {
    const browser = await inside();
    await browser.get('/page/deals');
    expect((await browser.post('/page/deals', { ...DEAL, visit: 'x' })).status).toBe(403);
    await browser.get('/page/deals');
    expect((await browser.post('/page/deals', DEAL, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await browser.post('/page/deals', { note: 'x'.repeat(40_000) })).status).toBe(413);
    expect(await listAudit(HOME, { action: 'deal.register' })).toEqual([]);
  });

  test('sees no other partner’s deals and registers none for it, whatever the form says', async () => {
    const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
    const theirs = await aDeal(other, { company: 'Thistlemoor' });
    const browser = await inside();
    expect((await browser.get('/page/deals')).text).not.toContain('Thistlemoor');
    const answer = await browser.post('/page/deals', { ...DEAL, deal: theirs.id, partner: other.id, partnerId: other.id });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toMatch(/Thistlemoor|Brindle/);
    await browser.get('/page/deals');
    expect((await browser.post('/page/deals', { ...DEAL, deal: 'x'.repeat(9000) })).status).toBe(403);
  });
});

test('asked for on the page, a link goes to whom we know; everybody reads the same words', async () => {
  const ask = (email: string) => aBrowser(product).post('/page/new-link', { email });
  const known = await ask('Pia.Pine@Quillmont.example');
  const unknown = await ask('nobody@brindle.example');
  expect(known.text).toBe(unknown.text);
  const mail = await product.sandbox.waitFor(() => product.sandbox.mail[0], 10_000);
  expect(mail.to).toContain('<pia.pine@quillmont.example>');
  expect((await aBrowser(product).get(linkIn(mail.text))).status).toBe(200);
  expect(await ask('not an address')).toMatchObject({ status: 422, text: expect.stringContaining('Type the whole address') });
  const statuses: number[] = [];
  for (let times = 0; times < 32; times++) statuses.push((await ask(`n${times}@brindle.example`)).status);
  expect(statuses.at(-1)).toBe(200);
  for (let times = 0; times < 5; times++) statuses.push((await ask('Nobody@brindle.example')).status);
  expect(statuses.slice(-2)).toEqual([200, 429]);
  expect(product.sandbox.mail).toHaveLength(1);
});

test('on the page, somebody without Slack answers a question, appeals once and withdraws', async () => {
  const deal = await aDeal(partner);
  const decide = (decision: Decision) => decideDeal(milo, deal.id, decision, { byName: 'Milo Marsh', at: AT });
  await decide({ move: 'ask', words: 'Whom do you talk to?' });
  const browser = await inside();
  expect((await browser.get('/page/deals')).text).toContain('Milo Marsh asks: Whom do you talk to?');
  const say = (move: string, words: string) => browser.post('/page/deals', { reply: `${move} ${deal.id}`, words });
  expect((await say('answer', '')).text).toContain('Write something');
  expect((await say('answer', 'Their head of care.')).text).toContain('In review');
  await decide({ move: 'reject', code: 'tender', words: 'Sorry.' });
  expect((await browser.get('/page/deals')).text).toContain('A public tender, which we do not register. Sorry.');
  expect((await say('appeal', 'no')).text).toContain('Say in a sentence');
  expect((await say('appeal', 'It is no tender at all.')).text).toContain('In review');
  await decide({ move: 'reject', code: 'tender', words: 'It is.' });
  await browser.get('/page/deals');
  expect((await say('appeal', 'But it is no tender at all.')).text).toContain('appealed once');
});

test('on the page, a deal opens with its history; withdrawing asks first; another’s opens only to who has a part', async () => {
  const deal = await aDeal(partner);
  await decideDeal(milo, deal.id, { move: 'approve' }, { byName: 'Milo Marsh', at: AT });
  await logActivity(milo, deal.id, 'They are slow to pay', AT);
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] });
  const given = { partnerId: other.id, dealId: randomUUID() };
  const said = { ...SAID, company: 'Thistlemoor', website: 'thistlemoor.example', note: 'Their secret' };
  const { deal: theirs } = await registerDeal(milo, given, said, AT);
  const browser = await inside();
  const list = (await browser.get('/page/deals')).text;
  expect(list).toContain(`href="deals?deal=${deal.id}"`);
  expect(list).not.toContain('withdraw');
  const opened = (await browser.get(`/page/deals?deal=${deal.id}`)).text;
  for (const part of ['days left', 'Approved by Milo Marsh', 'closes 31 Mar 2027']) expect(opened).toContain(part);
  expect(opened).not.toContain('slow to pay');
  expect((await browser.get(`/page/deals?deal=${theirs.id}`)).status).toBe(403);
  expect((await browser.get(`/page/deals?withdraw=${theirs.id}`)).status).toBe(403);
  await shareDeal(milo, theirs.id, { partnerId: partner.id, role: 'implement', seesOthers: false }, AT);
  const shared = (await browser.get(`/page/deals?deal=${theirs.id}`)).text;
  expect(shared).toContain('Your part: implements');
  expect(shared).not.toMatch(/Their secret|Brindle|History/);
  expect((await browser.get(`/page/deals?withdraw=${theirs.id}`)).status).toBe(403);
  expect((await browser.get(`/page/deals?withdraw=${deal.id}`)).text).toContain('Withdraw it?');
  expect(await getDeal(HOME, deal.id)).toMatchObject({ status: 'approved' });
  expect((await browser.post('/page/deals', { reply: `withdraw ${deal.id}` })).text).toContain('Withdrawn');
  expect(await getDeal(HOME, deal.id)).toMatchObject({ status: 'withdrawn' });
});

test('on the page, an affiliate makes a link and sees its figures; an agency has none', async () => {
  const agency = await inside();
  expect((await agency.get('/page')).text).not.toContain('Links');
  expect((await agency.get('/page/links')).status).toBe(404);
  await changed(await getPartner(HOME, partner.id), { types: ['affiliate'] });
  expect((await agency.get('/page')).text).toContain('<a href="/page/links">Links</a>');
  expect((await agency.get('/page/links')).text).toContain('There is none yet');
  const make = (target: string) => agency.post('/page/links', { campaign: 'Spring', code: 'quill-page', target });
  expect((await make('https://evil.example')).text).toMatch(/class="wrong"[^>]*>Give a page .* at larkspur\.example/);
  const made = (await make('https://larkspur.example/pricing')).text;
  expect(made).toContain(`Made: ${product.url}/r/quill-page`);
  expect(made).toContain('0 people · 0 conversions · 0 sales');
  await agency.get('/page/links');
  expect((await make('https://larkspur.example')).text).toContain('is taken');
});
