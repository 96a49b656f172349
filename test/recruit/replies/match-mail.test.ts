import { addDays } from 'date-fns';
import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { listReplies } from '../../../src/recruit/replies/reply-repository.ts';
import { isForUs } from '../../../src/recruit/replies/take-mail.ts';
import { AT, HOME } from '../../support/builders.ts';
import { aBounce, aMail, anAnswer } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { aSentDraft } from '../../support/sent.ts';
import { ambiguous, LATER, onAmbiguous, silenced, stored, take } from '../../support/take.ts';
import { deleteDrafts } from '../opt-out/delete-drafts.ts';

useMongo();

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
    const mail = aMail('Yes please.', { From: from, To: 'ana+prm@larkspur.example' });
    expect(await take(mail)).toMatchObject({ reply: { draftId: draft.id } });
    expect(await take(aMail('Yes please.', { From: from.replace(/^dana/i, 'danas') }))).toBeNull();
  });

  test('by the address alone, when ours is among the recipients', async () => {
    const draft = await aSentDraft();
    expect((await take(aMail('Yes please.', { To: 'Kim <kim@larkspur.example>', Cc: 'ana@larkspur.example' })))?.reply).toMatchObject({
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
    ['a colleague of the sender, to all', (messageId) => anAnswer(messageId, 'please remove me', { From: 'Bob <bob@larkspur.example>' })],
    ['a colleague at a domain below', (messageId) => anAnswer(messageId, 'stop', { From: 'Bob <bob@mail.LARKSPUR.example>' })],
    ['a report on somebody else’s mail', () => aBounce({ messageId: 'x@other.example', recipient: 'who@other.example' })],
    ['noise', () => Buffer.from([1, 2, 3])],
  ])('%s: nothing is kept', async (_name, mailOf) => {
    const { messageId } = await aSentDraft();
    const before = await stored();
    expect(await take(mailOf(messageId))).toBeNull();
    expect(await stored()).toBe(before);
  });

  test('a report of our own mail server is no mail of a colleague', async () => {
    const draft = await aSentDraft();
    const own = aBounce({ messageId: draft.messageId }, { From: 'Mail Delivery System <MAILER-DAEMON@mail.larkspur.example>' });
    expect((await take(own))?.reply).toMatchObject({ draftId: draft.id, kind: 'bounce' });
  });

  test.each<[string, string, string, string]>([
    ['where anybody has a mailbox', 'ana@gmail.com', 'dana@peatworks.example', 'dana.reed@gmail.com'],
    ['where both are at home', 'ana@larkspur.example', 'dana@larkspur.example', 'kim@larkspur.example'],
  ])('a neighbour of the sender %s is no colleague', async (_name, sender, email, from) => {
    const draft = await aSentDraft();
    const set = { 'sender.address': sender, 'contact.email': email };
    await mongoose.connection.collection('drafts').updateMany({}, { $set: set });
    expect(await take(anAnswer(draft.messageId, 'Yes please.', { From: from }))).toMatchObject({ reply: { draftId: draft.id } });
    expect(await take(anAnswer(draft.messageId, 'Yes please.', { From: sender }))).toBeNull();
  });

  test('years later, the same address writes about something else', async () => {
    await aSentDraft();
    expect(await take(aMail('Yes please.'), addDays(AT, 61))).toBeNull();
    expect(await take(aMail('Yes please.'), addDays(AT, -1))).toBeNull();
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
    await take(anAnswer(ours.messageId, 'Yes please.'));
    expect(await listReplies(HOME, ours.threadId)).toMatchObject([{ kind: 'interested', workspaceId: HOME }]);
    expect(await listReplies('T0OTHER', theirs.threadId)).toHaveLength(1);
  });
});

test('two workspaces wrote to the same person from the same address: an answer that names neither is shown to neither', async () => {
  const ours = await aSentDraft();
  await aSentDraft({ workspaceId: 'T0OTHER' });
  ambiguous.length = 0;
  const before = await stored();
  expect(await take(aMail('Yes please.'))).toBeNull();
  expect(await stored()).toBe(before);
  expect(ambiguous).toEqual([2]);
  // An older message of the other is none that this could answer.
  await mongoose.connection.collection('drafts').updateMany({ workspaceId: 'T0OTHER' }, { $set: { updatedAt: addDays(AT, -61) } });
  expect(await take(aMail('Yes please.'))).toMatchObject({ reply: { workspaceId: HOME, draftId: ours.id } });
});
