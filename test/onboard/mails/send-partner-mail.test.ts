import { addMinutes } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { sweepPartnerMails } from '../../../jobs/onboard/sweep-partner-mails.ts';
import { tellLostMail } from '../../../jobs/onboard/tell-lost-mail.ts';
import type { Deps } from '../../../src/deps.ts';
import { findMail, listMailsDue } from '../../../src/onboard/mails/partner-mail-repository.ts';
import { sendPartnerMail } from '../../../src/onboard/mails/send-partner-mail.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { listAudit } from '../../../src/programme/audit/audit-repository.ts';
import { suppress } from '../../../src/programme/suppression/suppress.ts';
import type { MailResult } from '../../../src/recruit/mail/mail.ts';
import { aPartner, changed } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME, mailTools } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let partner: Partner;
let sent: string[];
let at: Date;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
  sent = [];
  at = AT;
});

const KILLED = new Error('the process was killed');
/** A mail server that says `result` after it has the message, or before it; `kill` ends the worker there. */
function tools(result: MailResult, kill?: 'before' | 'after') {
  const sendMail: Deps['sendMail'] = async (_envelope, bytes, beforeHandOver) => {
    if (kill === 'before') throw KILLED;
    if (result.outcome === 'retry') return result;
    if (!(await beforeHandOver())) return { outcome: 'held' };
    sent.push(bytes.toString());
    if (kill === 'after') throw KILLED;
    return result;
  };
  return { ...mailTools(undefined), sendMail, publicUrl: 'https://partners.example', now: () => at };
}
const SENT: MailResult = { outcome: 'sent', response: '250 ok' };
const asked = () => ({
  ...{ workspaceId: HOME, partnerId: partner.id, contactId: partner.people[0]?.id ?? '', key: 'k1' },
  ...{ template: 'page-link' as const, values: async () => ({ url: 'https://partners.example/page/link/x', minutes: '15' }) },
});

test('under one key one mail leaves, whoever asks and however often, with its opt-out and in our own words', async () => {
  const all = await Promise.allSettled([sendPartnerMail(asked(), tools(SENT)), sendPartnerMail(asked(), tools(SENT))]);
  expect(all.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(await sendPartnerMail(asked(), tools(SENT))).toMatchObject({ status: 'sent' });
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatch(/^From: Ana Alder <ana@larkspur.example>/m);
  expect(sent[0]).toMatch(/List-Unsubscribe: <https:\/\/partners\.example\/optout\//);
  expect(await listAudit(HOME, { action: 'partner-mail.settle' })).toHaveLength(1);
});

test('killed before the server was ready, it is tried again; killed after, never, and the owner is told', async () => {
  await expect(sendPartnerMail(asked(), tools(SENT, 'before'))).rejects.toThrow(KILLED);
  await expect(sendPartnerMail(asked(), tools(SENT))).rejects.toThrow('another worker');
  at = addMinutes(AT, 4);
  await expect(sendPartnerMail(asked(), tools(SENT, 'after'))).rejects.toThrow(KILLED);
  await expect(sendPartnerMail(asked(), tools(SENT))).rejects.toThrow('another worker');
  at = addMinutes(AT, 10);
  expect(await sendPartnerMail(asked(), tools(SENT))).toMatchObject({ status: 'unknown', reason: 'process-stopped' });
  expect(await sendPartnerMail(asked(), tools(SENT))).toMatchObject({ status: 'unknown' });
  expect(sent).toHaveLength(1);
  expect(await listMailsDue(AT)).toMatchObject([{ workspaceId: HOME, key: 'k1' }]);
});

test('put off by the server once it had all of it, it is sent later', async () => {
  const putOff: MailResult = { outcome: 'retry', reason: '451 try later' };
  const late = {
    ...tools(SENT),
    sendMail: async (_to: unknown, _bytes: unknown, before: () => Promise<boolean>) => ((await before()) ? putOff : SENT),
  };
  await expect(sendPartnerMail(asked(), late)).rejects.toThrow('not left yet');
  expect(await sendPartnerMail(asked(), tools(SENT))).toMatchObject({ status: 'sent' });
  expect(sent).toHaveLength(1);
});

test('put off by the server, it is open again; lost for long, it is given up and found by the sweep', async () => {
  await expect(sendPartnerMail(asked(), tools({ outcome: 'retry', reason: '451 later' }))).rejects.toThrow('not left yet');
  expect(await listMailsDue(AT)).toMatchObject([{ key: 'k1' }]);
  const lost = { workspaceId: HOME, key: 'k1' };
  const deps = () => someDeps({ now: () => at });
  at = addMinutes(AT, 29);
  await tellLostMail.run(lost, deps());
  expect(await findMail(HOME, 'k1')).toMatchObject({ status: 'open' });
  at = addMinutes(AT, 31);
  // Without Slack nobody is told, and it stays due.
  await expect(tellLostMail.run(lost, deps())).rejects.toThrow();
  expect(await findMail(HOME, 'k1')).toMatchObject({ status: 'failed', reason: 'gave-up', toldAt: null });
  expect(await sendPartnerMail(asked(), tools(SENT))).toMatchObject({ status: 'failed' });
  expect(sent).toEqual([]);
  const enqueued: unknown[] = [];
  const enqueue: Deps['enqueue'] = async ({ name }, payload) => void enqueued.push([name, payload]);
  await sweepPartnerMails.run({}, { ...deps(), enqueue });
  expect(enqueued).toEqual([['tell-lost-mail', lost]]);
});

test.each([
  ['has left', () => changed(partner, { people: partner.people.map((one) => ({ ...one, leftAt: AT })) })],
  ['is of a partner that ended', () => changed(partner, { status: 'ended' })],
  [
    'asked for silence',
    () =>
      suppress(HOME, { kind: 'address', value: 'pia.pine@quillmont.example' }, { reason: 'opt-out', via: 'page', by: 'recipient', at: AT }),
  ],
])('whoever %s gets nothing, also in the last moment', async (_why, happen) => {
  const late = { ...tools(SENT) };
  const { sendMail } = late;
  late.sendMail = async (...given) => {
    await happen();
    return sendMail(...given);
  };
  await expect(sendPartnerMail(asked(), late)).rejects.toThrow('not left yet');
  expect(await sendPartnerMail(asked(), tools(SENT))).toMatchObject({ status: 'withheld' });
  expect(sent).toEqual([]);
});
