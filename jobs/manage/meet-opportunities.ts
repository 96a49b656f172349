import { addMinutes } from 'date-fns';
import { z } from 'zod';
import type { Deps } from '../../src/deps.ts';
import { meetOpportunity } from '../../src/manage/conflicts/meet-opportunity.ts';
import type { CrmOpportunity } from '../../src/manage/crm/crm-record.ts';
import { listToMeet, markMet } from '../../src/manage/crm/meet-repository.ts';
import { askSale } from '../../src/slack/manage/ask-sale.ts';
import { warnSeller } from '../../src/slack/manage/warn-seller.ts';
import { defineJob } from '../job.ts';
import { followProtection } from './follow-protection.ts';
import { tellDeal } from './tell-deal.ts';

/** Opportunities in one go; then the job makes room and comes again. */
const MOST = 200;
/** One that could not be compared is tried again after so many minutes. */
const AGAIN_MINUTES = 5;

/** Compares what changed among the opportunities of the CRM with our deals: warns sellers of protected accounts, checks waiting registrations anew, ends
 *  our own that were won or lost, and asks of others that were closed on a protected account whether they are the partner's. Each opportunity says itself that it waits, so nothing is lost by a crash, and whatever is done twice is done once. */
export const meetOpportunities = defineJob({
  name: 'meet-opportunities',
  payload: z.object({ workspaceId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId }, deps) => {
    const some = await listToMeet(workspaceId, deps.now(), MOST);
    for (const opportunity of some) {
      await meetOne(opportunity, deps).catch(async (err: unknown) => {
        deps.log.error({ err, workspace: workspaceId, opportunity: opportunity.id }, 'an opportunity was passed over');
        await markMet(workspaceId, opportunity, addMinutes(deps.now(), AGAIN_MINUTES));
      });
    }
    if (some.length === MOST) await deps.enqueue(meetOpportunities, { workspaceId });
  },
});

async function meetOne(sale: CrmOpportunity, deps: Deps): Promise<void> {
  const { workspaceId } = sale;
  const { held, rechecked, ended, asked } = await meetOpportunity(sale, deps.now());
  for (const deal of held) await warnSeller(await deps.slackFor(workspaceId), { deal, sale }, deps);
  for (const deal of asked) await askSale(await deps.slackFor(workspaceId), { deal, sale }, deps);
  for (const { id: dealId } of rechecked) await deps.enqueue(tellDeal, { workspaceId, dealId });
  if (ended) {
    await deps.enqueue(tellDeal, { workspaceId, dealId: ended.id });
    await deps.enqueue(followProtection, { workspaceId, dealId: ended.id });
    deps.log.info({ workspace: workspaceId, deal: ended.id, status: ended.status }, 'deal closed in the CRM');
  }
  await markMet(workspaceId, sale, null);
}
