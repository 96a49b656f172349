import { z } from 'zod';
import { PUSH_TITLE, pushMessage } from '../../blocks/manage/crm-messages.ts';
import { crmOf } from '../../src/manage/crm/connect-crm.ts';
import { pushDeal } from '../../src/manage/crm/push-deal.ts';
import { findDeal } from '../../src/manage/deals/deal-repository.ts';
import { getPartnerOnceMerged } from '../../src/onboard/partners/merge-partners.ts';
import { tellOwner } from '../../src/slack/onboard/tell-owner.ts';
import { defineJob } from '../job.ts';

/** Writes an approved deal into the CRM, and says to the colleague who looks after the partner what the CRM does not take, or what somebody changed there.
 *  A CRM that does not answer is asked again later. */
export const pushDealJob = defineJob({
  name: 'push-deal',
  payload: z.object({ workspaceId: z.string(), dealId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, dealId }, deps) => {
    const [deal, adapter] = await Promise.all([findDeal(workspaceId, dealId), crmOf(workspaceId, deps)]);
    if (deal?.status !== 'approved' || !adapter) return;
    const partner = await getPartnerOnceMerged(workspaceId, deal.partnerId);
    const { company, domain, value, closeOn, protectedUntil } = deal;
    const toPush = { dealId, partnerName: partner.name, company, domain, value, closeOn, protectedUntil };
    const { push, changed } = await pushDeal(workspaceId, toPush, adapter, deps.now());
    if (changed)
      deps.log.info({ workspace: workspaceId, deal: dealId, problem: push.problem?.code, conflicts: push.conflicts.length }, 'deal pushed');
    if (!push.problem && push.conflicts.length === 0) return;
    const told = { key: `push:${dealId}`, title: PUSH_TITLE, message: pushMessage(deal, push) };
    await tellOwner(await deps.slackFor(workspaceId), partner, told);
  },
});
