import { z } from 'zod';
import { checkDeal } from '../../src/manage/conflicts/check-deal.ts';
import { findDeal, markDealShown } from '../../src/manage/deals/deal-repository.ts';
import { getPartnerOnceMerged } from '../../src/onboard/partners/merge-partners.ts';
import { showReview, tellPartner } from '../../src/slack/manage/show-review.ts';
import { defineJob } from '../job.ts';

/** Shows how a deal stands after a move: on the reviewers' card, for all of them, and to the partner what it is to hear. */
export const tellDeal = defineJob({
  name: 'tell-deal',
  payload: z.object({ workspaceId: z.string(), dealId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, dealId }, deps) => {
    const found = await findDeal(workspaceId, dealId);
    if (!found) return;
    // An answer that brought the website is checked anew; a crash may have come between.
    const { deal } = await checkDeal(found, deps.now());
    const [client, partner] = await Promise.all([deps.slackFor(workspaceId), getPartnerOnceMerged(workspaceId, deal.partnerId)]);
    await showReview(client, deal, partner, deps);
    await tellPartner(client, { deal, partner }, deps);
    await markDealShown(deal);
  },
});
