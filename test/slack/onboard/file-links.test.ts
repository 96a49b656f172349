import { addDays } from 'date-fns';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACTIONS } from '../../../blocks/ids.ts';
import { fileCopy } from '../../../jobs/onboard/file-acceptance.ts';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import { type FileLink, fileUrl } from '../../../src/onboard/files/file-link.ts';
import { endPartner } from '../../../src/onboard/partners/move-partner.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { ANA, EXT_QUILLMONT, GENERAL, MIA, PIA } from '../../sandbox/cast.ts';
import { aPartner, changed, piaOf, QUILLMONT_TEAM } from '../../support/a-partner.ts';
import { ana, aProgramme, HOME } from '../../support/builders.ts';
import { forgedClick } from '../../support/forged-click.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
const AT = new Date('2026-11-23T12:00:00Z');
let now = AT;
let product: Product;
let partner: Partner;
let acceptanceId: string;
beforeAll(async () => {
  product = await startProduct(uri, { now: () => now });
  product.sandbox.answerWith('files.completeUploadExternal', () => ({ ok: false, error: 'internal_error' }));
});
afterAll(() => product.stop());
beforeEach(async () => {
  now = AT;
  await product.installations.connectByToken(product.sandbox.cast.app.botToken);
  await aProgramme();
  partner = await aPartner();
  const bytes = Buffer.from('The words.');
  const { version } = await publishAgreement(
    ana,
    { title: 'Terms', types: [], fileName: 'Verträge "neu"/\n1.txt', bytes, askBy: null },
    AT,
  );
  const accepter = { versionId: version.id, name: 'Pia Pine', jobTitle: 'Head of Sales' };
  acceptanceId = (await acceptAgreement(piaOf(partner), accepter, AT)).acceptance.id;
});

/** The address in the newest message of a channel that says there is a link. */
function linkIn(person: string, channel: string, from = 0): Promise<string> {
  return product.sandbox.waitFor(() => {
    const found = product.sandbox
      .messages({ as: person, channel })
      .slice(from)
      .findLast(({ text }) => text.includes('a link to it instead'));
    return /<(http[^|>]+\/files\/[^|>]+)\|/.exec(JSON.stringify(found?.blocks ?? []))?.[1];
  }, 20_000);
}
const countIn = (person: string, channel: string) => product.sandbox.messages({ as: person, channel }).length;

/** *Agreement PDF*, and the link that comes to the direct messages. */
async function askCopy(person: string): Promise<string> {
  const dm = product.sandbox.dmWith(person);
  const from = countIn(person, dm);
  await forgedClick(product, product.sandbox.sourceOf(person), { actionId: ACTIONS.agreementCopy, value: acceptanceId });
  return linkIn(person, dm, from);
}

/** A link as the app signs it; to Pia's copy unless `more` says otherwise. */
function signed(more: Partial<FileLink> = {}, linkKey = product.deps.linkKey): string {
  const holder = { kind: 'partner-person', userId: PIA, partnerId: partner.id } as const;
  const url = fileUrl({ workspaceId: HOME, document: { kind: 'acceptance', acceptanceId }, holder, ...more }, { ...product.deps, linkKey });
  if (!url) throw new Error('no link');
  return url;
}

async function open(url: string) {
  const answer = await fetch(url);
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function expectPage(url: string, says: string): Promise<void> {
  const { status, headers, bytes } = await open(url);
  expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([410, 'text/html; charset=utf-8', null]);
  expect(headers.get('cache-control')).toBe('private, no-store');
  expect(bytes.toString()).toContain(says);
  expect(bytes.toString()).toContain('your contact');
}
const ENDED = 'This link opens nothing any more';
const GONE = 'This file is not here for you any more';

test('Pia, whom Slack gives no file, gets a link; it hands out the file to be kept, and never to be shown or stored', async () => {
  const url = await askCopy(PIA);
  const { status, headers, bytes } = await open(url);
  expect(status).toBe(200);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': expect.stringMatching(/^attachment; filename="agreement-1-2026-11-23\.pdf"; filename\*=/),
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'content-length': String(bytes.length),
  });
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(bytes.length), '']);
  expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  // A second time while it holds: mail programs and browsers look more than once.
  expect((await open(url)).status).toBe(200);
});

