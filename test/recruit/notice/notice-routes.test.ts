import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PERSONAL_DATA } from '../../../src/personal-data.ts';
import { eraseWhom } from '../../../src/programme/privacy/erase-whom.ts';
import { exportWhom, gatherWhom } from '../../../src/programme/privacy/read-whom.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import { contentHash, type Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { mayLeave } from '../../../src/recruit/outreach/may-leave.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { changeLetterFacts } from '../../../src/recruit/style/change-style.ts';
import { ANA } from '../../sandbox/cast.ts';
import { AT, aCompany, aContact, ana, aProgramme, approved, HOME, recorder } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { type Product, startProduct } from '../../support/product.ts';

const { uri } = useMongo();
const now = () => AT;
const MOVED = { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '77 Mill Lane, Bristol' };
let product: Product;
let draft: Draft;

beforeAll(async () => {
  product = await startProduct(uri, { workers: false });
});
afterAll(() => product.stop());
beforeEach(async () => {
  await aProgramme();
  const texts = { sells: 'des rapports pour les cliniques', customers: 'cliniques', values: [], proof: [], mayName: [], role: '' };
  await changeLetterFacts(ana, 'fr', texts, AT);
  const started = await startDraft(ana, (await aCompany()).id, aContact({ country: 'FR' }), AT);
  draft = await writeDraft(HOME, started.draft.id, { ask: null, now, publicUrl: product.url });
});

const ask = (token: string, init: RequestInit = {}) => fetch(`${product.url}/notice/${token}`, init);
const pageOf = async (token = draft.optOutToken) => (await ask(token)).text();
const stored = () => mongoose.connection.collection<{ _id: string }>('drafts');

describe('what is approved is what the page shows', () => {
  test('the mail leads to it, and it stays as it was approved when set-up says something else later', async () => {
    const { draft: waiting, approval } = await approved(draft);
    const { mails, ...tools } = recorder();
    await saveProgramme(ana, 'sender', MOVED, AT);
    await sendApproved(HOME, waiting.id, approval.id, { ...tools, publicUrl: product.url, now });
    const address = /http\S+\/notice\/\S+/.exec(mails[0]?.text ?? '')?.[0] ?? '';
    const answer = await fetch(address);
    const page = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('1 Harbour Street, London');
    expect(page).not.toContain('Mill Lane');
    expect(page).toContain('intérêt légitime');
    expect(page).toContain(`href="${product.url}/optout/${waiting.optOutToken}"`);
    expect(page).not.toMatch(/Dana|dana@/);
    for (const [name, said] of [
      ['cache-control', 'no-store'],
      ['referrer-policy', 'no-referrer'],
      ['x-robots-tag', 'noindex, nofollow'],
    ] as const)
      expect(answer.headers.get(name)).toBe(said);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  test('another page is another message: an approval of the first lets nothing leave', async () => {
    const { draft: waiting, approval } = await approved(draft);
    await stored().updateOne({ _id: waiting.id }, { $set: { notice: `${waiting.notice} And more.` } });
    const changed = await getDraft(HOME, waiting.id);
    expect(contentHash(changed)).not.toBe(approval.hash);
    expect(await mayLeave(changed, AT)).toMatchObject({ verdict: 'void', note: { code: 'changed-since' } });
    const { mails, ...tools } = recorder();
    await sendApproved(HOME, waiting.id, approval.id, { ...tools, now });
    expect(mails).toEqual([]);
  });

  test('another basis or source makes another page, and needs another approval', async () => {
    const { draft: waiting } = await approved(draft);
    const agreed = aContact({ country: 'FR', basis: 'consent', origin: 'event', source: 'agreed at our stand, noted by Ben' });
    const changed = await changeContact(ana, { draftId: waiting.id, version: waiting.version }, agreed, product.url, AT);
    expect(changed).toMatchObject({ status: 'waiting', approval: null });
    expect(await pageOf()).toContain('votre consentement');
    expect(await pageOf()).not.toMatch(/stand|Ben\b|contact\)/);
  });

  test('an edit of the letter leaves it as it is', async () => {
    const text = { subject: 'Two products', body: 'Bonjour, voulez-vous en parler avec nous ?' };
    const edited = await editDraft(ana, { draftId: draft.id, version: draft.version }, text, AT);
    expect(edited.notice).toBe(draft.notice);
  });

  test('a message approved before there were pages keeps its hash', () => {
    expect(contentHash({ ...draft, notice: '' })).not.toBe(contentHash(draft));
    expect(
      contentHash({
        ...draft,
        contact: { name: 'Dana', email: 'd@x.example' },
        sender: { name: 'Ana', address: 'a@y.example' },
        subject: 'S',
        body: 'B',
        footer: 'F',
        notice: '',
      }),
    ).toBe('de52f552819081661c789f0ac9b5ae21611dab94b00d6412545acb490d3d9d52');
  });
});

describe('a link that leads to nothing', () => {
  test.each(['A'.repeat(22), 'x', '%', '%00', '..%2f', '[$ne]', 'A'.repeat(5000), "' OR 1=1", 'constructor'])(
    '%s: a plain page',
    async (made) => {
      const answer = await ask(made, { headers: { 'accept-language': 'es' } });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('Este enlace no se conoce');
    },
  );

  test('where no page belongs to the message, the answer is that to an unknown one', async () => {
    await stored().updateOne({ _id: draft.id }, { $unset: { notice: '' } });
    expect(await getDraft(HOME, draft.id)).toMatchObject({ notice: '' });
    expect([(await ask(draft.optOutToken)).status, await pageOf()]).toEqual([404, await pageOf('A'.repeat(22))]);
  });

  test('the copy that it promises holds it, and the deletion takes it: then, too, it is as unknown', async () => {
    const { draft: waiting, approval } = await approved(draft);
    await sendApproved(HOME, waiting.id, approval.id, { ...recorder(), publicUrl: product.url, now });
    const key = { kind: 'address', value: 'dana@peatworks.example' } as const;
    const copy: string = (await exportWhom(HOME, key, PERSONAL_DATA, AT)).toString();
    expect(copy).toContain(JSON.stringify(draft.notice));
    const { whom } = await gatherWhom(HOME, key, PERSONAL_DATA);
    await eraseWhom(whom, PERSONAL_DATA, { id: 'erasure-1', by: ANA, at: AT });
    expect([(await ask(draft.optOutToken)).status, await pageOf()]).toEqual([404, await pageOf('A'.repeat(22))]);
    expect(JSON.stringify(await stored().find().toArray())).not.toContain('Harbour Street');
  });

  test.each(['POST', 'PUT', 'DELETE'])('%s is no way to look', async (method) => {
    expect((await ask(draft.optOutToken, { method })).status).toBe(404);
  });
});

test('only the head is told what it would be long', async () => {
  const answer = await ask(draft.optOutToken, { method: 'HEAD' });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(await pageOf()));
});
