import { addDays } from 'date-fns';
import { describe, expect, test } from 'vitest';
import { rejectDraft } from '../../../src/recruit/outreach/decide-draft.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startDraft } from '../../../src/recruit/outreach/start-draft.ts';
import { startFollowUp } from '../../../src/recruit/outreach/start-follow-up.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { correctReply } from '../../../src/recruit/replies/act-on-reply.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { AT, aContact, approved, HOME, milo, recorder, seen } from '../../support/builders.ts';
import { anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { aSentDraft } from '../../support/sent.ts';
import { LATER, take } from '../../support/take.ts';
import { told } from '../../support/told.ts';

useMongo();

describe('an answer to an earlier thread, while another runs', () => {
  /** The follow-up of the first thread was turned down, and the same person is written to anew. */
  async function startedAgain(by = LATER) {
    const sent = await aSentDraft();
    const followUp = await startFollowUp(HOME, sent.threadId, addDays(AT, 4));
    const waiting = await writeDraft(HOME, followUp?.id ?? '', { ask: null, now: () => AT, publicUrl: null });
    await rejectDraft(milo, seen(waiting), AT);
    const { draft } = await startDraft(milo, sent.companyId, aContact(), by);
    const again = await writeDraft(HOME, draft.id, { ask: null, now: () => by, publicUrl: null });
    expect(again.threadId).not.toBe(sent.threadId);
    return { sent, again };
  }

  test('what was approved in the other does not leave', async () => {
    const { sent, again } = await startedAgain();
    const { approval } = await approved(again, LATER);
    await take(anAnswer(sent.messageId, 'Who are you?'));
    const office = recorder();
    await sendApproved(HOME, again.id, approval.id, { ...office, now: () => LATER });
    expect(office.mails).toEqual([]);
    expect(told(await getDraft(HOME, again.id))).toMatchObject({ status: 'rejected', note: 'Closed: they answered.' });
    expect(await findThread(HOME, again.threadId)).toMatchObject({ status: 'replied' });
  });

  test('what was planned in the other is not drafted', async () => {
    const { sent, again } = await startedAgain();
    const { approval } = await approved(again, LATER);
    await sendApproved(HOME, again.id, approval.id, { ...recorder(), now: () => LATER });
    expect(await findThread(HOME, again.threadId)).toMatchObject({ status: 'open', nextTouchAt: addDays(LATER, 4) });
    await take(anAnswer(sent.messageId, 'Who are you?'));
    expect(await findThread(HOME, again.threadId)).toMatchObject({ status: 'replied', nextTouchAt: null });
    expect(await getDraft(HOME, again.id)).toMatchObject({ status: 'sent' });
  });

  test.each([
    ['was an absence after all: what was planned goes on', [], { status: 'open', nextTouchAt: addDays(LATER, 4) }],
    ['was an absence, but another was none', ['Yes please.'], { status: 'replied', nextTouchAt: null }],
  ])('one that %s', async (_name, others, expected) => {
    const { sent, again } = await startedAgain();
    const { approval } = await approved(again, LATER);
    await sendApproved(HOME, again.id, approval.id, { ...recorder(), now: () => LATER });
    const taken = await take(anAnswer(sent.messageId, 'I am in Lisbon.'));
    for (const text of others) await take(anAnswer(sent.messageId, text));
    expect(await findThread(HOME, again.threadId)).toMatchObject({ status: 'replied' });
    await correctReply(milo, taken?.reply.id ?? '', 'out-of-office', LATER);
    expect(await findThread(HOME, again.threadId)).toMatchObject(expected);
  });

  test('an absence, and a correction of what was there before the other was opened, leave it as it is', async () => {
    const { sent, again } = await startedAgain(addDays(LATER, 1));
    await take(anAnswer(sent.messageId, 'I am out of the office.', { 'Auto-Submitted': 'auto-replied' }));
    const known = await listReplies(HOME, sent.threadId);
    await correctReply(milo, known[0]?.id ?? '', 'interested', addDays(LATER, 2));
    expect(await getDraft(HOME, again.id)).toMatchObject({ status: 'waiting' });
    expect(await findThread(HOME, again.threadId)).toMatchObject({ status: 'open' });
  });
});
