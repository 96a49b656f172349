import { addDays } from 'date-fns';
import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { countSuppressions } from '../../../src/programme/suppression/suppression-repository.ts';
import { getDraft } from '../../../src/recruit/outreach/draft-repository.ts';
import { sendApproved } from '../../../src/recruit/outreach/send-draft.ts';
import { startFollowUp } from '../../../src/recruit/outreach/start-follow-up.ts';
import { findThread, listReturned } from '../../../src/recruit/outreach/thread-repository.ts';
import { writeDraft } from '../../../src/recruit/outreach/write-draft.ts';
import { correctReply } from '../../../src/recruit/replies/act-on-reply.ts';
import type { Reply, ReplyKind } from '../../../src/recruit/replies/reply.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { AT, approved, HOME, milo, recorder } from '../../support/builders.ts';
import { aBounce, aMail, anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { aSentDraft } from '../../support/sent.ts';
import { LATER, silenced, stored, take } from '../../support/take.ts';
import { told } from '../../support/told.ts';

useMongo();

describe('what follows', () => {
  test('interest: kept with the sentence, what was planned stops, nobody is silenced', async () => {
    const draft = await aSentDraft();
    const taken = await take(anAnswer(draft.messageId, 'Yes please.'));
    expect(taken).toMatchObject({
      changed: true,
      reply: {
        kind: 'interested',
        sentence: 'Yes please.',
        text: 'Yes please.',
        matchedBy: 'message-id',
        draftId: draft.id,
        settledAt: LATER,
      },
    });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'replied', nextTouchAt: null });
    expect(await silenced('dana@peatworks.example')).toBeNull();
    expect(await listAudit(HOME, { action: 'reply.take' })).toMatchObject([{ by: 'recipient', after: { kind: 'interested' } }]);
  });

  test('an opt-out: silenced and stopped at once, no person needed, also what a colleague asks', async () => {
    const draft = await aSentDraft();
    await take(anAnswer(draft.messageId, 'Stop.', { From: 'Kim Moss <kim@peatworks.example>' }));
    for (const address of ['dana@peatworks.example', 'kim@peatworks.example'])
      expect(await silenced(address)).toMatchObject({ reason: 'opt-out', via: 'reply', by: 'recipient' });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'ended', end: { because: 'opt-out', by: 'recipient' } });
  });

  test('an opt-out closes a follow-up that waits', async () => {
    const draft = await aSentDraft();
    const followUp = await startFollowUp(HOME, draft.threadId, addDays(AT, 5));
    await take(anAnswer(draft.messageId, 'unsubscribe'), addDays(AT, 6));
    expect(told(await getDraft(HOME, followUp?.id ?? ''))).toMatchObject({
      status: 'rejected',
      note: 'Closed: they want nothing more from us.',
    });
  });

  test('a mailbox that is none: silenced and stopped', async () => {
    const draft = await aSentDraft();
    const taken = await take(aBounce({ messageId: draft.messageId }));
    expect(taken?.reply).toMatchObject({ kind: 'bounce', sentence: '5.1.1 failed dana@peatworks.example' });
    expect(await silenced('dana@peatworks.example')).toMatchObject({ reason: 'bounce', via: 'bounce', by: 'system' });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'ended', end: { because: 'bounce' } });
  });

  test.each([{ recipient: 'Dana+partners@peatworks.example' }, { recipient: 'dreed@home.example', original: 'dana@peatworks.example' }])(
    'a mailbox that is none, behind the address we wrote to: %j',
    async (report) => {
      const draft = await aSentDraft();
      expect((await take(aBounce({ messageId: draft.messageId, ...report })))?.reply).toMatchObject({ bounce: { hard: true } });
      expect(await silenced('dana@peatworks.example')).toMatchObject({ reason: 'bounce' });
    },
  );

  test.each([
    { action: 'delayed', status: '4.4.1' },
    { action: 'failed', status: '5.2.2' },
    { action: 'failed', status: '5.1.8', said: '501 5.1.8 Domain of sender address does not exist' },
    { action: 'failed', status: '5.4.7', said: '550 5.4.7 Delivery time expired' },
    // Where it was forwarded to.
    { action: 'failed', status: '5.1.1', recipient: 'old@elsewhere.example' },
  ])('trouble on the way is shown only: %j', async (report) => {
    const draft = await aSentDraft();
    const before = await findThread(HOME, draft.threadId);
    expect((await take(aBounce({ messageId: draft.messageId, ...report })))?.reply).toMatchObject({
      kind: 'bounce',
      bounce: { hard: false },
      settledAt: LATER,
    });
    expect(await findThread(HOME, draft.threadId)).toEqual(before);
    expect(await silenced('dana@peatworks.example')).toBeNull();
  });

  test('an absence moves the next message to its end, once', async () => {
    const draft = await aSentDraft();
    const away = anAnswer(draft.messageId, 'I am out of the office until 7 December 2026.', { 'Auto-Submitted': 'auto-replied' });
    await take(away);
    await take(away);
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'open', nextTouchAt: new Date('2026-12-08') });
    expect(await listAudit(HOME, { action: 'thread.plan' })).toHaveLength(1);
  });

  test('an absence holds for what is planned later, too, while a follow-up still waits to be decided on', async () => {
    const draft = await aSentDraft();
    const followUp = await startFollowUp(HOME, draft.threadId, addDays(AT, 5));
    if (!followUp) throw new Error('no follow-up');
    await take(anAnswer(draft.messageId, 'I am out of the office until 7 December 2026.', { 'Auto-Submitted': 'auto-replied' }));
    const at = addDays(AT, 7);
    const { approval } = await approved(await writeDraft(HOME, followUp.id, { ask: null, now: () => at, publicUrl: null }), at);
    const sent = await sendApproved(HOME, followUp.id, approval.id, { ...recorder(), now: () => at });
    expect(sent?.status).toBe('sent');
    // Six days after the second touch would be 6 December.
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'open', nextTouchAt: new Date('2026-12-08') });
  });

  test('a day is read as the recipient’s country writes it', async () => {
    const { messageId } = await aSentDraft();
    await mongoose.connection.collection('drafts').updateMany({}, { $set: { 'contact.country': 'US' } });
    const away = anAnswer(messageId, 'I am out of the office and will be back on 01/04/2027.', { 'Auto-Submitted': 'auto-replied' });
    expect((await take(away))?.reply).toMatchObject({ kind: 'out-of-office', laterUntil: new Date('2027-01-04') });
  });

  test('an absence is no bounce because nobody is to answer it', async () => {
    const draft = await aSentDraft();
    const away = anAnswer(draft.messageId, 'I am out of the office until January 4, 2027.', {
      'Return-Path': '<>',
      'Auto-Submitted': 'auto-generated',
      Subject: 'Automatic reply: Peatworks and Larkspur',
    });
    expect((await take(away))?.reply).toMatchObject({ kind: 'out-of-office', laterUntil: new Date('2027-01-05') });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'open', nextTouchAt: new Date('2027-01-05') });
  });

  test('a program says that they are gone for good: what was planned stops', async () => {
    const draft = await aSentDraft();
    const gone = anAnswer(draft.messageId, 'I have left the company. Please contact jane@peatworks.example.', {
      'Auto-Submitted': 'auto-replied',
      Subject: 'Automatic reply: Peatworks and Larkspur',
    });
    expect((await take(gone))?.reply).toMatchObject({ kind: 'wrong-person', namedContact: 'jane@peatworks.example', isAutomatic: true });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'replied', nextTouchAt: null });
    expect(await silenced('dana@peatworks.example')).toBeNull();
  });

  test('a receipt of somebody who read it changes nothing', async () => {
    const draft = await aSentDraft();
    const body = '--B\nContent-Type: text/plain\n\nYour message was displayed.\n--B--\n';
    const receipt = aMail(body, {
      'In-Reply-To': `<${draft.messageId}>`,
      'Return-Path': '<>',
      'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=B',
      Subject: 'Read: Peatworks and Larkspur',
    });
    expect((await take(receipt))?.reply).toMatchObject({ kind: 'receipt', isAutomatic: true });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'open' });
  });

  test('an absence that is over before changes nothing', async () => {
    const draft = await aSentDraft();
    const before = await findThread(HOME, draft.threadId);
    await take(anAnswer(draft.messageId, 'I am out of the office, back on 25 November.', { 'Auto-Submitted': 'auto-replied' }));
    expect(await findThread(HOME, draft.threadId)).toEqual(before);
  });

  test('another word of a program stops nothing and silences nobody', async () => {
    const draft = await aSentDraft();
    const ticket = anAnswer(draft.messageId, 'We got your request. Unsubscribe me\nstop', {
      'Auto-Submitted': 'auto-generated',
      Subject: 'Ticket 123',
    });
    expect((await take(ticket))?.reply).toMatchObject({ kind: 'other', isAutomatic: true });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'open' });
    expect(await silenced('dana@peatworks.example')).toBeNull();
  });
});

