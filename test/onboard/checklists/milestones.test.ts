import { addDays } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { checklistLine } from '../../../blocks/onboard/checklist-words.ts';
import { noteRegistration } from '../../../src/manage/deals/note-registration.ts';
import { acceptAgreement } from '../../../src/onboard/agreements/accept-agreement.ts';
import { publishAgreement } from '../../../src/onboard/agreements/publish-agreement.ts';
import { findChecklist, saveChecklist } from '../../../src/onboard/checklists/checklist-repository.ts';
import { followPartner, noteMilestone } from '../../../src/onboard/checklists/follow-partner.ts';
import { moveChecklist } from '../../../src/onboard/checklists/move-checklist.ts';
import { settleStep } from '../../../src/onboard/checklists/settle-step.ts';
import { workWeekOf } from '../../../src/onboard/checklists/working-days.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { givePayment } from '../../../src/onboard/payment-details/give-payment.ts';
import { recordAudit } from '../../../src/programme/audit/audit-repository.ts';
import { getProgramme } from '../../../src/programme/setup/programme-repository.ts';
import { aDeal } from '../../support/a-deal.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, ana, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let partner: Partner;
beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
});

const checklist = async () => {
  const found = await findChecklist(HOME, partner.id);
  if (!found) throw new Error('no checklist was made');
  return found;
};
const stateOf = async (id: string) => (await checklist()).steps.find((step) => step.id === id)?.state;

async function accept(): Promise<void> {
  const terms = { title: 'Partner agreement', types: [], fileName: null, bytes: Buffer.from('You sell, we deliver.'), askBy: null };
  const { version } = await publishAgreement(ana, terms, AT);
  await acceptAgreement(piaOf(partner), { versionId: version.id, name: 'Pia Pine', jobTitle: 'Head of Sales' }, AT);
}

test('an agreement that is accepted settles its step', async () => {
  await accept();
  expect(await stateOf('agreement')).toBe('done');
});

test('one whose report was lost is found', async () => {
  const before = await checklist();
  await accept();
  await saveChecklist(await checklist(), { steps: before.steps }, AT, null);
  expect(await stateOf('agreement')).toBe('open');
  await followPartner(partner, AT);
  expect(await stateOf('agreement')).toBe('done');
});

test('who comes by mail alone has come, also when nobody reported it', async () => {
  const other = await aPartner({ name: 'Brindle', domains: ['brindle.example'] });
  const arrived = async () => (await followPartner(other, AT)).steps.find(({ id }) => id === 'channel')?.state;
  expect(await arrived()).toBe('open');
  await recordAudit({ workspaceId: HOME, by: 'contact:c1', at: AT, action: 'page.enter', subject: `partner:${other.id}` });
  expect(await arrived()).toBe('done');
});

test('payment details count as given while they wait to be confirmed, also when nobody reported it', async () => {
  const said = { currency: 'EUR', method: 'paypal', reference: 'pia@quillmont.example' } as const;
  await followPartner(partner, AT);
  expect(await stateOf('payment')).toBe('open');
  await givePayment(piaOf(partner), partner.id, said, ['ab'.repeat(32)], AT);
  await followPartner(partner, AT);
  expect(await stateOf('payment')).toBe('done');
});

test('the line on the card names what is late and whose turn it is', async () => {
  const checklist = await followPartner(partner, AT);
  const facts = { checklist, partner, us: 'Larkspur', at: addDays(AT, 7), week: workWeekOf(await getProgramme(HOME)) };
  expect(checklistLine(facts)).toMatch(/^\*Checklist:\* 1 of 10 steps done · to do now: 1 ours, 2 theirs$/);
  expect(checklistLine({ ...facts, at: addDays(AT, 8) })).toContain('late: Accept the partner agreement (theirs, 1 working day), Hold');
});

test('the first deal ends it, again changes nothing', async () => {
  const deal = await aDeal(partner);
  await noteRegistration(deal);
  await noteRegistration(deal);
  expect(await stateOf('first-registration')).toBe('done');
});

test('of two records that are merged, what was settled with either stays settled, again changes nothing', async () => {
  const other = await aPartner({ name: 'Quillmont Labs', domains: ['quillmont-labs.example'], types: ['affiliate'] });
  await noteMilestone(HOME, other.id, 'agreement-accepted', AT);
  await settleStep(ana, { partnerId: other.id, stepId: 'link' }, { to: 'done', proof: null }, AT);
  await moveChecklist(HOME, other.id, partner.id);
  await moveChecklist(HOME, other.id, partner.id);
  expect([await stateOf('agreement'), await stateOf('link'), await stateOf('claims')]).toEqual(['done', 'done', undefined]);
  expect((await checklist()).steps.find(({ id }) => id === 'demo')?.dueOn).toBe('2026-11-26');
  expect(await findChecklist(HOME, other.id)).toBeNull();
});
