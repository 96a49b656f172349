import { z } from 'zod';
import { checkDeal } from '../../src/manage/conflicts/check-deal.ts';
import { salesOnProtected } from '../../src/manage/conflicts/meet-opportunity.ts';
import { findDeal } from '../../src/manage/deals/deal-repository.ts';
import { markDealShown } from '../../src/manage/deals/deal-review-repository.ts';
import { getPartnerOnceMerged } from '../../src/onboard/partners/merge-partners.ts';
import { showReview } from '../../src/slack/manage/show-review.ts';
import { tellMoves, tellParts } from '../../src/slack/manage/tell-moves.ts';
import { warnSeller } from '../../src/slack/manage/warn-seller.ts';
import { defineJob } from '../job.ts';
import { pushDealJob } from './push-deal.ts';

/** Shows how a deal stands after a move: on the reviewers' card, for all of them, to the partner what it is to hear, and to
 *  those with a part in it that they have. One that is protected
 *  is written to the CRM, and whoever sells to its account is warned. */
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
    if (deal.status === 'approved') await deps.enqueue(pushDealJob, { workspaceId, dealId });
    await showReview(client, deal, partner, deps);
    for (const sale of await salesOnProtected(deal, deps.now())) await warnSeller(client, { deal, sale }, deps);
    await tellMoves(client, { deal, partner }, deps);
    await tellParts(client, deal, deps);
    await markDealShown(deal);
  },
});
