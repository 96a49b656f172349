import { inRounds } from '../../platform/in-rounds.ts';
import { type Deal, HOLDING_STATES } from '../deals/deal.ts';
import { findDeal } from '../deals/deal-repository.ts';
import { readAccount } from './account.ts';
import { claimKey, releaseClaims, takeOverClaim } from './claim-repository.ts';
import { saidOf } from './meet-deals.ts';
import { ALL_RARE, weighAccounts } from './weigh.ts';

/** Takes the customer's account for a deal: its domains and its whole name. Of deals for one account that come at the same instant, through any number of
 *  processes, one is first; for the others this is the deal that was. Null for the first. Safe to repeat. */
export async function claimAccount(deal: Deal): Promise<Deal | null> {
  // One order for all: two deals with several keys in common never hold one each.
  for (const key of keysToClaim(deal)) {
    const holder = await claim(deal, key);
    if (!holder) continue;
    await releaseClaims(deal.workspaceId, deal.id);
    return holder;
  }
  return null;
}

/** What of an account one deal alone can hold, in one order for all. */
export function keysToClaim(deal: Deal): string[] {
  const { sites, names } = readAccount(saidOf(deal));
  return [...new Set([...sites.map(({ domain }) => `d:${domain}`), ...names.map(({ compact }) => `c:${compact}`)])].sort();
}

/** The deal that has this key and is for the same account; null when it is ours to have, or the other is for another account of that name. */
async function claim(deal: Deal, key: string): Promise<Deal | null> {
  const { workspaceId, id } = deal;
  return inRounds(`claim for deal ${id}`, async () => {
    const holderId = await claimKey(workspaceId, key, id);
    if (holderId === id) return { done: null };
    const holder = await findDeal(workspaceId, holderId);
    if (!holder || !isHolding(holder)) {
      const taken = await takeOverClaim(workspaceId, key, { from: holderId, to: id });
      return taken ? { done: null } : null;
    }
    const { verdict } = weighAccounts(readAccount(saidOf(deal)), readAccount(saidOf(holder)), { rarity: ALL_RARE });
    return { done: verdict === 'same' ? holder : null };
  });
}

function isHolding({ status }: Deal): boolean {
  return HOLDING_STATES.some((state) => state === status);
}
