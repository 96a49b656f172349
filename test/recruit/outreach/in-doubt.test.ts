import { addDays, addHours, addMinutes } from 'date-fns';
import { beforeEach, describe, expect, test } from 'vitest';
import { draftCard } from '../../../blocks/recruit/draft-card.ts';
import type { MailResult } from '../../../src/recruit/mail/mail.ts';
import { changeContact } from '../../../src/recruit/outreach/change-contact.ts';
import { approveDraft, markNotSent, markSent, releaseDraft, takeBackApproval } from '../../../src/recruit/outreach/decide-draft.ts';
import type { Draft } from '../../../src/recruit/outreach/draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { editDraft } from '../../../src/recruit/outreach/edit-draft.ts';
import { claimSend, giveUpLost, markHandedOver, settleSent } from '../../../src/recruit/outreach/outbox-repository.ts';
import { rewriteDraft } from '../../../src/recruit/outreach/rewrite-draft.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { findBytes } from '../../../src/recruit/outreach/sent-bytes-repository.ts';
import { sendEntry, settleLostSend } from '../../../src/recruit/outreach/settle-attempt.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import {
  AT,
  aContact,
  anApprovedDraft,
  ana,
  aProgramme,
  approved,
  aWaitingDraft,
  HOME,
  milo,
  recorder,
  seen,
} from '../../support/builders.ts';
import { aBounce, aMail, anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { silenced, take } from '../../support/take.ts';
import { told } from '../../support/told.ts';

useMongo();
beforeEach(() => aProgramme());

const TEXT = { subject: 'Second thoughts', body: 'Would you like to talk about clinics?' };
const BROKEN: MailResult = { outcome: 'unknown', reason: 'the line broke' };
const zoe = aContact({ email: 'zoe@peatworks.example', name: 'Zoë Çelik' });
const LATER = addDays(AT, 3);

async function sendWith(result: MailResult | undefined, approvalId: string, draft: Draft, at = AT): Promise<Draft> {
  await sendApproved(HOME, draft.id, approvalId, { ...recorder(result), now: () => at });
  return getDraft(HOME, draft.id);
}

/** A first message to Dana of unknown fate. */
async function inDoubt(): Promise<Draft & { messageId: string }> {
  const { draft, approval } = await approved(await aWaitingDraft());
  const unknown = await sendWith(BROKEN, approval.id, draft);
  if (unknown.status !== 'unknown' || !unknown.messageId) throw new Error(`the draft is ${unknown.status}`);
  return { ...unknown, messageId: unknown.messageId };
}

async function approvedAgain(draft: Draft, at = AT): Promise<{ draft: Draft; approvalId: string }> {
  const { draft: again } = await approveDraft(ana, seen(draft), at);
  if (!again.approval) throw new Error(`the draft is ${again.status}`);
  return { draft: again, approvalId: again.approval.id };
}

describe('while nobody has looked', () => {
  test('its text and its recipient stay what they were', async () => {
    const unknown = await inDoubt();
    await expect(editDraft(milo, seen(unknown), TEXT, AT)).rejects.toMatchObject({ code: 'draft-moved-on' });
    await expect(changeContact(milo, seen(unknown), zoe, null, AT)).rejects.toMatchObject({ code: 'draft-moved-on' });
    const wish = { draftId: unknown.id, version: unknown.version, how: 'shorter', by: ana.userId } as const;
    expect(await rewriteDraft(HOME, wish, { ask: null, now: () => AT, publicUrl: null })).toBeNull();
    expect(await getDraft(HOME, unknown.id)).toEqual(unknown);
  });

  test('also not by a form that was opened before, once it is approved again', async () => {
    const { draft } = await approvedAgain(await inDoubt());
    await expect(editDraft(milo, seen(draft), TEXT, AT)).rejects.toMatchObject({ code: 'draft-moved-on' });
    expect(await getDraft(HOME, draft.id)).toEqual(draft);
  });

  test('the card offers to decide, and to say where it is', async () => {
    const words = JSON.stringify(draftCard(await inDoubt()));
    for (const shown of ['Approve', 'Mark as Sent', 'It Did Not Leave', 'Reject', 'May have left']) expect(words).toContain(shown);
    for (const hidden of ['"Edit"', '"Contact"', '"Shorter"']) expect(words).not.toContain(hidden);
  });

  test('approved again and taken back, or refused by the server, it is in doubt as before', async () => {
    const first = await approvedAgain(await inDoubt());
    const { draft: back } = await takeBackApproval(ana, seen(first.draft), AT);
    expect(told(back)).toMatchObject({ status: 'unknown', approval: null, note: 'The approval was taken back.' });
    const second = await approvedAgain(back);
    const refused = await sendWith({ outcome: 'failed', reason: '554 no', hard: false }, second.approvalId, second.draft);
    expect(told(refused)).toMatchObject({ status: 'unknown', note: expect.stringContaining('554 no'), doubts: [{ cleared: false }] });
  });
});

describe('a person looked', () => {
  test('it is there: it counts from when it was handed over, not from when somebody looked', async () => {
    const unknown = await inDoubt();
    const { draft } = await markSent(milo, seen(unknown), LATER);
    expect(draft).toMatchObject({ status: 'sent', sentAt: AT, messageId: unknown.messageId, decidedAt: LATER });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ touches: [{ at: AT }], nextTouchAt: addDays(AT, 4) });
  });

  test('the first of two attempts is there: its id is the message’s', async () => {
    const unknown = await inDoubt();
    const again = await approvedAgain(unknown);
    const refused = await sendWith({ outcome: 'failed', reason: '554 no', hard: false }, again.approvalId, again.draft);
    const { draft } = await markSent(milo, seen(refused), LATER);
    expect(draft).toMatchObject({ status: 'sent', messageId: unknown.messageId });
  });

  test('it is not: it waits, may be changed, and says that somebody looked', async () => {
    const unknown = await inDoubt();
    const { draft: waiting } = await markNotSent(milo, seen(unknown), LATER);
    expect(waiting).toMatchObject({ status: 'waiting', doubts: [{ cleared: true }] });
    expect(JSON.stringify(draftCard(waiting))).toContain('Looked for, and not found');
    const moved = await changeContact(milo, seen(await editDraft(milo, seen(waiting), TEXT, LATER)), zoe, null, LATER);
    const { draft, approval } = await approved(moved, LATER);
    expect(await sendWith(undefined, approval.id, draft, LATER)).toMatchObject({ status: 'sent', sentAt: LATER, contact: zoe });
  });

  test('two who say so at once: one did', async () => {
    const unknown = await inDoubt();
    const said = await Promise.all([markSent(milo, seen(unknown), LATER), markNotSent(ana, seen(unknown), LATER)]);
    expect(said.filter(({ changed }) => changed)).toHaveLength(1);
  });
});

