import mongoose from 'mongoose';
import { beforeEach, expect, test } from 'vitest';
import '../../../src/app.ts';
import { addMinutes } from 'date-fns';
import { tellLostMail } from '../../../jobs/onboard/tell-lost-mail.ts';
import { registerDeal } from '../../../src/manage/deals/register-deal.ts';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import { savePartnerChannel } from '../../../src/onboard/channels/channel-repository.ts';
import { invitePartner } from '../../../src/onboard/channels/invite-partner.ts';
import { listMailsDue } from '../../../src/onboard/mails/partner-mail-repository.ts';
import { sendPartnerMail } from '../../../src/onboard/mails/send-partner-mail.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { givePayment } from '../../../src/onboard/payment-details/give-payment.ts';
import { takeOverExample } from '../../../src/onboard/training/change-course.ts';
import { answerQuiz, readUnit } from '../../../src/onboard/training/take-course.ts';
import { PERSONAL_DATA } from '../../../src/personal-data.ts';
import { eraseWhom, silenceWhom } from '../../../src/programme/privacy/erase-whom.ts';
import { gatherWhom } from '../../../src/programme/privacy/read-whom.ts';
import type { WhomKey } from '../../../src/programme/privacy/whom.ts';
import { ANA, PIA } from '../../sandbox/cast.ts';
import { aPartner, changed, piaOf, QUILLMONT_TEAM } from '../../support/a-partner.ts';
import { AT, ana, aProgramme, HOME, mailTools, milo } from '../../support/builders.ts';
import { someDeps } from '../../support/deps.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const NAME = 'Pia Pine';
const EMAIL = 'pia.pine@quillmont.example';
const PERSON: WhomKey = { kind: 'address', value: EMAIL };
const COMPANY: WhomKey = { kind: 'company', value: 'quillmont.example' };
let partner: Partner;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
});

async function erase(key: WhomKey): Promise<void> {
  await silenceWhom(HOME, key, ANA, AT);
  const { whom } = await gatherWhom(HOME, key, PERSONAL_DATA);
  await eraseWhom(whom, PERSONAL_DATA, { id: 'erasure', by: ANA, at: AT });
}

/** Where these words stand, by collection. */
async function placesOf(words: string): Promise<string[]> {
  const places: string[] = [];
  for (const { collection } of Object.values(mongoose.models))
    for (const one of await collection.find().toArray()) if (JSON.stringify(one).includes(words)) places.push(collection.name);
  return [...new Set(places)].sort();
}

const DEAL = {
  company: 'Acme',
  website: 'acme.example',
  country: 'GB',
  value: { minor: 100, currency: 'EUR' },
  closeOn: '2027-01-01',
  note: '',
};

test('of somebody of a partner who is forgotten, no name stays in what they did by Slack', async () => {
  // She did it all before the list had her address.
  const [pia] = partner.people;
  if (!pia) throw new Error('nobody is there');
  const known = { ...pia, slack: { userId: PIA, teamId: QUILLMONT_TEAM } };
  partner = await changed(partner, { people: [{ ...known, email: '' }] });
  const actor = piaOf(partner);
  await publishAgreement(ana, { title: 'Terms', types: [], fileName: null, bytes: Buffer.from('Be good'), askBy: null }, AT);
  const version = await mongoose.connection.collection('agreements').findOne({});
  await acceptAgreement(actor, { versionId: String(version?._id), name: NAME, jobTitle: 'Chief of Pines' }, AT);
  await registerDeal(actor, { partnerId: partner.id, dealId: '7b0d6f0e-7b0c-4f0e-9a57-000000000001' }, DEAL, AT);
  await givePayment(actor, partner.id, { currency: 'EUR', method: 'paypal', reference: 'pay@quillmont.example' }, ['ab'.repeat(32)], AT);
  const course = await takeOverExample(ana, AT);
  for (const { id } of course.units) await readUnit(actor, course.id, id);
  const chosen = Object.fromEntries(course.questions.map(({ id, right }) => [id, right]));
  await answerQuiz(actor, { courseId: course.id, rev: course.rev, chosen, name: NAME }, AT);
  await changed(partner, { people: [known] });
  expect(await placesOf(NAME)).toEqual(expect.arrayContaining(['acceptances', 'attempts', 'deals', 'partners', 'payment-details']));
  await erase(PERSON);
  expect((await placesOf(NAME)).filter((place) => place !== 'audit')).toEqual([]);
  expect(await placesOf('Chief of Pines')).toEqual([]);
  expect(await placesOf(EMAIL)).toEqual([]);
  expect(await mongoose.connection.collection('deals').countDocuments()).toBe(1);
});

test('of what a mail server said, its codes are kept and no address', async () => {
  const sendMail = async () => ({ outcome: 'failed' as const, hard: true, reason: `Can't send mail - 550 5.1.1 <${EMAIL}> user unknown` });
  const mail = {
    workspaceId: HOME,
    partnerId: partner.id,
    contactId: partner.people[0]?.id ?? '',
    key: 'k1',
    template: 'page-link' as const,
  };
  const values = async () => ({ url: 'https://partners.example/page/link/x', minutes: '15' });
  const tools = { ...mailTools(undefined), sendMail, publicUrl: null, now: () => AT };
  expect(await sendPartnerMail({ ...mail, values }, tools)).toMatchObject({ status: 'failed', reason: '550 5.1.1' });
  expect(
    await sendPartnerMail({ ...mail, key: 'k2', values }, { ...tools, sendMail: async () => ({ outcome: 'unknown', reason: EMAIL }) }),
  ).toMatchObject({
    reason: 'no-code',
  });
  expect(await placesOf(EMAIL)).toEqual(['audit', 'opt-out-links', 'partners']);
  // Once the partner is gone, its mails are nobody's news any more.
  await erase(COMPANY);
  expect(await listMailsDue(AT)).toHaveLength(2);
  for (const key of ['k1', 'k2']) await tellLostMail.run({ workspaceId: HOME, key }, someDeps({ now: () => addMinutes(AT, 31) }));
  expect(await listMailsDue(AT)).toEqual([]);
});

test('with a partner go its invitations and what is known of its channel', async () => {
  partner = await changed(partner, { channel: null, teamIds: [] });
  await invitePartner(
    milo,
    { partnerId: partner.id, channel: 'C1', newChannel: null, email: 'pia@elsewhere.example', postOnly: false },
    AT,
  );
  await savePartnerChannel({ workspaceId: HOME, partnerId: partner.id, channel: 'C1', state: 'internal', teams: [], checkedAt: AT });
  expect(await placesOf(partner.id)).toEqual(expect.arrayContaining(['channels', 'invitations']));
  await erase(COMPANY);
  expect((await placesOf(partner.id)).filter((place) => place !== 'audit')).toEqual([]);
});
