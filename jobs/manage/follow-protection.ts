import { z } from 'zod';
import { extensionCard, newsOf, ownerNews, partnerNews } from '../../blocks/manage/deal-news.ts';
import type { Deps } from '../../src/deps.ts';
import type { Deal } from '../../src/manage/deals/deal.ts';
import { findDeal } from '../../src/manage/deals/deal-repository.ts';
import { endWhenOver, markTold } from '../../src/manage/deals/protect-deal.ts';
import { dueNotices, type Notice } from '../../src/manage/deals/protection.ts';
import { getPartnerOnceMerged } from '../../src/onboard/partners/merge-partners.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { tellPartner } from '../../src/slack/manage/tell-partner.ts';
import { tellOwner } from '../../src/slack/onboard/tell-owner.ts';
import { defineJob } from '../job.ts';

/** Ends a protection whose time is over, and tells both sides what is due of the deal: warnings, a question when it stands still, its end, whatever ended
 *  it. May run twice, late, and be killed anywhere: each message has a key of its own, and it counts as told when both sides were. */
export const followProtection = defineJob({
  name: 'follow-protection',
  payload: z.object({ workspaceId: z.string(), dealId: z.string() }),
  once: true,
  run: async ({ workspaceId, dealId }, deps) => {
    const at = deps.now();
    const found = await findDeal(workspaceId, dealId);
    if (!found) return;
    const partner = await getPartnerOnceMerged(workspaceId, found.partnerId);
    const deal = await endWhenOver(found, partner, at);
    if (deal.extension) {
      const card = extensionCard({ deal, partner, at });
      await tellOwner(await deps.slackFor(workspaceId), partner, { key: `deal-extension:${dealId}`, title: card.title, message: card });
    }
    const due = dueNotices(deal, at);
    for (const notice of due) await tellBoth({ deal, partner, notice, at }, deps);
    await markTold(
      deal,
      due.flatMap(({ ids }) => ids),
      at,
    );
  },
});

type Telling = { deal: Deal; partner: Partner; notice: Notice; at: Date };

async function tellBoth({ deal, partner, notice, at }: Telling, deps: Deps): Promise<void> {
  const client = await deps.slackFor(deal.workspaceId);
  const news = partnerNews({ deal, partner, at }, notice);
  const values = (url: string) => ({
    ...{ url, partner: partner.name, customer: deal.company, news: newsOf(deal, notice) },
    until: deal.protectedUntil?.toISOString().slice(0, 10) ?? '',
    because: deal.history.at(-1)?.words ?? '',
  });
  const key = `deal-news:${deal.id}:${notice.id}`;
  const telling = { key, title: news.title, render: async () => news, mail: { template: 'deal-news', values }, by: deal.by } as const;
  const told = await tellPartner(client, partner, telling, deps).catch((error: unknown) => ({ error }));
  // The owner hears of it though the partner is told later.
  const message = ownerNews({ deal, partner, at }, notice, told !== false);
  await tellOwner(client, partner, { key: `${key}:owner`, title: message.title, message });
  if (typeof told === 'object') throw told.error;
  deps.log.info({ workspace: deal.workspaceId, deal: deal.id, notice: notice.kind, reached: told }, 'deal notice given');
}
