import { describe, expect, test } from '@jest/globals';
import { addDays, addHours } from 'date-fns';
import mongoose from 'mongoose';
import { listAudit } from '../../src/audit/audit-repository.ts';
import { getDraft } from '../../src/outreach/draft-repository.ts';
import { startFollowUp } from '../../src/outreach/start-follow-up.ts';
import { findThread, listReturned } from '../../src/outreach/thread-repository.ts';
import { correctReply } from '../../src/replies/correct-reply.ts';
import type { Reply, ReplyKind } from '../../src/replies/reply.ts';
import { listReplies } from '../../src/replies/reply-repository.ts';
import { isForUs, takeMail } from '../../src/replies/take-mail.ts';
import { keysOfAddress } from '../../src/suppression/suppression.ts';
import { countSuppressions, findSuppression } from '../../src/suppression/suppression-repository.ts';
import { deleteDrafts } from '../opt-out/delete-drafts.ts';
import { AT, HOME, milo } from '../support/builders.ts';
import { aBounce, aMail, anAnswer } from '../support/mails.ts';
import { useMongo } from '../support/mongo.ts';
import { aSentDraft } from '../support/sent.ts';

useMongo();
const LATER = addHours(AT, 3);
const now = () => LATER;
const ambiguous: number[] = [];
const onAmbiguous = (workspaces: number) => void ambiguous.push(workspaces);
const take = (bytes: Buffer, receivedAt = LATER) => takeMail(bytes, receivedAt, now, onAmbiguous);
const silenced = (address: string, workspaceId = HOME) => findSuppression(workspaceId, keysOfAddress(address));

/** Everything stored, to see that nothing was. */
async function stored(): Promise<string> {
  const all = await Promise.all(Object.values(mongoose.models).map((model) => model.find({}).sort({ _id: 1 }).lean<object[]>()));
  return JSON.stringify(all);
}

