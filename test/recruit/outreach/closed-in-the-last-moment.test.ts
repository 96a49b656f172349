import mongoose from 'mongoose';
import { beforeEach, describe, expect, test } from 'vitest';
import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import { plainAddress, type SuppressionKey } from '../../../src/programme/suppression/suppression.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import { approveDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { noteReply } from '../../../src/recruit/outreach/stop-thread.ts';
import {
  AT,
  aCompany,
  aContact,
  anApprovedDraft,
  ana,
  aProgramme,
  approved,
  aWaitingDraft,
  HOME,
  recorder,
  seen,
} from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

useMongo();

const silence = (key: SuppressionKey) => suppress(HOME, key, { reason: 'opt-out', via: 'page', by: 'recipient', at: AT });
const KEYS: [string, SuppressionKey][] = [
  ['the address', { kind: 'address', value: 'dana@peatworks.example' }],
  ['its domain', { kind: 'domain', value: 'peatworks.example' }],
  ['its company', { kind: 'company', value: 'peatworks.example' }],
];

describe('an opt-out that comes when the mail server is ready for the message', () => {
  test.each(KEYS)('%s: nothing is handed over, and the draft is closed at once', async (_name, key) => {
    const { draft, approval } = await anApprovedDraft();
    const office = recorder();
    const sendMail: typeof office.sendMail = async (envelope, bytes, beforeHandOver) => {
      await silence(key);
      return office.sendMail(envelope, bytes, beforeHandOver);
    };
    const settled = await sendApproved(HOME, draft.id, approval.id, { ...office, sendMail, now: () => AT });
    expect(office.mails).toEqual([]);
    expect(told(settled)).toMatchObject({ status: 'rejected', approval: null, note: expect.stringMatching(/^Not sent: /) });
    expect((await listAudit(HOME, { subject: `draft:${draft.id}`, action: 'draft.send-held' })).length).toBe(1);
  });

  const ELSEWHERE: [string, (draft: Draft) => Promise<unknown>][] = [
    ['their company is silenced', () => silence({ kind: 'company', value: 'peatworks.example' })],
    ['the company is turned down', ({ companyId }) => decideCompany(ana, companyId, { kind: 'not-fit', reason: 'other', note: '' }, AT)],
    ['the company becomes a partner', ({ companyId }) => decideCompany(ana, companyId, { kind: 'partner' }, AT)],
    ['they answer', ({ threadId }) => noteReply(HOME, threadId, AT)],
  ];
  test.each(ELSEWHERE)('%s in that moment, and their mail is at another domain: nothing is handed over', async (_name, close) => {
    await aProgramme();
    const there = await changeContact(ana, seen(await aWaitingDraft()), aContact({ email: 'dana@peat-mail.example' }), null, AT);
    const { draft, approval } = await approved(there);
    const office = recorder();
    const sendMail: typeof office.sendMail = async (envelope, bytes, beforeHandOver) => {
      await close(draft);
      return office.sendMail(envelope, bytes, beforeHandOver);
    };
    const settled = await sendApproved(HOME, draft.id, approval.id, { ...office, sendMail, now: () => AT });
    expect(office.mails).toEqual([]);
    expect(settled).toMatchObject({ status: 'rejected', approval: null });
  });

  test('a worker that has lost the draft meanwhile hands nothing over', async () => {
    const { draft, approval } = await anApprovedDraft();
    const office = recorder();
    const sendMail: typeof office.sendMail = async (envelope, bytes, beforeHandOver) => {
      // Another worker took it over: its fence is higher.
      await mongoose.connection.collection('drafts').updateOne({}, { $inc: { 'claim.fence': 1 } });
      return office.sendMail(envelope, bytes, beforeHandOver);
    };
    expect(await sendApproved(HOME, draft.id, approval.id, { ...office, sendMail, now: () => AT })).toBeNull();
    expect(office.mails).toEqual([]);
  });
});

describe('an address under silence', () => {
  beforeEach(() => aProgramme());

  test.each([
    ['dana@peatworks.example', true],
    ['DANA@Peatworks.Example', true],
    ['dana+partners@peatworks.example', true],
    ['d.ana@gmail.com', true],
    ['Dana+x@GoogleMail.com', true],
    ['dana@mail.peatworks.example', false],
    ['zoe@peatworks.example', false],
  ])('%s: closed %s', async (email, closed) => {
    const company = await aCompany();
    await silence({ kind: 'address', value: plainAddress('dana@peatworks.example') });
    await silence({ kind: 'address', value: plainAddress('dana@gmail.com') });
    const start = startDraft(ana, company.id, aContact({ email: email.toLowerCase() }), AT);
    if (closed) await expect(start).rejects.toMatchObject({ code: 'address-suppressed' });
    else await expect(start).resolves.toMatchObject({ changed: true });
  });

  test('a domain closes every address below it', async () => {
    const company = await aCompany();
    await silence({ kind: 'domain', value: 'peatworks.example' });
    await expect(startDraft(ana, company.id, aContact({ email: 'x@mail.peatworks.example' }), AT)).rejects.toMatchObject({
      code: expect.stringMatching(/address-suppressed|company-gated/),
    });
  });

  test('cannot be approved nor named as another contact', async () => {
    const waiting = await aWaitingDraft();
    await silence({ kind: 'address', value: 'dana@peatworks.example' });
    await expect(approveDraft(ana, seen(waiting), AT)).rejects.toMatchObject({ code: 'address-suppressed' });
    await expect(changeContact(ana, seen(waiting), aContact(), null, AT)).rejects.toMatchObject({ code: 'address-suppressed' });
    expect(await getDraft(HOME, waiting.id)).toMatchObject({ status: 'waiting', approval: null });
  });
});

test.each([
  ['DE', 'published'],
  ['JP', 'published'],
] as const)(
  'a recipient in %s without consent: the approval is refused, and one that was given before does not send',
  async (country, basis) => {
    await aProgramme();
    const waiting = await aWaitingDraft();
    const blocked = await changeContact(ana, seen(waiting), aContact({ country, basis }), null, AT);
    await expect(approveDraft(ana, seen(blocked), AT)).rejects.toMatchObject({ code: 'country-blocked' });
    // As if it had been approved before the rule was there.
    const { draft, approval } = await approvedIn('US');
    await mongoose.connection.collection('drafts').updateOne({ _id: draft.id as never }, { $set: { 'contact.country': country } });
    const office = recorder();
    const settled = await sendApproved(HOME, draft.id, approval.id, { ...office, now: () => AT });
    expect(office.mails).toEqual([]);
    expect(told(settled)).toMatchObject({ status: 'waiting', approval: null, note: expect.stringMatching(/^Not sent\. /) });
  },
);

async function approvedIn(country: string) {
  const company = await aCompany({ domain: `${country.toLowerCase()}.example` });
  const waiting = await aWaitingDraft({ company });
  const there = await changeContact(ana, seen(waiting), aContact({ country }), null, AT);
  const { draft } = await approveDraft(ana, seen(there), AT);
  if (!draft.approval) throw new Error('the draft was not approved');
  return { draft, approval: draft.approval };
}
