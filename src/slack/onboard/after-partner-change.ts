import type { Deps } from '../../deps.ts';
import { keepOutOfLists } from '../../onboard/partners/add-partner.ts';
import { findKeepOutDue, getPartner, settleKeepOut } from '../../onboard/partners/partner-repository.ts';
import { afterDecision } from '../discover/decide-company.ts';

/** What follows for the companies of a partner whose domains are new: they leave every list, outreach to them stops, and their cards show it. Called
 *  by whoever made the change, and by a sweep where that process died. Without effect when nothing is due; safe to repeat. */
export async function afterPartnerChange(
  { workspaceId, id }: { workspaceId: string; id: string },
  deps: Pick<Deps, 'enqueue' | 'now'>,
): Promise<void> {
  const due = await findKeepOutDue(workspaceId, id);
  if (!due) return;
  const partner = await getPartner(workspaceId, id);
  // Whoever gave the domains was asked for the role then; what their change has done already is not done again.
  const actor = { kind: 'member', workspaceId, userId: due.by, role: 'manager' } as const;
  const companies = partner.status === 'ended' ? [] : await keepOutOfLists(actor, partner, deps.now());
  for (const company of companies) await afterDecision(company, deps);
  await settleKeepOut(due);
}
