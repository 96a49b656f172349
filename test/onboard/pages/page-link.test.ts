import { addHours, addMinutes } from 'date-fns';
import mongoose from 'mongoose';
import { beforeEach, expect, test } from 'vitest';
import { tellLostMail } from '../../../jobs/onboard/tell-lost-mail.ts';
import type { Deps } from '../../../src/deps.ts';
import { findMail } from '../../../src/onboard/mails/partner-mail-repository.ts';
import { sendLink } from '../../../src/onboard/pages/page-link.ts';
import { createLimit } from '../../../src/onboard/pages/page-request.ts';
import { isLinkOpen } from '../../../src/onboard/pages/visit.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { MILO } from '../../sandbox/cast.ts';
import { linkIn } from '../../support/a-page.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME, mailTools } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let partner: Partner;
let at: Date;
let sent: string[];
let isDown: boolean;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
  at = AT;
  sent = [];
  isDown = false;
});

const sendMail: Deps['sendMail'] = async (_envelope, bytes, beforeHandOver) => {
  if (isDown) return { outcome: 'retry', reason: '451 later' };
  if (!(await beforeHandOver())) return { outcome: 'held' };
  sent.push(bytes.toString().replace(/=\r?\n/g, ''));
  return { outcome: 'sent', response: '250 ok' };
};
const send = (id: string, by = 'recipient') => {
  const owner = { workspaceId: HOME, partnerId: partner.id, contactId: partner.people[0]?.id ?? '' };
  return sendLink({ ...owner, id, by }, { ...mailTools(undefined), sendMail, publicUrl: 'https://partners.example', now: () => at });
};
const stored = () => mongoose.connection.collection('page-links').countDocuments();
const secretOf = (mail = '') => linkIn(mail).split('/').at(-1) ?? '';

test('a mail that the server puts off leaves one link behind, which opens; the one that was mailed stays', async () => {
  isDown = true;
  for (let times = 0; times < 7; times++) await expect(send('w1')).rejects.toThrow('not left yet');
  expect(await stored()).toBe(1);
  isDown = false;
  await send('w1');
  await send('w1');
  expect(sent).toHaveLength(1);
  expect(await stored()).toBe(1);
  expect(await isLinkOpen(secretOf(sent[0]), at)).toBe(true);
});

test('when sending is given up, it is found and said', async () => {
  isDown = true;
  await expect(send('w1')).rejects.toThrow('not left yet');
  at = addMinutes(AT, 31);
  // Without Slack nobody is told, and it stays due.
  await expect(tellLostMail.run({ workspaceId: HOME, key: 'page-link:w1' }, someDeps({ now: () => at }))).rejects.toThrow();
  expect(await findMail(HOME, 'page-link:w1')).toMatchObject({ status: 'failed', reason: 'gave-up', toldAt: null });
});

test('a person is sent five links in an hour and ten in a day, whoever types the address; the team still sends one', async () => {
  const ids = [...Array(12).keys()].map(String);
  for (const id of ids) await send(id);
  expect(sent).toHaveLength(5);
  at = addHours(AT, 2);
  for (const id of ids) await send(`later ${id}`);
  at = addHours(AT, 4);
  for (const id of ids) await send(`latest ${id}`);
  expect(sent).toHaveLength(10);
  await send('by hand', MILO);
  expect(sent).toHaveLength(11);
  at = addHours(AT, 25);
  await send('tomorrow');
  expect(sent).toHaveLength(12);
});

test('one address is typed five times in ten minutes; others are not kept out by it, only by a great many', () => {
  const mayAsk = createLimit();
  const asked = (address: string, times: number, when = AT) =>
    Array.from({ length: times }, () => mayAsk(address, when)).filter(Boolean).length;
  expect(asked('pia@quillmont.example', 9)).toBe(5);
  expect(asked('dana@brindle.example', 1)).toBe(1);
  expect(asked('pia@quillmont.example', 1, addMinutes(AT, 11))).toBe(1);
  const others = [...Array(1200).keys()].map((one) => asked(`n${one}@brindle.example`, 1, addMinutes(AT, 11)));
  expect(others.filter(Boolean)).toHaveLength(999);
});