describe('what follows', () => {
  test('interest: kept with the sentence, what was planned stops, nobody is silenced', async () => {
    const draft = await aSentDraft();
    const taken = await take(anAnswer(draft.messageId, 'Sounds good. When are you free?'));
    expect(taken).toMatchObject({
      changed: true,
      reply: {
        kind: 'interested',
        sentence: 'Sounds good.',
        text: 'Sounds good. When are you free?',
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
    expect(await getDraft(HOME, followUp?.id ?? '')).toMatchObject({ status: 'rejected', note: 'Closed: they want nothing more from us.' });
  });

  test('a mailbox that is none: silenced and stopped', async () => {
    const draft = await aSentDraft();
    const taken = await take(aBounce({ messageId: draft.messageId }));
    expect(taken?.reply).toMatchObject({ kind: 'bounce', sentence: '5.1.1 failed dana@peatworks.example' });
    expect(await silenced('dana@peatworks.example')).toMatchObject({ reason: 'bounce', via: 'bounce', by: 'system' });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'ended', end: { because: 'bounce' } });
  });

  test.each([
    { action: 'delayed', status: '4.4.1' },
    { action: 'failed', status: '5.2.2' },
  ])('trouble on the way is shown only: %j', async (report) => {
    const draft = await aSentDraft();
    const before = await findThread(HOME, draft.threadId);
    expect((await take(aBounce({ messageId: draft.messageId, ...report })))?.reply).toMatchObject({ kind: 'bounce', settledAt: LATER });
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

describe('the opt-out token in the subject', () => {
  test.each<[string, Record<string, string>, string]>([
    ['as the head of our message asks', {}, 'stop TOKEN'],
    ['from another address of theirs', { From: 'dana.reed@home.example' }, 'STOP TOKEN'],
    ['by a program, to many', { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe': '<https://mail.example/u>' }, 'stop TOKEN'],
    ['behind the mark of an answer', { To: 'desk@elsewhere.example' }, 'AW: Re: stop TOKEN'],
    ['with the blank left encoded', {}, 'stop%20TOKEN'],
  ])('%s: silenced, stopped and shown, also years later', async (_name, headers, subject) => {
    const draft = await aSentDraft();
    const mail = aMail('', { ...headers, Subject: subject.replace('TOKEN', draft.optOutToken) });
    const late = addDays(AT, 700);
    expect(await isForUs(mail.subarray(0, mail.indexOf('\r\n\r\n')), late, onAmbiguous)).toBe(true);
    const reply = { kind: 'opt-out', matchedBy: 'token', draftId: draft.id, writtenTo: 'dana@peatworks.example' };
    expect(await take(mail, late)).toMatchObject({ changed: true, reply });
    expect(await silenced('dana@peatworks.example')).toMatchObject({ reason: 'opt-out', via: 'reply', by: 'recipient' });
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'ended', end: { because: 'opt-out' } });
  });

  test('the message is gone: silence alone', async () => {
    const { optOutToken } = await aSentDraft();
    await deleteDrafts();
    expect(await take(aMail('', { From: 'eve@home.example', Subject: `stop ${optOutToken}` }))).toBeNull();
    expect(await silenced('dana@peatworks.example')).toMatchObject({ reason: 'opt-out', via: 'reply' });
    expect(await silenced('eve@home.example')).toBeNull();
  });

  test('asked in our own name: silence alone, and not for us', async () => {
    const draft = await aSentDraft();
    expect(await take(aMail('', { From: 'ana@larkspur.example', Subject: `stop ${draft.optOutToken}` }))).toBeNull();
    expect(await silenced('dana@peatworks.example')).not.toBeNull();
    expect(await silenced('ana@larkspur.example')).toBeNull();
    expect(await findThread(HOME, draft.threadId)).toMatchObject({ status: 'ended', end: { because: 'opt-out' } });
  });

  test('one that is nobody’s, or a part of one, says nothing', async () => {
    const { optOutToken } = await aSentDraft();
    for (const token of ['x'.repeat(22), `${optOutToken}x`, optOutToken.slice(1)])
      expect(await take(aMail('', { From: 'eve@home.example', Subject: `stop ${token}` }))).toBeNull();
    expect(await silenced('dana@peatworks.example')).toBeNull();
  });
});

describe('whose mail it is', () => {
  test.each([
    ['dana@peatworks.example', 'Dana+crm@PEATWORKS.example'],
    ['dana+partners@peatworks.example', 'dana@peatworks.example'],
    ['dana@xn--mhle-0ra.example', 'dana@mühle.example'],
  ])('written to %s, answered from %s', async (email, from) => {
    const draft = await aSentDraft();
    await mongoose.connection.collection('drafts').updateMany({}, { $set: { 'contact.email': email } });
    const mail = aMail('Sounds good.', { From: from, To: 'ana+prm@larkspur.example' });
    expect(await take(mail)).toMatchObject({ reply: { draftId: draft.id } });
    expect(await take(aMail('Sounds good.', { From: from.replace(/^dana/i, 'danas') }))).toBeNull();
  });

  test('by the address alone, when ours is among the recipients', async () => {
    const draft = await aSentDraft();
    expect((await take(aMail('Sounds good.', { To: 'Kim <kim@larkspur.example>', Cc: 'ana@larkspur.example' })))?.reply).toMatchObject({
      draftId: draft.id,
      matchedBy: 'address',
    });
  });

  test('by the subject a mail program sends to unsubscribe', async () => {
    await aSentDraft();
    expect((await take(aMail('', { Subject: 'stop' })))?.reply).toMatchObject({ kind: 'opt-out', matchedBy: 'address' });
  });

  test('a report without our Message-ID, by its recipient', async () => {
    const draft = await aSentDraft();
    expect((await take(aBounce({ messageId: null })))?.reply).toMatchObject({ draftId: draft.id, kind: 'bounce', matchedBy: 'address' });
  });

  test.each<[string, (messageId: string) => Buffer]>([
    ['a stranger', () => aMail('Hello', { From: 'eve@evil.example' })],
    ['Dana, to somebody else', () => aMail('Hello', { To: 'kim@other.example' })],
    ['an unknown Message-ID of a stranger', () => anAnswer('nobody@larkspur.example', 'stop', { From: 'eve@evil.example' })],
    ['their newsletter', () => aMail('News! Unsubscribe', { 'List-Unsubscribe': '<https://peatworks.example/u>', Precedence: 'bulk' })],
    ['our own copy', (messageId) => anAnswer(messageId, 'stop', { From: 'Ana <ana@larkspur.example>' })],
    ['a report on somebody else’s mail', () => aBounce({ messageId: 'x@other.example', recipient: 'who@other.example' })],
    ['noise', () => Buffer.from([1, 2, 3])],
  ])('%s: nothing is kept', async (_name, mailOf) => {
    const { messageId } = await aSentDraft();
    const before = await stored();
    expect(await take(mailOf(messageId))).toBeNull();
    expect(await stored()).toBe(before);
  });

  test('years later, the same address writes about something else', async () => {
    await aSentDraft();
    expect(await take(aMail('Sounds good.'), addDays(AT, 61))).toBeNull();
    expect(await take(aMail('Sounds good.'), addDays(AT, -1))).toBeNull();
  });

  test('the head alone tells whether the rest is read', async () => {
    const { messageId } = await aSentDraft();
    const head = (mail: Buffer) => isForUs(mail.subarray(0, mail.indexOf('\r\n\r\n')), LATER, onAmbiguous);
    expect(await Promise.all([anAnswer(messageId, 'x'), aMail('x'), aBounce({ messageId })].map(head))).toEqual([true, true, true]);
    expect(
      await Promise.all([aMail('x', { From: 'eve@evil.example' }), anAnswer('x@y.example', 'x', { From: 'eve@evil.example' })].map(head)),
    ).toEqual([false, false]);
  });

  test('two workspaces wrote to the same person from the same address: each gets what answers it, and nothing of the other', async () => {
    const ours = await aSentDraft();
    const theirs = await aSentDraft({ workspaceId: 'T0OTHER' });
    await take(anAnswer(theirs.messageId, 'Stop'));
    expect(await silenced('dana@peatworks.example')).toBeNull();
    expect(await silenced('dana@peatworks.example', 'T0OTHER')).not.toBeNull();
    expect(await listReplies(HOME, ours.threadId)).toEqual([]);
    expect(await listReplies(HOME, theirs.threadId)).toEqual([]);
    await take(anAnswer(ours.messageId, 'Sounds good.'));
    expect(await listReplies(HOME, ours.threadId)).toMatchObject([{ kind: 'interested', workspaceId: HOME }]);
    expect(await listReplies('T0OTHER', theirs.threadId)).toHaveLength(1);
  });
});

test('two workspaces wrote to the same person from the same address: an answer that names neither is shown to neither', async () => {
  const ours = await aSentDraft();
  await aSentDraft({ workspaceId: 'T0OTHER' });
  ambiguous.length = 0;
  const before = await stored();
  expect(await take(aMail('Sounds good.'))).toBeNull();
  expect(await stored()).toBe(before);
  expect(ambiguous).toEqual([2]);
  // An older message of the other is none that this could answer.
  await mongoose.connection.collection('drafts').updateMany({ workspaceId: 'T0OTHER' }, { $set: { updatedAt: addDays(AT, -61) } });
  expect(await take(aMail('Sounds good.'))).toMatchObject({ reply: { workspaceId: HOME, draftId: ours.id } });
});

describe('once', () => {
  test.each<[string, (messageId: string) => Buffer]>([
    ['an opt-out', (messageId) => anAnswer(messageId, 'stop')],
    ['interest', (messageId) => anAnswer(messageId, 'Sounds good.')],
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
