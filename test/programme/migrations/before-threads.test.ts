import { addDays } from 'date-fns';
import mongoose from 'mongoose';
import { beforeEach, expect, test } from 'vitest';
import { historyLine } from '../../../blocks/audit-words.ts';
import '../../../src/app.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { getCompany } from '../../../src/programme/companies/company-repository.ts';
import { migrate } from '../../../src/programme/migrations/migrate.ts';
import { keysOfCompany } from '../../../src/programme/suppression/suppression.ts';
import { findSuppression } from '../../../src/programme/suppression/suppression-repository.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import { approveDraft, markNotSent } from '../../../src/recruit/outreach/decide-draft.ts';
import { contentHash, type Draft, type DraftStatus } from '../../../src/recruit/outreach/draft.ts';
import { getDraft, settleDraftTrails } from '../../../src/recruit/outreach/draft-repository.ts';
import { listLostSends, listReadyDrafts, listUnnoted } from '../../../src/recruit/outreach/outbox-repository.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { findLiveThread, findThread, listDueThreads } from '../../../src/recruit/outreach/thread-repository.ts';
import { recordDetail } from '../../../src/recruit/records/outreach-records-repository.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { aContact, HOME, milo, recorder, seen } from '../../support/builders.ts';
import { anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { fillFrom, storedDocuments } from '../../support/stored-data.ts';
import { take } from '../../support/take.ts';

useMongo();
/** A working morning a day after the stored data was made. */
const AT = new Date('2026-11-24T10:00:00Z');

beforeEach(async () => {
  const db = mongoose.connection.getClient().db(mongoose.connection.name);
  await fillFrom(db, 'discovery');
  await migrate(db, () => {}, { now: () => AT });
  await settleDraftTrails();
});

/** The company's draft in a state, as it was stored and as it is read now. */
async function drafted(companyName: string, was: DraftStatus): Promise<{ draft: Draft; stored: Record<string, unknown> }> {
  const stored = storedDocuments('discovery')
    .get('drafts')
    ?.find((one) => one.companyName === companyName && one.status === was);
  if (!stored) throw new Error(`no ${was} draft to ${companyName}`);
  return { draft: await getDraft(HOME, String(stored._id)), stored };
}

test('what was approved waits again, and leaves once when a person has named the country and approved anew', async () => {
  const { draft, stored } = await drafted('Tarnside', 'approved');
  expect(draft).toMatchObject({ status: 'waiting', approval: null, version: Number(stored.version) + 1, contact: { country: null } });
  expect(await listReadyDrafts(addDays(AT, 9), addDays(AT, 9))).toEqual([]);
  await expect(approveDraft(milo, seen(draft), AT)).rejects.toMatchObject({ code: 'country-blocked' });

  const contact = aContact({ email: draft.contact.email, country: 'GB', source: 'https://tarnside.example/contact' });
  const known = await changeContact(milo, { draftId: draft.id, version: draft.version }, contact, null, AT);
  // Its end was part of the text; it has one footer now, today's.
  expect(`${known.body}\n${known.footer}`.split('1 Harbour Street, London')).toHaveLength(2);
  const { draft: approved } = await approveDraft(milo, seen(known), AT);
  const post = recorder();
  for (let n = 0; n < 2; n++) await sendApproved(HOME, draft.id, approved.approval?.id ?? '', { ...post, now: () => AT });
  expect(post.mails).toHaveLength(1);
  expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'open', touches: [{ draftId: draft.id, touch: 1 }] });
});

test('what was being sent, or of unknown fate, is for a person, with its Message-ID and word for word', async () => {
  for (const [company, was] of [
    ['Saltmarsh', 'sending'],
    ['Quarrybank', 'unknown'],
  ] as const) {
    const { draft, stored } = await drafted(company, was);
    const { messageId, body } = stored;
    expect(draft).toMatchObject({ status: 'unknown', approval: null, messageId, body, footer: '' });
    expect(draft.doubts).toEqual([{ messageId, to: draft.contact.email, at: stored.updatedAt, cleared: false }]);
    const { draft: looked } = await markNotSent(milo, { draftId: draft.id, version: draft.version }, AT);
    expect(looked.status).toBe('waiting');
  }
  expect(await listLostSends(addDays(AT, 9))).toEqual([]);
});

test('what was sent stays as it left, is in its thread, and an answer to it is heard', async () => {
  const { draft, stored } = await drafted('Peatworks Ltd', 'sent');
  expect(draft).toMatchObject({ body: stored.body, sentAt: stored.updatedAt, approval: stored.approval });
  expect(contentHash(draft)).toBe(draft.approval?.hash);
  expect(await listUnnoted()).toEqual([]);
  expect(await listDueThreads(addDays(AT, 99))).toEqual([]);
  await take(anAnswer(draft.messageId ?? '', 'Yes, please.'), AT);
  expect(await listReplies(HOME, draft.threadId)).toMatchObject([{ draftId: draft.id, kind: 'interested' }]);
});

test('a company has one live thread, the newest, and none where the message was turned down', async () => {
  const [first, second] = [await drafted('Peatworks Ltd', 'sent'), await drafted('Peatworks Ltd', 'waiting')];
  expect(await findThread(HOME, first.draft.threadId)).toMatchObject({ status: 'ended', end: { because: 'new-thread' } });
  expect((await findLiveThread(HOME, first.draft.companyId))?.id).toBe(second.draft.threadId);
  const { draft: rejected } = await drafted('Oakfield', 'rejected');
  expect(await findThread(HOME, rejected.threadId)).toMatchObject({ status: 'ended', end: { because: 'turned-down', by: milo.userId } });
  // A message that left is followed by another as today.
  const { draft: sent } = await drafted('Lastly', 'sent');
  const again = await startDraft(milo, sent.companyId, aContact({ email: sent.contact.email }), AT);
  expect(again).toMatchObject({ changed: true });
  expect(await findThread(HOME, sent.threadId)).toMatchObject({ end: { because: 'new-thread' } });
});

test('who asked not to be contacted is silent, also under the list of today', async () => {
  const found = await findSuppression(HOME, keysOfCompany('willowbrook.example'));
  expect(found).toMatchObject({ reason: 'asked-us', via: 'card' });
  expect(await findSuppression(HOME, keysOfCompany('moorgate.example'))).toBeNull();
});

test('each change is in the audit log, and each history is told in words', async () => {
  for (const [company, was, action] of [
    ['Tarnside', 'approved', 'draft.send-refused'],
    ['Saltmarsh', 'sending', 'draft.send-unknown'],
  ] as const) {
    const { draft } = await drafted(company, was);
    expect(await listAudit(HOME, { subject: `draft:${draft.id}`, action })).toMatchObject([{ by: 'system', before: was }]);
  }
  for (const { _id } of storedDocuments('discovery').get('drafts') ?? []) {
    const { draft, history } = await recordDetail(HOME, String(_id));
    expect(await getCompany(HOME, draft.companyId)).toMatchObject({ id: draft.companyId });
    for (const entry of history) expect(historyLine(entry)).not.toContain(entry.action);
  }
});
