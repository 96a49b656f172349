import { noteMilestone } from '../../onboard/checklists/follow-partner.ts';
import { movePartner } from '../../onboard/partners/move-partner.ts';
import type { Deal } from './deal.ts';

/** What a registration changes for its partner: from the first one on it is active. Safe to repeat. A partnership that has ended meanwhile stays
 *  ended. */
export async function noteRegistration({ workspaceId, partnerId, by, submittedAt }: Deal): Promise<void> {
  await movePartner(workspaceId, partnerId, 'active', by, submittedAt);
  await noteMilestone(workspaceId, partnerId, 'first-registration', submittedAt);
}
