import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import '../../../src/app.ts';
import { PERSONAL_DATA } from '../../../src/personal-data.ts';
import { findCompanyByDomain, getCompany } from '../../../src/programme/companies/company-repository.ts';
import { saveContacts } from '../../../src/programme/contacts/contact-repository.ts';
import { eraseWhom, silenceWhom } from '../../../src/programme/privacy/erase-whom.ts';
import { exportWhom, gatherWhom } from '../../../src/programme/privacy/read-whom.ts';
import type { WhomKey } from '../../../src/programme/privacy/whom.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { findDraft, findLatestSent } from '../../../src/recruit/outreach/draft-repository.ts';
import { releasePerson } from '../../../src/recruit/outreach/release-person.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { suggestContacts } from '../../../src/recruit/outreach/suggest-contacts.ts';
import { listWaiting } from '../../../src/recruit/pipeline/waiting.ts';
import { takeMail } from '../../../src/recruit/replies/take-mail.ts';
import { AT, aCompany, aContact, ana, aProgramme, approved, aWaitingDraft, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const ASKED = { id: 'e1', by: 'U0ANAALDER', at: AT };
const db = () => mongoose.connection.getClient().db(mongoose.connection.name);
const person = (email: string, name: string) => ({
  email,
  name,
  role: '',
  country: 'GB',
  source: { kind: 'typed', by: 'U1' } as const,
  at: AT,
});
const peatworks: WhomKey = { kind: 'company', value: 'peatworks.example' };
async function erase(key: WhomKey, silence = true): Promise<void> {
  if (silence) await silenceWhom(HOME, key, ASKED.by, AT);
  const { whom } = await gatherWhom(HOME, key, PERSONAL_DATA);
  await releasePerson(whom, ASKED.by, AT);
  await eraseWhom(whom, PERSONAL_DATA, ASKED);
}
async function sentDraft() {
  const { draft } = await approved(await aWaitingDraft());
  await db()
    .collection('drafts')
    .updateOne(
      { _id: draft.id as never },
      { $set: { status: 'sent', open: false, sentAt: AT, updatedAt: AT, messageId: 'm1@larkspur.example' } },
    );
  await db()
    .collection('threads')
    .updateOne(
      { companyId: draft.companyId },
      { $set: { touches: [{ touch: 1, draftId: draft.id, at: AT, messageId: 'm1@larkspur.example' }] } },
    );
  return draft;
}

test('a company that is called Technology leaves the set-up alone', async () => {
  await aProgramme();
  await aCompany({ domain: 'technology.example', name: 'Technology' });
  await erase({ kind: 'company', value: 'technology.example' });
  expect((await getProgramme(HOME)).company?.partnerTypes).toEqual(['technology']);
});
test('a company at which the sender stands as contact leaves the sender alone', async () => {
  await aProgramme();
  const { id } = await aCompany();
  await saveContacts(HOME, id, [person('ana@larkspur.example', 'Ana Alder')]);
  await erase(peatworks);
  expect((await getProgramme(HOME)).sender?.address).toBe('ana@larkspur.example');
});
test('a display name of ordinary words takes nothing from others', async () => {
  await aProgramme();
  const { id } = await aCompany();
  await aCompany({ domain: 'other.example', name: 'Other', description: 'Analytics and reporting software' });
  await saveContacts(HOME, id, [person('dana@peatworks.example', 'Reporting Software')]);
  await erase({ kind: 'address', value: 'dana@peatworks.example' });
  expect((await getProgramme(HOME)).company?.sells).toBe('Analytics and reporting software for private clinics');
  expect((await findCompanyByDomain(HOME, 'other.example'))?.description).toBe('Analytics and reporting software');
});
test('who approved a mail to a deleted company still has an inbox of their own', async () => {
  await aProgramme();
  await sentDraft();
  await erase(peatworks);
  expect(await listWaiting(HOME, { from: 0, count: 10, by: ana.userId })).toMatchObject({ items: [] });
});
test('an answer “stop” to a mail is obeyed after a deletion without silence', async () => {
  await aProgramme();
  await sentDraft();
  await erase({ kind: 'address', value: 'dana@peatworks.example' }, false);
  const mail =
    'From: Dana <dana@peatworks.example>\r\nTo: ana@larkspur.example\r\nSubject: Re: hi\r\nMessage-ID: <r@x.example>\r\nIn-Reply-To: <m1@larkspur.example>\r\n\r\nStop.\r\n';
  await takeMail(
    Buffer.from(mail),
    AT,
    () => AT,
    () => undefined,
  );
  expect(await findSuppression(HOME, [{ kind: 'address', value: 'dana@peatworks.example' }])).not.toBeNull();
});
test('an export gives no mail to somebody else, and a deletion leaves its bytes', async () => {
  await aProgramme();
  const draft = await aWaitingDraft();
  await db()
    .collection('drafts')
    .updateOne({ _id: draft.id as never }, { $set: { status: 'sent', open: false, body: 'omar@third.example told us.' } });
  const bytes = new mongoose.mongo.Binary(Buffer.from('To: dana@peatworks.example\n\nonly for Dana'));
  await db().collection('sent-bytes').insertOne({ workspaceId: HOME, draftId: draft.id, version: 1, bytes, at: AT });
  const omar: WhomKey = { kind: 'address', value: 'omar@third.example' };
  expect((await exportWhom(HOME, omar, PERSONAL_DATA, AT)).toString()).not.toContain('only for Dana');
  await erase(omar);
  expect(await db().collection('sent-bytes').countDocuments({})).toBe(1);
});
test('another company’s person, who stands at this one too, stays there', async () => {
  await aProgramme();
  const [a, b] = [await aCompany(), await aCompany({ domain: 'brindle.example', name: 'Brindle' })];
  for (const { id } of [a, b]) await saveContacts(HOME, id, [person('kim@brindle.example', 'Kim Brindle')]);
  const { draft } = await startDraft(ana, b.id, aContact({ email: 'kim@brindle.example', name: 'Kim Brindle' }), AT);
  await erase(peatworks);
  expect([await db().collection('contacts').countDocuments({ companyId: b.id }), (await findDraft(HOME, draft.id))?.status]).toEqual([
    1,
    'writing',
  ]);
});
test('what somebody saves in a list meanwhile stays', async () => {
  await aProgramme();
  await aCompany();
  const rivals = (...competitors: string[]) => saveProgramme(ana, 'leaveOut', { competitors, customers: [], existing: [] } as never, AT);
  await rivals('peatworks.example', 'a.example');
  const { whom } = await gatherWhom(HOME, peatworks, PERSONAL_DATA);
  const collection = mongoose.models.Programme?.collection as never as { updateOne: (...args: unknown[]) => unknown };
  const real = collection.updateOne.bind(collection);
  collection.updateOne = async (...args) => {
    collection.updateOne = real;
    await rivals('peatworks.example', 'a.example', 'new-rival.example');
    return real(...args);
  };
  await eraseWhom(whom, PERSONAL_DATA, ASKED);
  expect((await getProgramme(HOME)).leaveOut.competitors).toEqual(['a.example', 'new-rival.example']);
});

test('whoever was deleted is offered to nobody as the person to write to', async () => {
  await aProgramme();
  const draft = await sentDraft();
  await erase({ kind: 'address', value: 'dana@peatworks.example' });
  const [company, sent] = await Promise.all([getCompany(HOME, draft.companyId), findLatestSent(HOME, draft.companyId)]);
  expect(await suggestContacts(company, sent)).toEqual([]);
});
