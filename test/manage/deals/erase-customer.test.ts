import { addMinutes } from 'date-fns';
import { beforeEach, expect, test } from 'vitest';
import { changeDeal, getDeal } from '../../../src/manage/deals/deal-repository.ts';
import { replyToReview } from '../../../src/manage/deals/decide-deal.ts';
import { entryOf } from '../../../src/manage/deals/move-deal.ts';
import type { Partner } from '../../../src/onboard/partners/partner.ts';
import { PERSONAL_DATA } from '../../../src/personal-data.ts';
import { eraseWhom } from '../../../src/programme/privacy/erase-whom.ts';
import { exportWhom, gatherWhom } from '../../../src/programme/privacy/read-whom.ts';
import { foundAccount, foundOpportunity, take } from '../../support/a-crm.ts';
import { aDeal, SAID } from '../../support/a-deal.ts';
import { aPartner, piaOf } from '../../support/a-partner.ts';
import { AT, aProgramme, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const CUSTOMER = { kind: 'company', value: 'saltmarsh.example' } as const;
let partner: Partner;

async function erase(): Promise<void> {
  const { whom } = await gatherWhom(HOME, CUSTOMER, PERSONAL_DATA);
  await eraseWhom(whom, PERSONAL_DATA, { id: 'erasure', by: 'U0ANA', at: AT });
}

beforeEach(async () => {
  await aProgramme();
  partner = await aPartner();
});

test('of a customer who is erased, nothing stays in their deal that says who they are; that there was one stays', async () => {
  await take('accounts', { records: [foundAccount()] });
  await take('opportunities', { records: [foundOpportunity()] });
  const deal = await aDeal(partner, { note: 'Saltmarsh asked', website: 'https://saltmarsh.example/leeds' });
  expect(deal.check).toMatchObject({ code: 'conflict-direct', against: { name: 'Saltmarsh Clinics' } });
  await replyToReview(piaOf(partner), deal.id, { move: 'appeal', words: 'Saltmarsh Clinics said yes' }, AT);
  const activity = { by: 'U0ANA', byName: 'Ana', at: AT, words: 'Called Saltmarsh', isTeam: true };
  const lines = [{ product: 'Saltmarsh pack', quantity: 1, value: null }];
  const change = { activities: [activity], lines, extra: { why: 'Saltmarsh grows' } };
  await changeDeal(await getDeal(HOME, deal.id), change, { entry: entryOf(deal, 'change', { by: 'U0ANA', at: AT }) });

  await erase();
  const left = await getDeal(HOME, deal.id);
  expect(JSON.stringify(left).toLowerCase()).not.toContain('saltmarsh');
  expect(left).toMatchObject({ status: 'in-review', value: SAID.value, check: { code: 'conflict-direct', against: null, weights: [] } });
  expect(left.history.map(({ move }) => move)).toEqual(['submit', 'reject', 'appeal']);
});

test('the check of another customer’s deal forgets that it met them, and their export holds no more of that deal', async () => {
  const theirs = await aDeal(partner);
  const deal = await aDeal(partner, { company: 'Saltmarsh Clinics Holding', website: 'brindle.example', note: 'Only for Brindle' });
  const check = { ...theirs.check, outcome: 'ask', code: 'possible-duplicate', score: 30, rules: 1, at: addMinutes(AT, 1) } as const;
  const against = { kind: 'deal', id: theirs.id, name: 'Saltmarsh Clinics', domain: 'saltmarsh.example' } as const;
  const weights = [
    { code: 'name-contains', points: 30, ours: 'Saltmarsh Clinics Holding', theirs: 'Saltmarsh Clinics', asks: true },
  ] as const;
  const entry = entryOf(deal, 'change', { by: 'U0ANA', at: AT });
  await changeDeal(deal, { check: { ...check, against, weights: [...weights] } }, { entry });

  expect((await exportWhom(HOME, CUSTOMER, PERSONAL_DATA, AT)).toString()).not.toContain('Only for Brindle');
  await erase();
  const left = await getDeal(HOME, deal.id);
  expect(left.check).toMatchObject({ code: 'possible-duplicate', against: { name: '', domain: '' }, weights: [{ ours: '', theirs: '' }] });
  expect(left).toMatchObject({ company: 'Saltmarsh Clinics Holding', domain: 'brindle.example', note: 'Only for Brindle' });
});
