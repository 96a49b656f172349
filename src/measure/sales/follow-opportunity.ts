import type { CrmOpportunity } from '../../manage/crm/crm-record.ts';
import { followDeal } from './follow-deal.ts';
import { followOwn } from './follow-own.ts';
import { keepSale, type Said } from './keep-sale.ts';
import { findSale, markSaleDue } from './sale-repository.ts';

/** Brings the sale of an opportunity to what the CRM says now. One that is a deal of a partner's follows that deal; the others are sales of our own. Safe to
 *  repeat. */
export async function followOpportunity({ id, workspaceId, partnerDealId }: CrmOpportunity, now: Date): Promise<void> {
  const seen = await findSale(workspaceId, `crm:${id}`);
  const dealId = partnerDealId ?? seen?.dealId ?? null;
  if (!dealId) return followOwn(workspaceId, id, now);
  await followDeal(workspaceId, dealId, now);
  if (partnerDealId) await leaveTo(workspaceId, id, partnerDealId, now);
}

/** A sale of our own of which somebody said that it is a partner's deal: what was booked of it is booked of the deal's. One that is the deal's stays. */
async function leaveTo(workspaceId: string, opportunityId: string, dealId: string, now: Date): Promise<void> {
  const saleId = `crm:${opportunityId}`;
  const left = await keepSale(
    workspaceId,
    saleId,
    async (own): Promise<Said | null> => {
      if (!own || own.dealId) return null;
      const { rev: _, ...known } = own;
      const sale: Said['sale'] = { ...known, dealId, state: 'lost', closedAt: own.closedAt ?? now, partners: [] };
      return { sale, bookings: [], at: now, by: 'crm', evidence: { kind: 'deal', ref: dealId, words: 'It is a partner’s deal' } };
    },
    now,
  );
  if (left) await markSaleDue(workspaceId, saleId, now);
}
