import { addDays } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { decisionNotice } from '../../../blocks/recruit/draft-forms.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import { Sender } from '../../../src/programme/setup/programme.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { saveProgramme } from '../../../src/programme/setup/save-programme.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import { takeBackApproval } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { findDraftToAddress, getDraft, insertDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { newDraft } from '../../../src/recruit/outreach/new-draft.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { countSlots } from '../../../src/recruit/outreach/send-slots-repository.ts';
import { noteReply, stopSuppressed } from '../../../src/recruit/outreach/stop-thread.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { AT, aCompany, aContact, ana, aProgramme, approved, aWaitingDraft, HOME, recorder, seen } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';
import { told } from '../../support/told.ts';

useMongo();
beforeEach(() => aProgramme());

async function aSent(): Promise<Draft> {
  const { draft, approval } = await approved(await aWaitingDraft());
  await sendApproved(HOME, draft.id, approval.id, { ...recorder(), now: () => AT });
  return getDraft(HOME, draft.id);
}

/** An answer to Dana, written and waiting. */
async function anAnswer(sent: Draft): Promise<Draft> {
  const company = await aCompany();
  const { sender } = await getProgramme(HOME);
  if (!sender) throw new Error('set-up is not complete');
  const answers = { text: 'Tell me more.', understoodAs: 'interested', at: AT, sentence: '', until: null, named: null };
  const given = {
    contact: sent.contact,
    sender,
    threadId: sent.threadId,
    kind: 'answer',
    touch: 0,
    references: ['r@peatworks.example'],
  } as const;
  const draft = newDraft(company, { ...given, references: [...given.references], answers }, ana.userId, AT);
  const entry = auditEntry({ workspaceId: HOME, by: ana.userId, at: AT, action: 'draft.start', subject: `draft:${draft.id}` });
  await insertDraft(draft, entry);
  return writeDraft(HOME, draft.id, { ask: null, now: () => AT, publicUrl: null });
}

test('a message that follows another goes to the same address', async () => {
  const answer = await anAnswer(await aSent());
  await expect(changeContact(ana, seen(answer), aContact({ email: 'zoe@peatworks.example' }), null, AT)).rejects.toMatchObject({
    code: 'contact-follows',
  });
  expect(await changeContact(ana, seen(answer), aContact({ name: 'Dana B. Reed' }), null, AT)).toMatchObject({ version: 2 });
});

test('a second mail leaves a written answer alone, and takes the approval of one that is about to leave', async () => {
  const answer = await anAnswer(await aSent());
  await noteReply(HOME, answer.threadId, AT);
  expect(await getDraft(HOME, answer.id)).toMatchObject({ status: 'waiting', body: answer.body });
  const { draft } = await approved(answer);
  await noteReply(HOME, answer.threadId, AT);
  expect(told(await getDraft(HOME, draft.id))).toMatchObject({
    status: 'waiting',
    approval: null,
    note: expect.stringContaining('wrote again'),
  });
});

test('silence closes an answer too, also one in a thread that has ended', async () => {
  const answer = await anAnswer(await aSent());
  const key = { kind: 'address', value: answer.contact.email } as const;
  const closed = await stopSuppressed(HOME, key, { because: 'opt-out', by: 'recipient', at: AT });
  expect(closed.map(({ id }) => id)).toEqual([answer.id]);
  const after = await getDraft(HOME, answer.id);
  expect(after.status).toBe('rejected');
  // The person written to is nobody in Slack.
  expect(decisionNotice(after)).toContain('rejected by the recipient');
});

test('a slot goes back when nothing will leave for it', async () => {
  const night = new Date('2026-11-23T22:00:00Z');
  const taken = async () => (await countSlots(HOME, '2026-11-23')).get('ana@larkspur.example') ?? 0;
  const { draft, approval } = await approved(await aWaitingDraft());
  const office = recorder({ outcome: 'retry', reason: '451 later' });
  await sendApproved(HOME, draft.id, approval.id, { ...office, now: () => AT });
  expect(await taken()).toBe(1);
  await takeBackApproval(ana, seen(await getDraft(HOME, draft.id)), night);
  expect(await taken()).toBe(0);
});

test('an approval that is tried on two days has one slot, of the second day', async () => {
  const taken = async (day: string) => (await countSlots(HOME, day)).get('ana@larkspur.example') ?? 0;
  const { draft, approval } = await approved(await aWaitingDraft());
  const send = (at: Date) => sendApproved(HOME, draft.id, approval.id, { ...recorder({ outcome: 'retry', reason: '451' }), now: () => at });
  await send(AT);
  expect([await taken('2026-11-23'), await taken('2026-11-24')]).toEqual([1, 0]);
  await send(addDays(AT, 1));
  expect([await taken('2026-11-23'), await taken('2026-11-24')]).toEqual([0, 1]);
});

test('an edit gives the slot of the approval back that it takes', async () => {
  const { draft, approval } = await approved(await aWaitingDraft());
  await sendApproved(HOME, draft.id, approval.id, { ...recorder({ outcome: 'retry', reason: '451' }), now: () => AT });
  await editDraft(
    ana,
    seen(await getDraft(HOME, draft.id)),
    { subject: 'Second thoughts', body: 'Would you like to talk about clinics?' },
    AT,
  );
  expect((await countSlots(HOME, '2026-11-23')).get('ana@larkspur.example') ?? 0).toBe(0);
});

test('the thread knows whom the message that left went to', async () => {
  const waiting = await aWaitingDraft();
  const moved = await changeContact(ana, seen(waiting), aContact({ email: 'zoe@peatworks.example', name: 'Zoë Çelik' }), null, AT);
  const { draft, approval } = await approved(moved);
  await sendApproved(HOME, draft.id, approval.id, { ...recorder(), now: () => AT });
  expect((await findThread(HOME, draft.threadId))?.contact.email).toBe('zoe@peatworks.example');
});

test('a sender with capitals gets its answers: it is kept in lower case', async () => {
  const sender = Sender.parse({ name: 'Ana Alder', address: 'Ana@Larkspur.example', postalAddress: '1 Harbour Street, London' });
  await saveProgramme(ana, 'sender', sender, AT);
  const sent = await aSent();
  const left = { after: addDays(AT, -1), before: addDays(AT, 1) };
  expect((await findDraftToAddress([sent.contact.email], ['ana@larkspur.example'], left)).draft?.id).toBe(sent.id);
});
