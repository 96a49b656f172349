import { z } from 'zod';
import type { Deps } from '../../src/deps.ts';
import { listOpportunitiesToMeasure, markOpportunityMeasured } from '../../src/manage/crm/meet-repository.ts';
import { listDealsToMeasure, markDealMeasured } from '../../src/manage/deals/deal-list-repository.ts';
import { followDeal } from '../../src/measure/sales/follow-deal.ts';
import { followOpportunity } from '../../src/measure/sales/follow-opportunity.ts';
import { defineJob } from '../job.ts';

/** Records in one go; then the job makes room and comes again. */
const MOST = 500;

/** Lets the sales of all workspaces follow their deals and opportunities. Each record says itself that it waits, so nothing is lost by a crash, and what
 *  is done twice is done once. One that cannot be followed is logged, waits on, and keeps no other from being followed. */
export const followSales = defineJob({
  name: 'follow-sales',
  payload: z.object({}),
  every: '20 seconds',
  run: async (_payload, deps) => {
    const now = deps.now();
    const [deals, opportunities] = await Promise.all([listDealsToMeasure(now, MOST), listOpportunitiesToMeasure(now, MOST)]);
    let passedOver = 0;
    const passOver =
      ({ workspaceId, id }: { workspaceId: string; id: string }) =>
      (err: unknown) => {
        passedOver++;
        deps.log.error({ err, workspace: workspaceId, record: id }, 'a sale did not follow its record');
      };
    for (const deal of deals) await followOne(deal, now).catch(passOver(deal));
    for (const opportunity of opportunities) {
      const follow = followOpportunity(opportunity, now).then(() => markOpportunityMeasured(opportunity));
      await follow.catch(passOver(opportunity));
    }
    const isMore = deals.length === MOST || opportunities.length === MOST;
    if (isMore && passedOver < MOST) await again(deps);
  },
});

async function followOne({ workspaceId, id, since }: { workspaceId: string; id: string; since: Date }, now: Date): Promise<void> {
  await followDeal(workspaceId, id, now);
  await markDealMeasured(workspaceId, id, since);
}

async function again({ enqueue }: Pick<Deps, 'enqueue'>): Promise<void> {
  await enqueue(followSales, {});
}
