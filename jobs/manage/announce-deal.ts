import { z } from 'zod';
import { DEAL_NOTICE_TITLE, dealNotice } from '../../blocks/manage/deal-card.ts';
import { Refusal } from '../../src/errors.ts';
import { findDeal, markAnnounced, moveDeals } from '../../src/manage/deals/deal-repository.ts';
import { noteRegistration } from '../../src/manage/deals/note-registration.ts';
import { getPartnerOnceMerged } from '../../src/onboard/partners/merge-partners.ts';
import { tellOwner } from '../../src/slack/onboard/tell-owner.ts';
import { defineJob } from '../job.ts';
import { showChecklistJob } from '../onboard/show-checklist.ts';

/** Says a registration to the colleague who looks after the partner, and notes what it changes for the partner. */
export const announceDeal = defineJob({
  name: 'announce-deal',
  payload: z.object({ workspaceId: z.string(), dealId: z.string() }),
  once: true,
  run: async ({ workspaceId, dealId }, { enqueue, log, now, slackFor }) => {
    const found = await findDeal(workspaceId, dealId);
    if (!found) return;
    const partner = await getPartnerOnceMerged(workspaceId, found.partnerId);
    const deal = { ...found, partnerId: partner.id };
    // It was sent while the record of its partner was merged with another.
    if (partner.id !== found.partnerId) await moveDeals(workspaceId, found.partnerId, partner.id);
    await noteRegistration(deal).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code !== 'partner-ended') throw error;
      log.info({ workspace: workspaceId, deal: dealId, partner: deal.partnerId }, 'deal registered as the partnership ended');
    });
    await enqueue(showChecklistJob, { workspaceId, partnerId: partner.id });
    const told = { key: `deal:${dealId}`, title: DEAL_NOTICE_TITLE, message: dealNotice(deal, partner) };
    await tellOwner(await slackFor(workspaceId), partner, told);
    await markAnnounced(workspaceId, dealId, now());
    log.info({ workspace: workspaceId, deal: dealId, partner: partner.id }, 'deal registered');
  },
});
