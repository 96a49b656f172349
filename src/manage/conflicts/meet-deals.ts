import { type Deal, HOLDING_STATES } from '../deals/deal.ts';
import { DealModel, toDeal } from '../deals/deal-repository.ts';
import type { Said } from './account.ts';
import { type Found, findAccounts } from './find-account.ts';
import { knownCompanies } from './known-companies.ts';
import { storedRecords } from './stored-records.ts';

export type FoundDeal = { id: string; said: Said; deal: Deal };

export function saidOf({
  company,
  domain,
  site,
  aliases,
  country,
}: Pick<Deal, 'company' | 'domain' | 'site' | 'aliases' | 'country'>): Said {
  const place = site || domain;
  return { names: [company, ...aliases], sites: place ? [place] : [], country, city: null };
}

/** The deals that hold this account, or may: open, or under protection. The likeliest first. */
export async function meetDeals(workspaceId: string, said: Said): Promise<Found<FoundDeal>[]> {
  const records = storedRecords(DealModel, { workspaceId, filter: { status: { $in: HOLDING_STATES } } }, (stored): FoundDeal => {
    // Every deal has a text for its id; the driver's type does not know.
    const deal = toDeal(stored as { _id: string });
    return { id: deal.id, said: saidOf(deal), deal };
  });
  return findAccounts(said, [records], knownCompanies(workspaceId));
}