test('in the channel: once, in the thread of the record, for as long as the channel is the partner’s alone', async () => {
  expect(await fileCopy(HOME, acceptanceId, product.deps)).toBe(true);
  expect(await fileCopy(HOME, acceptanceId, product.deps)).toBe(false);
  const url = await linkIn(PIA, EXT_QUILLMONT);
  expect((await open(url)).bytes.subarray(0, 5).toString()).toBe('%PDF-');
  await changed(partner, { teamIds: [] });
  await expectPage(url, GONE);
});

test('where the channel is not the partner’s alone nothing is posted, no link either', async () => {
  await changed(partner, { teamIds: [] });
  const before = countIn(PIA, EXT_QUILLMONT);
  expect(await fileCopy(HOME, acceptanceId, product.deps)).toBe(false);
  expect(countIn(PIA, EXT_QUILLMONT)).toBe(before);
});

test('a colleague has one of their own, also after the partnership; it names no other document', async () => {
  await product.sandbox.as(MIA).command(GENERAL, '/partners help');
  const url = await askCopy(MIA);
  expect((await open(url)).status).toBe(200);
  await endPartner(ana, partner.id, 'They closed', AT);
  expect((await open(url)).status).toBe(200);
});

test('names from people are safe in the header', async () => {
  const [version] = await mongoose.connection.collection('agreements').find().toArray();
  const document = { kind: 'terms', versionId: String(version?._id) } as const;
  const { status, headers, bytes } = await open(signed({ document, holder: { kind: 'person', userId: ANA } }));
  expect([status, bytes.toString()]).toEqual([200, 'The words.']);
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="Vertr_ge _neu___1.txt"; filename*=UTF-8''Vertr%C3%A4ge%20%22neu%22__1.txt`,
  );
});

test('changed, of another installation, or run out: a page that says what to do', async () => {
  const url = signed();
  expect((await open(url)).status).toBe(200);
  await expectPage(`${url.slice(0, -3)}AAA`, ENDED);
  await expectPage(url.replace('/files/', '/files/x'), ENDED);
  await expectPage(`${product.url}/files/${'%FF'.repeat(9)}`, ENDED);
  await expectPage(signed({}, 'the secret of another installation'), ENDED);
  now = addDays(AT, 8);
  await expectPage(url, ENDED);
});

const OTHER = { kind: 'partner-person', userId: PIA, partnerId: '0123456789abcdef01234567' } as const;
test.each<[string, () => Partial<FileLink>]>([
  ['of another workspace', () => ({ workspaceId: 'T0OTHER' })],
  ['for another partner', () => ({ holder: OTHER })],
  ['for a colleague of a company that is none of ours', () => ({ holder: { kind: 'person', userId: PIA } })],
  ['for somebody who is not of the partner', () => ({ holder: { kind: 'partner-person', userId: MIA, partnerId: partner.id } })],
  ['to a document that never was', () => ({ document: { kind: 'acceptance', acceptanceId: '0123456789abcdef01234567' } })],
  [
    'to terms, for a colleague who is no admin',
    () => ({ document: { kind: 'terms', versionId: 'v' }, holder: { kind: 'person', userId: MIA } }),
  ],
])('rightly signed, but %s: nothing is handed out', async (_what, more) => {
  await expectPage(signed(more()), GONE);
});

test.each<[string, () => Promise<unknown>]>([
  ['the document is deleted', () => mongoose.connection.collection('acceptances').deleteMany({})],
  ['the partnership has ended', () => endPartner(ana, partner.id, 'They closed', AT)],
  ['the partner has another Slack workspace', () => changed(partner, { teamIds: [] })],
  [
    'the person has left the partner',
    () => {
      const [pia] = partner.people;
      if (!pia) throw new Error('nobody is there');
      return changed(partner, { people: [{ ...pia, slack: { teamId: QUILLMONT_TEAM, userId: PIA }, leftAt: AT }] });
    },
  ],
])('once %s, the link that worked hands out nothing', async (_what, change) => {
  const url = await askCopy(PIA);
  expect((await open(url)).status).toBe(200);
  await change();
  await expectPage(url, GONE);
});

test('while Slack cannot say who the holder is, nothing is handed out, and the page says to try again', async () => {
  const url = signed();
  product.sandbox.answerWith('users.info', () => ({ ok: false, error: 'internal_error' }));
  const { status, bytes } = await open(url);
  product.sandbox.answerWith('users.info', null);
  expect([status, bytes.toString()]).toEqual([503, expect.stringContaining('Try again')]);
});