describe('it had left all the same, to the person named before', () => {
  async function toAnother(): Promise<{ first: string; draft: Draft }> {
    const { messageId, ...unknown } = await inDoubt();
    const { draft } = await markNotSent(milo, seen({ ...unknown, messageId }), AT);
    return { first: messageId, draft: await changeContact(milo, seen(draft), zoe, null, AT) };
  }

  test('its bounce silences that person, not the one named now', async () => {
    const { first } = await toAnother();
    expect(await take(aBounce({ messageId: first }))).toMatchObject({ reply: { writtenTo: 'dana@peatworks.example' } });
    expect(await silenced('dana@peatworks.example')).not.toBeNull();
    expect(await silenced(zoe.email)).toBeNull();
  });

  test('its answer comes by the first id also after a second message left, or by the address alone', async () => {
    const { first, draft: moved } = await toAnother();
    const { draft, approval } = await approved(moved);
    await sendWith(undefined, approval.id, draft);
    const answer = { draftId: draft.id, writtenTo: 'dana@peatworks.example' };
    expect(await take(anAnswer(first, 'Who are you?'))).toMatchObject({ reply: { ...answer, matchedBy: 'message-id' } });
    expect(await take(aMail('Sounds good.'))).toMatchObject({ reply: { ...answer, matchedBy: 'address' } });
  });
});

test('a worker that goes on after its lease was seen to run out is not given up, and its answer stands', async () => {
  const { draft } = await anApprovedDraft();
  const taken = { messageId: 'a1@larkspur.example', policy: null, leaseUntil: addMinutes(AT, 3) };
  const claimed = await claimSend(draft, taken, sendEntry(draft, 'draft.send', AT));
  if (!claimed) throw new Error('not claimed');
  const late = addMinutes(AT, 4);
  const listed = await getDraft(HOME, draft.id);
  expect(await markHandedOver(claimed, addMinutes(late, 5), late)).toBe(true);
  expect(await settleLostSend(listed, late)).toBeNull();
  expect(await settleSent(claimed, '250 ok', sendEntry(draft, 'draft.sent', late))).toMatchObject({ status: 'sent' });
  expect(await giveUpLost(claimed, { code: 'unknown-fate' }, sendEntry(draft, 'draft.send-unknown', addHours(late, 1)))).toBeNull();
});

test('a release is for the attempt that follows: put off by the server, it keeps hours and caps again', async () => {
  const night = new Date('2026-11-23T22:00:00Z');
  const { draft, approval } = await approved(await aWaitingDraft(), night);
  const held = await sendWith(undefined, approval.id, draft, night);
  expect(held.hold?.why).toBe('hours');
  await releaseDraft(ana, seen(held), night);
  const off = await sendWith({ outcome: 'retry', reason: '451 later' }, approval.id, draft, night);
  expect(off).toMatchObject({ status: 'approved', releasedBy: null, hold: { why: 'retry' } });
  expect((await sendWith(undefined, approval.id, draft, addMinutes(night, 2))).hold?.why).toBe('hours');
});

test('the bytes on record are those of the attempt on record', async () => {
  const unknown = await inDoubt();
  const first = await findBytes(unknown);
  expect(first).not.toBeNull();
  const again = await approvedAgain(unknown, addHours(AT, 1));
  // Kept for a second attempt that lost to a person who took the approval back.
  await sendApproved(HOME, unknown.id, again.approvalId, {
    ...recorder(),
    now: () => addHours(AT, 1),
    composeMail: async (mail) => {
      await takeBackApproval(ana, seen(again.draft), addHours(AT, 1));
      return recorder().composeMail(mail);
    },
  });
  const back = await getDraft(HOME, unknown.id);
  expect(back).toMatchObject({ status: 'unknown', messageId: unknown.messageId });
  expect(await findBytes(back)).toEqual(first);
});
