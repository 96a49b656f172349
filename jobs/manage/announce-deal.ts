import { z } from 'zod';
import { Refusal } from '../../src/errors.ts';
import { checkDeal } from '../../src/manage/conflicts/check-deal.ts';
import { findDeal, markAnnounced, moveDeals } from '../../src/manage/deals/deal-repository.ts';
import { markDealShown } from '../../src/manage/deals/deal-review-repository.ts';
import { noteRegistration } from '../../src/manage/deals/note-registration.ts';
import { getPartnerOnceMerged } from '../../src/onboard/partners/merge-partners.ts';
import { showReview } from '../../src/slack/manage/show-review.ts';
import { tellMoves } from '../../src/slack/manage/tell-moves.ts';
import { defineJob } from '../job.ts';
import { showChecklistJob } from '../onboard/show-checklist.ts';

/** Shows a registration to whoever decides it, tells the partner what a rule decided already, and notes what it changes for the partner. Runs the conflict
 *  check where a crash left it out. */
export const announceDeal = defineJob({
  name: 'announce-deal',
  payload: z.object({ workspaceId: z.string(), dealId: z.string() }),
  once: true,
  run: async ({ workspaceId, dealId }, deps) => {
    const { enqueue, log, now, slackFor } = deps;
    const found = await findDeal(workspaceId, dealId);
    if (!found) return;
    const partner = await getPartnerOnceMerged(workspaceId, found.partnerId);
    // It was sent while the record of its partner was merged with another.
    if (partner.id !== found.partnerId) await moveDeals(workspaceId, found.partnerId, partner.id);
    const { deal } = await checkDeal({ ...found, partnerId: partner.id }, now());
    await noteRegistration(deal).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code !== 'partner-ended') throw error;
      log.info({ workspace: workspaceId, deal: dealId, partner: deal.partnerId }, 'deal registered as the partnership ended');
    });
    await enqueue(showChecklistJob, { workspaceId, partnerId: partner.id });
    const client = await slackFor(workspaceId);
    await showReview(client, deal, partner, deps);
    await tellMoves(client, { deal, partner }, deps);
    await markDealShown(deal);
    await markAnnounced(workspaceId, dealId, now());
    log.info({ workspace: workspaceId, deal: dealId, partner: partner.id }, 'deal registered');
  },
});
