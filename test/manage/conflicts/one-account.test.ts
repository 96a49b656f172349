import { randomUUID } from 'node:crypto';
import { addDays, addSeconds, subDays } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { checkDeal } from '../../../src/manage/conflicts/check-deal.ts';
import type { Deal } from '../../../src/manage/deals/deal.ts';
import { DealModel, getDeal, listUncheckedDue, submitDeal } from '../../../src/manage/deals/deal-repository.ts';
import { decideDeal, replyToReview } from '../../../src/manage/deals/decide-deal.ts';
import { endWhenOver } from '../../../src/manage/deals/protect-deal.ts';
import { registerDeal } from '../../../src/manage/deals/register-deal.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { auditEntry } from '../../../src/programme/audit/audit.ts';
import type { PartnerPerson } from '../../../src/programme/workspaces/role.ts';
import { aDeal, SAID } from '../../support/a-deal.ts';
import { aPartner } from '../../support/a-partner.ts';
import { AT, aCompany, aProgramme, HOME, milo } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
let [quillmont, brindle]: Partner[] = [];
let rival: PartnerPerson;
beforeEach(async () => {
  await aProgramme();
  quillmont = await aPartner();
  brindle = await aPartner({ name: 'Brindle', domains: ['brindle.example'], people: [] }, { teamIds: ['T0BRINDLE'] });
  rival = { kind: 'partner', workspaceId: HOME, userId: 'U0BRIN', teamId: 'T0BRINDLE', partnerId: brindle.id };
});

const decided = { byName: 'Milo', at: AT };
const theirs = async (said = SAID): Promise<Deal> => {
  const { deal } = await registerDeal(rival, { partnerId: rival.partnerId, dealId: randomUUID() }, said, AT);
  return deal;
};

test('the second on an account is not accepted, by the rule and with its weights, and may be appealed', async () => {
  if (!quillmont) throw new Error('no partner');
  const first = await aDeal(quillmont);
  const second = await theirs();
  expect([first.status, second.status]).toEqual(['submitted', 'rejected']);
  expect(second.check).toMatchObject({ outcome: 'blocked', code: 'conflict-partner', against: { kind: 'deal', id: first.id } });
  expect(second.check?.weights.map(({ code }) => code)).toContain('domain-same');
  expect(second.history.at(-1)).toMatchObject({ move: 'reject', by: 'rule', code: 'conflict-partner' });

  await replyToReview(rival, second.id, { move: 'appeal', words: 'We have met them twice' }, AT);
  await expect(decideDeal(milo, second.id, { move: 'approve' }, decided)).rejects.toMatchObject({ code: 'account-held' });
  await decideDeal(milo, first.id, { move: 'reject', code: 'not-qualified', words: 'Nothing is known' }, decided);
  expect(await decideDeal(milo, second.id, { move: 'approve' }, decided)).toMatchObject({ deal: { status: 'approved' } });
  // The account is the second's now, and the first partner comes too late.
  const again = await aDeal(quillmont);
  expect(again).toMatchObject({ status: 'rejected', check: { code: 'conflict-partner', against: { id: second.id } } });
});

test('of two reviewers who approve two registrations of one account at the same time one is refused', async () => {
  if (!quillmont) throw new Error('no partner');
  const first = await aDeal(quillmont);
  const second = await theirs();
  await replyToReview(rival, second.id, { move: 'appeal', words: 'Ours' }, AT);
  const both = await Promise.allSettled([first, second].map(({ id }) => decideDeal(milo, id, { move: 'approve' }, decided)));
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect((await getDeal(HOME, second.id)).status).toBe('in-review');
});

/** Another form of the same partner, which found nothing when it was sent: at the same moment as the first. */
async function inOneGo(first: Deal, change: Partial<Deal>): Promise<Deal> {
  const fresh = { history: first.history.slice(0, 1), status: 'submitted', check: null } as const;
  const other = { ...first, ...fresh, ...change, id: randomUUID(), submittedAt: addSeconds(AT, 1) };
  const entry = auditEntry({ workspaceId: HOME, by: first.by, at: AT, action: 'deal.register', subject: `deal:${other.id}` });
  const submitted = await submitDeal(other, entry);
  if (!submitted) throw new Error('not submitted');
  return (await checkDeal(submitted.deal, AT)).deal;
}

test('the same partner twice is its own duplicate; a sister company and another name on another website stand', async () => {
  if (!quillmont) throw new Error('no partner');
  const first = await aDeal(quillmont);
  const twice = await inOneGo(first, {});
  expect(twice).toMatchObject({ status: 'rejected', check: { code: 'duplicate-own' } });
  const unit = await theirs({ ...SAID, company: 'Saltmarsh Clinics Academy', website: 'academy.saltmarsh.example' });
  expect(unit).toMatchObject({ status: 'submitted', check: { outcome: 'ask', code: 'possible-duplicate' } });
  const namesake = await theirs({ ...SAID, website: 'saltmarsh-harbour.example' });
  expect(namesake).toMatchObject({ status: 'submitted', check: { outcome: 'clear', code: null } });
  expect(await inOneGo(first, { domain: null, site: '' })).toMatchObject({ status: 'rejected', check: { code: 'duplicate-own' } });
});

test('a former name and the name of today are one account, whichever comes first', async () => {
  if (!quillmont) throw new Error('no partner');
  await aCompany({ name: 'Calderwell', domain: 'calderwell.example', aliases: ['Northgate Pumps'] });
  const first = await aDeal(quillmont, { company: 'Northgate Pumps', website: null });
  expect(first).toMatchObject({ status: 'needs-info', check: { code: 'domain-missing' } });
  const second = await theirs({ ...SAID, company: 'Calderwell', website: 'calderwell.example' });
  expect(second).toMatchObject({ status: 'rejected', check: { code: 'conflict-partner', against: { id: first.id } } });
});

test('what was registered before there was a check is compared by the sweep, and meets what comes later', async () => {
  if (!quillmont) throw new Error('no partner');
  const legacy = {
    ...{
      _id: 'deal-legacy',
      workspaceId: HOME,
      partnerId: quillmont.id,
      by: 'U0PIA',
      byName: '',
      createdAt: AT,
      status: 'submitted' as const,
    },
    ...{ company: 'Saltmarsh Clinics', domain: 'saltmarsh.example', country: 'GB', value: SAID.value, closeOn: '2027-03-31', note: '' },
    ...{ submittedAt: subDays(AT, 3), announcedAt: subDays(AT, 3) },
  };
  await DealModel.collection.insertOne(legacy as never); // as an earlier version stored it
  expect(await listUncheckedDue(AT)).toEqual([{ workspaceId: HOME, id: 'deal-legacy' }]);
  await checkDeal(await getDeal(HOME, 'deal-legacy'), AT);
  expect(await listUncheckedDue(AT)).toEqual([]);
  expect(await theirs()).toMatchObject({ status: 'rejected', check: { against: { id: 'deal-legacy' } } });
});

test('a question that nobody answers gives the account back', async () => {
  if (!quillmont) throw new Error('no partner');
  const first = await aDeal(quillmont, { website: null });
  expect(first.noticeAt).toEqual(addDays(AT, 14));
  expect(await endWhenOver(first, quillmont, addDays(AT, 13))).toMatchObject({ status: 'needs-info' });
  const over = await endWhenOver(first, quillmont, addDays(AT, 14));
  expect(over).toMatchObject({ status: 'withdrawn', history: [{}, {}, { by: 'system', code: 'no-answer' }] });
  expect(await theirs()).toMatchObject({ status: 'submitted', check: { code: null } });
});
