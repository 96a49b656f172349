import { z } from 'zod';
import { escalation } from '../../blocks/manage/review-card.ts';
import { Refusal } from '../../src/errors.ts';
import { getDealRules } from '../../src/manage/deal-rules/deal-rules-repository.ts';
import { findDeal } from '../../src/manage/deals/deal-repository.ts';
import { markDealEscalated } from '../../src/manage/deals/deal-review-repository.ts';
import { isReviewed } from '../../src/manage/deals/move-deal.ts';
import { readReview } from '../../src/manage/deals/read-review.ts';
import { tellOwner } from '../../src/slack/onboard/tell-owner.ts';
import { showOnce } from '../../src/slack/post-once.ts';
import { defineJob } from '../job.ts';

/** Tells the partner's owner and the deal channel, once for each deadline, that the time for a review is nearly over. Nothing is ever approved by time. */
export const escalateDeal = defineJob({
  name: 'escalate-deal',
  payload: z.object({ workspaceId: z.string(), dealId: z.string() }),
  once: true,
  run: async ({ workspaceId, dealId }, { log, now, slackFor }) => {
    const deal = await findDeal(workspaceId, dealId);
    if (!deal?.dueAt || deal.escalatedAt || !isReviewed(deal.status)) return;
    const [client, review, { channel }] = await Promise.all([slackFor(workspaceId), readReview(deal, now()), getDealRules(workspaceId)]);
    const key = `deal-late:${dealId}:${deal.dueAt.getTime()}`;
    const message = escalation(review);
    await tellOwner(client, review.partner, { key, title: message.text, message });
    if (channel) {
      const to = { kind: 'internal-channel', channel } as const;
      await showOnce(client, { workspaceId, key: `${key}:channel`, to }, message.text, async () => message).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        log.warn({ workspace: workspaceId, deal: dealId, code: error.code }, 'a late review was not told in the deal channel');
      });
    }
    await markDealEscalated(deal, now());
  },
});
