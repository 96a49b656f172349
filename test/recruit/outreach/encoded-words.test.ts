import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { holdsEncodedWord } from '../../../src/programme/setup/header-text.ts';
import { NewOwnCompany, NewSender } from '../../../src/programme/setup/programme.ts';
import { approveDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import { contentHash, DraftText, NewContact } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { AT, aContact, anApprovedDraft, ana, aProgramme, aWaitingDraft, HOME, recorder, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const WORD = '=?utf-8?q?=57=69=72=65_=6d=6f=6e=65=79?=';

test.each([
  [`Hello ${WORD}`, true],
  ['=?ISO-8859-1?B?SGVsbG8=?=', true],
  ['=?utf-8*en?Q?a?= Reed', true],
  ['Is the price =? Tell us', false],
  ['What?= no', false],
  ['a=?=', false],
])('“%s” is decoded by mail programs: %s', (text, decoded) => expect(holdsEncodedWord(text)).toBe(decoded));

describe('a form refuses it beside the field', () => {
  const sender = { name: WORD, address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' };
  const company = {
    name: WORD,
    website: 'larkspur.example',
    sells: 'Analytics software',
    customers: 'Clinics',
    regions: 'UK',
    partnerTypes: ['agency'],
  };
  test.each([
    ['the sender’s name', NewSender.safeParse(sender), 'name'],
    ['our own name', NewOwnCompany.safeParse(company), 'name'],
    ['the contact’s name', NewContact.safeParse({ ...aContact(), name: WORD }), 'name'],
    ['the subject', DraftText.safeParse({ subject: WORD, body: 'A message that is long enough.' }), 'subject'],
  ])('%s', (_name, parsed, field) => {
    expect(parsed.error?.issues).toMatchObject([{ path: [field], message: expect.stringContaining('take it out') }]);
  });
});

const PARTS: [string, object][] = [
  ['sender', { 'sender.name': WORD }],
  ['contact', { 'contact.name': WORD }],
  ['subject', { subject: WORD }],
];

test.each(PARTS)('stored in the %s, it is read, and cannot be approved', async (part, change) => {
  await aProgramme();
  const { id } = await aWaitingDraft();
  await mongoose.connection.collection('drafts').updateOne({}, { $set: change });
  const draft = await getDraft(HOME, id);
  await expect(approveDraft(ana, seen(draft), AT)).rejects.toMatchObject({ code: 'header-coded', details: { part } });
});

test.each(PARTS)('approved by a version before this one with it in the %s, it does not leave', async (part, change) => {
  const { draft, approval } = await anApprovedDraft();
  await mongoose.connection.collection('drafts').updateOne({}, { $set: change });
  const hash = contentHash(await getDraft(HOME, draft.id));
  await mongoose.connection.collection('drafts').updateOne({}, { $set: { 'approval.hash': hash } });
  const office = recorder();
  const settled = await sendApproved(HOME, draft.id, approval.id, { ...office, now: () => AT });
  expect(settled).toMatchObject({ status: 'waiting', approval: null, note: { code: 'header-coded', part } });
  expect(office.mails).toEqual([]);
});
