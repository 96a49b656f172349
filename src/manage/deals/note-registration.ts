import { noteMilestone } from '../../onboard/checklists/follow-partner.ts';
import { movePartner } from '../../onboard/partners/move-partner.ts';
import type { Deal } from './deal.ts';

/** What a registration changes for its partner: from the first one on it is active, and the step of its checklist is done. Safe to repeat. Refuses
 *  `partner-ended` when the partnership has ended meanwhile. */
export async function noteRegistration({ workspaceId, partnerId, by, submittedAt }: Deal): Promise<void> {
  await movePartner(workspaceId, partnerId, 'active', by, submittedAt);
  await noteMilestone(workspaceId, partnerId, 'first-registration', submittedAt);
}
