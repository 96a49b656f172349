import { beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { findThread } from '../../../src/recruit/outreach/thread-repository.ts';
import { findReturn } from '../../../src/recruit/records/outreach-records-repository.ts';
import { silenceSender } from '../../../src/recruit/replies/act-on-reply.ts';
import { isForUs } from '../../../src/recruit/replies/take-mail.ts';
import { HOME, milo } from '../../support/builders.ts';
import { aBounce, aComplaint, aMail, type Headers } from '../../support/mails.ts';
import { useMongo } from '../../support/mongo.ts';
import { aSentDraft } from '../../support/sent.ts';
import { ambiguous, LATER, onAmbiguous, silenced, take } from '../../support/take.ts';

/** What follows from what machines report of a message of ours. */

useMongo();
const DANA = 'dana@peatworks.example';
let draft: Awaited<ReturnType<typeof aSentDraft>>;
beforeEach(async () => {
  draft = await aSentDraft();
});

const daemon: Headers = { From: 'MAILER-DAEMON@mx.peatworks.example', 'Return-Path': '<>', Subject: 'failure notice' };
const thread = () => findThread(HOME, draft.threadId);
const isWanted = (mail: Buffer) => isForUs(mail.subarray(0, mail.indexOf('\r\n\r\n')), LATER, onAmbiguous);

describe('a complaint', () => {
  test.each<[string, (messageId: string) => Buffer]>([
    ['that names the address', (messageId) => aComplaint({ messageId })],
    ['that withholds it: the Message-ID leads to it', (messageId) => aComplaint({ messageId, recipient: null })],
    ['without a Message-ID: the address leads to it', () => aComplaint({ messageId: null })],
    ['of fraud', (messageId) => aComplaint({ messageId, type: 'fraud' })],
  ])('%s: the address is silenced and the thread ends', async (_name, mailOf) => {
    const mail = mailOf(draft.messageId);
    expect(await isWanted(mail)).toBe(true);
    expect((await take(mail))?.reply).toMatchObject({ kind: 'complaint', isAutomatic: true, writtenTo: DANA });
    expect(await silenced(DANA)).toMatchObject({ reason: 'complaint', via: 'complaint', by: 'recipient' });
    expect(await silenced('fbl@postbarn.example')).toBeNull();
    expect(await thread()).toMatchObject({ status: 'ended', end: { because: 'complaint' } });
    expect(await findReturn(HOME, draft.threadId)).toBe('complaint');
  });

  test('names another address: that is not silenced, because anybody can write one', async () => {
    await take(aComplaint({ messageId: draft.messageId, recipient: 'kim@peatworks.example' }));
    expect(await silenced(DANA)).toMatchObject({ reason: 'complaint' });
    expect(await silenced('kim@peatworks.example')).toBeNull();
  });

  test('a person silences whom it is about, never the provider', async () => {
    const taken = await take(aComplaint({ messageId: draft.messageId }));
    await silenceSender(milo, taken?.reply.id ?? '', LATER);
    expect(await silenced('fbl@postbarn.example')).toBeNull();
  });

  test.each(['not-spam', 'auth-failure'])('a report of %s is none: nothing follows', async (type) => {
    const before = await thread();
    expect((await take(aComplaint({ messageId: draft.messageId, type })))?.reply).toMatchObject({ kind: 'other', isAutomatic: true });
    expect(await silenced(DANA)).toBeNull();
    expect(await thread()).toEqual(before);
  });

  test('twice, by two workers: once', async () => {
    const mail = aComplaint({ messageId: draft.messageId });
    await Promise.all([take(mail), take(mail), take(mail)]);
    expect(await listAudit(HOME, { action: 'suppression.add' })).toHaveLength(1);
  });
});

describe('a receipt changes nothing', () => {
  const displayed = (messageId: string) => {
    const fields = `Original-Recipient: rfc822;${DANA}\nOriginal-Message-ID: <${messageId}>\nDisposition: manual-action/MDN-sent-manually; displayed`;
    const body = `--B\nContent-Type: text/plain\n\nIt was shown.\n\n--B\nContent-Type: message/disposition-notification\n\n${fields}\n--B--\n`;
    return aMail(body, { 'Content-Type': 'multipart/report; report-type=disposition-notification; boundary=B', Subject: 'Read: x' });
  };
  test.each<[string, (messageId: string) => Buffer]>([
    ['delivered', (messageId) => aBounce({ messageId, action: 'delivered', status: '2.1.5', said: '250 ok' })],
    ['relayed', (messageId) => aBounce({ messageId, action: 'relayed', status: '2.0.0', said: '250 ok' })],
    ['displayed', displayed],
  ])('%s', async (action, mailOf) => {
    const before = await thread();
    expect((await take(mailOf(draft.messageId)))?.reply).toMatchObject({
      kind: 'receipt',
      bounce: { action, hard: false, recipient: DANA },
    });
    expect(await thread()).toEqual(before);
    expect(await silenced(DANA)).toBeNull();
    expect(await findReturn(HOME, draft.threadId)).toBeNull();
  });
});

describe('a bounce in words finds its message', () => {
  const copy = (messageId: string) =>
    `Received: by mx\nMessage-ID: <${messageId}>\nFrom: Ana Alder <ana@larkspur.example>\nTo: ${DANA}\n\nHello Dana\n`;
  test.each<[string, (messageId: string) => Buffer]>([
    [
      'by the Message-ID in its copy',
      (messageId) => aMail(`<${DANA}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below\n\n${copy(messageId)}`, daemon),
    ],
    ['by the address alone', () => aMail(`<${DANA}>: user unknown`, daemon)],
    ['by the address in its head', () => aMail('Domain name not found', { ...daemon, 'X-Failed-Recipients': DANA })],
    [
      'from a sender that is no mail server',
      (messageId) =>
        aMail(`Could not be delivered to: <${DANA}>\nUnknown user.\n\n${copy(messageId)}`, {
          From: 'no-reply@keitai.example',
          Subject: 'xyz',
        }),
    ],
  ])('%s', async (_name, mailOf) => {
    const mail = mailOf(draft.messageId);
    expect(await isWanted(mail)).toBe(true);
    expect((await take(mail))?.reply).toMatchObject({ kind: 'bounce', isAutomatic: true, bounce: { recipient: DANA, hard: true } });
    expect(await silenced(DANA)).toMatchObject({ reason: 'bounce' });
    expect(await thread()).toMatchObject({ status: 'ended', end: { because: 'bounce' } });
  });

  test('of several addresses, ours counts', async () => {
    const mail = aMail(
      `<kim@peatworks.example>:\n550 5.1.1 no such user\n<${DANA}>:\n552 5.2.2 mailbox full\n\n${copy(draft.messageId)}`,
      daemon,
    );
    expect((await take(mail))?.reply).toMatchObject({ bounce: { recipient: DANA, status: '5.2.2', hard: false } });
    expect(await silenced(DANA)).toBeNull();
  });

  test('about another address than ours it says nothing against ours', async () => {
    const mail = aMail(`<old@elsewhere.example>: 550 5.1.1 no such user\n\n${copy(draft.messageId)}`, daemon);
    expect((await take(mail))?.reply).toMatchObject({ kind: 'bounce', bounce: { recipient: 'old@elsewhere.example', hard: false } });
    expect(await silenced(DANA)).toBeNull();
  });

  test('about an address that nobody wrote to: nobody’s', async () => {
    expect(await take(aMail('<who@other.example>: user unknown', daemon))).toBeNull();
    expect(ambiguous).toEqual([]);
  });
});

test('a person’s wish stands, also where it reads like a report', async () => {
  const mail = aMail(`Your mail to ${DANA} was not delivered to the right desk. Please stop writing to us.`, {
    From: 'Dana <administrator@peatworks.example>',
    'In-Reply-To': `<${draft.messageId}>`,
  });
  expect((await take(mail))?.reply).toMatchObject({ kind: 'opt-out', isAutomatic: false });
  expect(await silenced(DANA)).toMatchObject({ reason: 'opt-out' });
});

test('a person who moved and returns our message with their yes: nobody is silenced, the conversation goes on', async () => {
  const words = `Happy to talk on Tuesday. Our old office address is no longer valid, we moved to Linz.\n\nDana Reed\n${DANA}`;
  const copy = `Message-ID: <${draft.messageId}>\nFrom: Ana Alder <ana@larkspur.example>\nTo: ${DANA}\n\nHello Dana\n`;
  const text = `--B\nContent-Type: text/plain\n\n${words}\n\n--B\nContent-Type: message/rfc822\n\n${copy}\n--B--\n`;
  const headers = { 'In-Reply-To': `<${draft.messageId}>`, 'Content-Type': 'multipart/mixed; boundary=B' };
  expect((await take(aMail(text, headers)))?.reply).toMatchObject({ kind: 'other', isAutomatic: false, bounce: null, attachments: 1 });
  expect(await silenced(DANA)).toBeNull();
  expect((await thread())?.end).toBeNull();
});

test('a mailbox that is given up ends the conversation, and silences nobody', async () => {
  const mail = aMail('The mailbox dana@peatworks.example is no longer in use. See our website.', {
    'In-Reply-To': `<${draft.messageId}>`,
    'Auto-Submitted': 'auto-replied',
  });
  expect((await take(mail))?.reply).toMatchObject({ kind: 'wrong-person', isAutomatic: true });
  expect(await thread()).toMatchObject({ status: 'replied', nextTouchAt: null });
  expect(await silenced(DANA)).toBeNull();
});
