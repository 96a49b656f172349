import { recordAudit } from '../../programme/audit/audit-repository.ts';
import type { CrmOwner } from './crm-record.ts';
import { markSalesOf } from './meet-repository.ts';
import { nameOwner } from './mirror-repository.ts';

/** Who in Slack an owner of the CRM is, by its id in the mirror; null for nobody. */
export type Matched = { id: string; user: string | null };

/** Keeps who owners are in Slack. The open sales of those that changed are then due to be compared with our deals (`meet-opportunities`), so that whoever
 *  was not known is warned of a protected account. What is no owner is left out. Gives those that changed, as they were; the caller has checked that each
 *  person is a full member. Safe to repeat. */
export async function matchOwners(workspaceId: string, chosen: readonly Matched[], by: string, at: Date): Promise<CrmOwner[]> {
  const changed: CrmOwner[] = [];
  for (const { id, user } of chosen) {
    const before = await nameOwner(workspaceId, id, user);
    if (!before) continue;
    // Said again, it makes good what a crash kept back.
    if (user) await markSalesOf(workspaceId, before, at);
    if (before.slackUserId !== user) changed.push(before);
  }
  const after = chosen.filter(({ id }) => changed.some((owner) => owner.id === id));
  if (after.length > 0) await recordAudit({ workspaceId, by, at, action: 'crm.owners', subject: 'crm:owners', after });
  return changed;
}