describe('an absence that was taken for an answer, and corrected', () => {
  const correct = async (reply: Reply | undefined, kind: ReplyKind) => correctReply(milo, reply?.id ?? '', kind, LATER);

  test.each<[string, string, Date]>([
    ['without a day: the follow-up is planned as before', 'I am in Lisbon.', addDays(AT, 4)],
    ['with a day: it waits until they are back', 'Not now, get back to us in January.', new Date('2027-01-01')],
  ])('%s', async (_name, text, nextTouchAt) => {
    const draft = await aSentDraft();
    const taken = await take(anAnswer(draft.messageId, text));
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'replied', nextTouchAt: null });
    await correct(taken?.reply, 'out-of-office');
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'open', nextTouchAt });
    expect(await listReturned(HOME, draft.threadId)).toEqual(new Map());
    expect(await listAudit(HOME, { action: 'thread.reopen' })).toMatchObject([{ by: milo.userId }]);
  });

  test('another answer in the thread keeps it with a person', async () => {
    const draft = await aSentDraft();
    const taken = await take(anAnswer(draft.messageId, 'I am in Lisbon.'));
    await take(anAnswer(draft.messageId, 'Who are you?'));
    await correct(taken?.reply, 'out-of-office');
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'replied', nextTouchAt: null });
  });

  test('an ended thread stays ended', async () => {
    const draft = await aSentDraft();
    const taken = await take(anAnswer(draft.messageId, 'Stop.'));
    await correct(taken?.reply, 'out-of-office');
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'ended' });
  });
});

