import { decideCompany } from '../../../src/discover/digest/decide-company.ts';
import { learnWeights } from '../../../src/discover/learning/learn-weights.ts';
import { getTypeWeights } from '../../../src/discover/learning/weights-repository.ts';
import type { RejectionReason } from '../../../src/programme/companies/company.ts';
import { findCompanyByDomain } from '../../../src/programme/companies/company-repository.ts';
import { AT, aCompany, HOME, milo } from '../../support/builders.ts';

/** What the team looks at: some are near, the others far. */
const NEAR = ['Leeds, United Kingdom'];
const FAR = ['Lima, Peru'];
/** What the start weights look at, and the team does not. */
const OFFERS = ['Appointment booking for clinics', 'Payments for restaurants', 'Frozen pizza'];

const domainOf = (n: number) => `company${n}.example`;
export const companyId = async (n: number): Promise<string> => (await findCompanyByDomain(HOME, domainOf(n)))?.id ?? '';

/** `n` companies, near and far by turns. */
export async function bringBoth(n: number): Promise<void> {
  for (let index = 0; index < n; index++) {
    const oneLiner = OFFERS[Math.floor(index / 2) % OFFERS.length] ?? '';
    await aCompany({ domain: domainOf(index), name: `Company ${index}`, oneLiner, locations: index % 2 === 0 ? NEAR : FAR });
  }
}

/** The near ones are drafted, the far ones turned down: a clear taste, from company `from` up to `to`. */
export async function decideBoth(to: number, { from = 0, reason = 'other' as RejectionReason, at = AT } = {}): Promise<void> {
  for (let index = from; index < to; index++) {
    const choice = index % 2 === 0 ? ({ kind: 'pursued' } as const) : ({ kind: 'not-fit', reason, note: '' } as const);
    await decideCompany(milo, await companyId(index), choice, at);
  }
}

/** A workspace whose weights for technology partners have moved. */
export async function teach(n = 40): Promise<void> {
  await bringBoth(n);
  await decideBoth(n);
  await learnWeights(HOME, AT);
}

export const technology = () => getTypeWeights(HOME, 'technology');
