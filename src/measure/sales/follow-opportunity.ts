import type { CrmOpportunity } from '../../manage/crm/crm-record.ts';
import { bookSale } from './book-sale.ts';
import { followDeal, keepSale } from './follow-deal.ts';
import type { Sale } from './sale.ts';
import { findSale } from './sale-repository.ts';

/** Brings the sale of an opportunity to what the CRM says now. One that is a deal of a partner's follows that deal; the others are sales of our own, which
 *  partners' are compared with, and of which touches may be noted. Safe to repeat. */
export async function followOpportunity(opportunity: CrmOpportunity, now: Date): Promise<void> {
  const { id, workspaceId, accountName: customer, domains, createdAt, changedAt, partnerDealId, deletedAt, value } = opportunity;
  const seen = await findSale(workspaceId, `crm:${id}`);
  const dealId = partnerDealId ?? seen?.dealId ?? null;
  if (dealId) {
    await followDeal(workspaceId, dealId, now);
    return leaveTo(dealId, await findSale(workspaceId, `crm:${id}`), now);
  }
  const state = deletedAt ? 'lost' : opportunity.state;
  const closedAt = state === 'open' ? null : (opportunity.closedAt ?? deletedAt ?? changedAt);
  const whose = { id: `crm:${id}`, workspaceId, customer, domain: domains[0] ?? null, dealId: null, opportunityId: id };
  const sale = await keepSale({ ...whose, state, createdAt: createdAt ?? changedAt, closedAt, partners: seen?.partners ?? [] }, now);
  const bookings = state === 'won' && value && value.minor > 0 ? [{ product: '', money: value }] : [];
  await bookSale(sale, bookings, {
    at: closedAt ?? now,
    by: 'crm',
    now,
    evidence: { kind: 'crm', ref: opportunity.sourceId, words: opportunity.stage },
  });
}

/** A sale of our own of which somebody said that it is a partner's deal: what was booked of it is booked of the deal's. One that is the deal's stays. */
async function leaveTo(dealId: string, own: Sale | null, now: Date): Promise<void> {
  if (!own || own.dealId) return;
  const evidence = { kind: 'deal', ref: dealId, words: 'It is a partner’s deal' } as const;
  await bookSale(own, [], { at: now, by: 'crm', now, evidence });
  const { rev: _, ...sale } = own;
  await keepSale({ ...sale, dealId, state: 'lost', closedAt: own.closedAt ?? now, partners: [] }, now);
}
