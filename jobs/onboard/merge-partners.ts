import { z } from 'zod';
import { moveDeals } from '../../src/manage/deals/deal-repository.ts';
import { moveAcceptances } from '../../src/onboard/agreements/acceptance-repository.ts';
import { moveChannelRecords } from '../../src/onboard/channels/channel-repository.ts';
import { moveInvitationRecords } from '../../src/onboard/channels/invitation-repository.ts';
import { moveChecklist } from '../../src/onboard/checklists/move-checklist.ts';
import { finishMerge, type MovePartnerRecords } from '../../src/onboard/partners/merge-partners.ts';
import { movePayment } from '../../src/onboard/payment-details/payment-repository.ts';
import { moveProgress } from '../../src/onboard/training/progress-repository.ts';
import { afterPartnerChange } from '../../src/slack/onboard/after-partner-change.ts';
import { defineJob } from '../job.ts';
import { checkChannelJob } from './check-channel.ts';
import { showChecklistJob } from './show-checklist.ts';

/** Every collection that names partners by their id moves what it keeps of one to another. */
const MOVES: readonly MovePartnerRecords[] = [
  moveInvitationRecords,
  moveChannelRecords,
  moveDeals,
  moveAcceptances,
  moveProgress,
  movePayment,
  moveChecklist,
];

/** Completes the merge of two partner records. May run twice, and be killed at any write. */
export const mergePartnersJob = defineJob({
  name: 'merge-partners',
  payload: z.object({ workspaceId: z.string(), partnerId: z.string() }),
  run: async ({ workspaceId, partnerId }, deps) => {
    const partner = await finishMerge(workspaceId, partnerId, MOVES);
    if (!partner) return;
    deps.log.info({ workspace: workspaceId, partner: partnerId }, 'partner records merged');
    await afterPartnerChange(partner, deps);
    await deps.enqueue(checkChannelJob, { workspaceId, partnerId });
  },
});
