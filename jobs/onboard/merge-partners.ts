import { z } from 'zod';
import { moveDeals } from '../../src/manage/deals/deal-repository.ts';
import { markSaleDue } from '../../src/measure/sales/sale-repository.ts';
import { listTouchedSales } from '../../src/measure/touches/touch-repository.ts';
import { moveAcceptances } from '../../src/onboard/agreements/acceptance-repository.ts';
import { moveChannelRecords } from '../../src/onboard/channels/channel-repository.ts';
import { moveInvitationRecords } from '../../src/onboard/channels/invitation-repository.ts';
import { moveChecklist } from '../../src/onboard/checklists/move-checklist.ts';
import { moveMails } from '../../src/onboard/mails/partner-mail-repository.ts';
import { moveLinks } from '../../src/onboard/pages/page-link-repository.ts';
import { moveSessions } from '../../src/onboard/pages/page-session-repository.ts';
import { finishMerge } from '../../src/onboard/partners/merge-partners.ts';
import type { MovePartnerRecords } from '../../src/onboard/partners/move-records.ts';
import { movePayment } from '../../src/onboard/payment-details/payment-repository.ts';
import { moveProgress } from '../../src/onboard/training/progress-repository.ts';
import { afterPartnerChange } from '../../src/slack/onboard/after-partner-change.ts';
import { movePartnerPosts } from '../../src/slack/post-repository.ts';
import { defineJob } from '../job.ts';
import { checkChannelJob } from './check-channel.ts';
import { clearPosts } from './clear-posts.ts';
import { showChecklistJob } from './show-checklist.ts';

/** Every collection that names partners by their id moves what it keeps of one to another. */
const MOVES: readonly MovePartnerRecords[] = [
  moveInvitationRecords,
  moveChannelRecords,
  moveAcceptances,
  moveChecklist,
  moveDeals,
  moveLinks,
  moveMails,
  movePayment,
  moveProgress,
  moveSessions,
  movePartnerPosts,
];

/** Completes the merge of two partner records. May run twice, and be killed at any write. */
export const mergePartnersJob = defineJob({
  name: 'merge-partners',
  payload: z.object({ workspaceId: z.string(), partnerId: z.string() }),
  run: async ({ workspaceId, partnerId }, deps) => {
    const clear: MovePartnerRecords = (_workspaceId, from) => deps.enqueue(clearPosts, { workspaceId, partnerId: from });
    // Touches and the ledger stay as they are; what is made of them is made for the record that stays.
    const recount: MovePartnerRecords = async (_workspaceId, from) => {
      for (const saleId of await listTouchedSales(workspaceId, from)) await markSaleDue(workspaceId, saleId, deps.now());
    };
    const partner = await finishMerge(workspaceId, partnerId, [...MOVES, recount, clear]);
    if (!partner) return;
    deps.log.info({ workspace: workspaceId, partner: partnerId }, 'partner records merged');
    await afterPartnerChange(partner, deps);
    await deps.enqueue(checkChannelJob, { workspaceId, partnerId });
    await deps.enqueue(showChecklistJob, { workspaceId, partnerId });
  },
});