describe('once', () => {
  test.each<[string, (messageId: string) => Buffer]>([
    ['an opt-out', (messageId) => anAnswer(messageId, 'stop')],
    ['interest', (messageId) => anAnswer(messageId, 'Yes please.')],
    ['a bounce', (messageId) => aBounce({ messageId })],
    ['without an id', (messageId) => anAnswer(messageId, 'stop', { 'Message-ID': undefined })],
  ])('%s, by several ways and workers at the same moment', async (_name, mailOf) => {
    const draft = await aSentDraft();
    const mail = mailOf(draft.messageId);
    const otherWay = Buffer.concat([Buffer.from('Received: by mx.larkspur.example\r\n'), mail]);
    const taken = await Promise.all([mail, otherWay, mail, otherWay, mail, otherWay].map((bytes) => take(bytes)));
    expect(new Set(taken.map((one) => one?.reply.id)).size).toBe(1);
    expect(taken.filter((one) => one?.changed)).toHaveLength(1);
    expect(await listReplies(HOME, draft.threadId)).toHaveLength(1);
    for (const action of ['reply.take', 'thread.end', 'thread.replied', 'suppression.add'])
      expect((await listAudit(HOME, { action })).length).toBeLessThanOrEqual(1);
    const settled = await stored();
    await Promise.all([mail, otherWay].map((bytes) => take(bytes)));
    expect(await stored()).toBe(settled);
  });

  test('twenty different answers at the same moment are twenty', async () => {
    const draft = await aSentDraft();
    await Promise.all(Array.from({ length: 20 }, (_, n) => take(anAnswer(draft.messageId, `Question ${n}?`))));
    expect(await listReplies(HOME, draft.threadId)).toHaveLength(20);
    expect(await countSuppressions(HOME)).toEqual({ address: 0, domain: 0, company: 0 });
  });
});
