import type { WebClient } from '@slack/web-api';
import { SELLER_WARNING_TITLE, sellerWarning, unknownSeller } from '../../../blocks/manage/seller-warning.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import type { CrmOpportunity } from '../../manage/crm/crm-record.ts';
import { findOwner } from '../../manage/crm/mirror-repository.ts';
import type { Deal } from '../../manage/deals/deal.ts';
import { getPartnerOnceMerged } from '../../onboard/partners/merge-partners.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { tellOwner } from '../onboard/tell-owner.ts';
import { showOnce } from '../post-once.ts';
import { findPost } from '../post-repository.ts';

/** Warns whoever sells to a protected account, once for each of the two and each seller: in their direct messages, or where the CRM's owner is nobody in
 *  Slack, or has left, the colleague who looks after the partner is asked who they are; that question goes once they are known. Records that it was said. Where nobody can be told, that is logged and no more. */
export async function warnSeller(
  client: WebClient,
  { deal, sale }: { deal: Deal; sale: CrmOpportunity },
  { log, now }: Pick<Deps, 'log' | 'now'>,
): Promise<void> {
  const { workspaceId, id: dealId } = deal;
  const [partner, seller] = await Promise.all([
    getPartnerOnceMerged(workspaceId, deal.partnerId),
    sale.ownerId ? findOwner(workspaceId, sale.source, sale.ownerId) : null,
  ]);
  const userId = seller?.slackUserId ?? null;
  const key = `seller-warned:${dealId}:${sale.id}`;
  const about = { workspace: workspaceId, deal: dealId, opportunity: sale.id };
  const tellSeller = async (): Promise<boolean> => {
    if (!userId) return false;
    const target = { workspaceId, key: `${key}:${userId}`, to: { kind: 'person', userId } } as const;
    try {
      await showOnce(client, target, SELLER_WARNING_TITLE, async () => sellerWarning({ deal, partner, sale }));
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      log.warn({ ...about, code: error.code }, 'a seller was not warned: the owner of the partner is told');
      return false;
    }
  };
  const isSeller = await tellSeller();
  const told = isSeller ? userId : null;
  try {
    const message = unknownSeller({ deal, partner, sale }, seller, told);
    const isAsked = !isSeller || (await findPost(workspaceId, `${key}:owner`));
    if (isAsked) await tellOwner(client, partner, { key: `${key}:owner`, title: SELLER_WARNING_TITLE, message });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn({ ...about, code: error.code }, 'nobody could be told of a sale on a protected account');
    if (!isSeller) return;
  }
  const entry = { workspaceId, at: now(), by: 'system', action: 'deal.seller-warned', subject: `deal:${dealId}` };
  await recordAudit({ ...entry, id: `${key}:${told ?? 'owner'}`, after: { opportunity: sale.id, told: told ?? 'owner' } });
}
