import { randomUUID } from 'node:crypto';
import type { Deal } from '../../src/manage/deals/deal.ts';
import { registerDeal } from '../../src/manage/deals/register-deal.ts';
import type { NewDeal } from '../../src/manage/deals/typed-deal.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { piaOf } from './a-partner.ts';
import { AT } from './builders.ts';

export const SAID: NewDeal = {
  company: 'Saltmarsh Clinics',
  website: 'saltmarsh.example',
  country: 'GB',
  value: { minor: 1_200_000, currency: 'EUR' },
  closeOn: '2027-03-31',
  note: '',
};

/** A deal that Pia registered. */
export async function aDeal(partner: Pick<Partner, 'id'>, given: Partial<NewDeal> = {}): Promise<Deal> {
  const { deal } = await registerDeal(piaOf(partner), { partnerId: partner.id, dealId: randomUUID() }, { ...SAID, ...given }, AT);
  return deal;
}
