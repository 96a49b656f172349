import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { listAllAcceptances } from '../../../src/onboard/agreements/acceptance-repository.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listCertificates } from '../../../src/onboard/training/certificates.ts';
import { takeOverExample } from '../../../src/onboard/training/change-course.ts';
import { MILO, PARTNERSHIPS } from '../../sandbox/cast.ts';
import { aBrowser, type Browser, linkIn } from '../../support/a-page.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { ana, HOME, milo } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';
import { setUp } from '../../support/ready-workspace.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T09:00:00Z');
let product: Product;
let partner: Partner;
let browser: Browser;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => AT });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await setUp(AT);
  partner = await aPartner();
  const before = product.sandbox.mail.length;
  const value = JSON.stringify({ partnerId: partner.id, contactId: partner.people[0]?.id });
  await forgedClick(product, product.sandbox.sourceOf(MILO), { actionId: ACTIONS.pageSend, value, channel: PARTNERSHIPS });
  const link = linkIn((await product.sandbox.waitFor(() => product.sandbox.mail[before], 20_000)).text);
  browser = aBrowser(product);
  await browser.get(link);
  await browser.post(link);
});

const publish = (words: string, fileName: string | null = null) =>
  publishAgreement(ana, { title: 'Partner agreement', types: [], fileName, bytes: Buffer.from(words), askBy: null }, AT);

test('somebody without Slack reads the agreement, accepts it and gets the copy', async () => {
  const { version } = await publish('You <b>sell</b>.\n\nWe deliver.');
  const { text } = await browser.get('/page/agreement');
  expect(text).toContain('<p>You &lt;b&gt;sell&lt;/b&gt;.</p>');
  expect(text).toContain(version.hash);
  const unfinished = (await browser.post('/page/agreement', { name: '', jobTitle: 'Head of <Sales>' })).text;
  expect(unfinished).toContain('Give your name');
  expect(unfinished).toContain('value="Head of &lt;Sales&gt;"');
  const done = await browser.post('/page/agreement', { name: 'Pia Pine', jobTitle: 'Sales' });
  expect(done.text).toContain('Accepted. You can get the copy');
  expect(await listAllAcceptances(HOME)).toMatchObject([{ userId: `contact:${partner.people[0]?.id}`, teamId: '', jobTitle: 'Sales' }]);
  const copy = await browser.post('/page/agreement');
  expect(copy.headers.get('content-disposition')).toContain('agreement-1-2026-11-23.pdf');
  expect(copy.text.startsWith('%PDF-')).toBe(true);
});

test('replaced while they read: nothing is accepted, and the new one is shown; a PDF comes as a file', async () => {
  await publish('The first words.');
  await browser.get('/page/agreement');
  const { version } = await publish('%PDF-1.4 second', 'terms.pdf');
  const { text } = await browser.post('/page/agreement', { name: 'Pia Pine', jobTitle: 'Sales' });
  expect(text).toContain('A newer version has taken the place');
  expect(await listAllAcceptances(HOME)).toEqual([]);
  const file = await browser.post('/page/agreement', { version: version.id, want: 'file' });
  expect(file.text).toBe('%PDF-1.4 second');
  expect(file.headers.get('content-type')).toBe('application/octet-stream');
});

test('another partner’s copy is not handed out', async () => {
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] });
  const { version } = await publish('The words.');
  const who = { versionId: version.id, name: 'Bo Brindle', jobTitle: 'Sales' };
  const { acceptance } = await acceptAgreement({ ...piaOf(other), userId: 'U0BRINDLE' }, who, AT);
  await browser.get('/page/agreement');
  const { status, text } = await browser.post('/page/agreement', { copy: acceptance.id });
  expect({ status, isPdf: text.startsWith('%PDF-') }).toEqual({ status: 403, isPdf: false });
});

test('they take a course part by part, fail without being told what is right, pass, and get the certificate', async () => {
  const course = await takeOverExample(milo, AT);
  await browser.get('/page/training');
  for (const { title } of course.units) expect((await browser.post('/page/training')).text).toContain(title);
  const answers = (right: number) =>
    Object.fromEntries(
      course.questions.map((one, n) => [`answer-${one.id}`, String(n < right ? one.right : (one.right + 1) % one.answers.length)]),
    );
  expect((await browser.post('/page/training')).text).toContain('must be right');
  const nameless = (await browser.post('/page/training', { name: ' ', ...answers(1) })).text;
  expect(nameless).toContain('Give your name');
  expect(nameless.match(/ selected/g)).toHaveLength(course.questions.length);
  const failed = (await browser.post('/page/training', { name: 'Pia Pine', ...answers(1) })).text;
  expect(failed).toContain('Not passed this time');
  for (const { answers: given } of course.questions) for (const one of given) expect(failed).not.toContain(one);
  await browser.post('/page/training');
  expect((await browser.post('/page/training', { name: 'Pia Pine', ...answers(4) })).text).toContain('Whoever registered it first');
  expect((await browser.post('/page/training')).text.startsWith('%PDF-')).toBe(true);
  expect(await listCertificates(HOME, partner.id, AT)).toMatchObject([{ name: 'Pia Pine' }]);
});
