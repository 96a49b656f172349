import { min } from 'date-fns';
import type { CrmOpportunity } from '../../manage/crm/crm-record.ts';
import { listOpportunitiesByIds } from '../../manage/crm/meet-repository.ts';
import { keepSale, type Said, whenClosed } from './keep-sale.ts';
import type { Sale } from './sale.ts';
import { markSaleDue } from './sale-repository.ts';

/** Brings the sale of an opportunity that is no partner's deal to what the CRM says now: a sale of our own, which partners' are compared with, and of which
 *  touches may be noted. Safe to repeat. */
export async function followOwn(workspaceId: string, opportunityId: string, now: Date): Promise<void> {
  const saleId = `crm:${opportunityId}`;
  const say = async (seen: Sale | null): Promise<Said | null> => {
    const [opportunity] = await listOpportunitiesByIds(workspaceId, [opportunityId]);
    return opportunity ? readOpportunity(opportunity, seen, now) : null;
  };
  await keepSale(workspaceId, saleId, say, now);
  await markSaleDue(workspaceId, saleId, now);
}

async function readOpportunity(opportunity: CrmOpportunity, seen: Sale | null, now: Date): Promise<Said> {
  const { id, workspaceId, accountName: customer, domains, createdAt, changedAt, deletedAt, value } = opportunity;
  const state = deletedAt ? 'lost' : opportunity.state;
  const known = seen?.state === state ? seen.closedAt : null;
  const closed = state === 'open' ? null : (opportunity.closedAt ?? deletedAt ?? known ?? changedAt);
  const closedAt = closed && (await whenClosed(workspaceId, closed));
  // A list that does not say since when our sales had it says when it was closed.
  const began = createdAt ?? seen?.createdAt ?? changedAt;
  const whose = { id: `crm:${id}`, workspaceId, customer, domain: domains[0] ?? null, dealId: null, opportunityId: id };
  // Parts of a deal that is no more this sale's go with it.
  const partners = seen && seen.dealId === null ? seen.partners : [];
  return {
    sale: { ...whose, state, createdAt: closedAt ? min([began, closedAt]) : began, closedAt, partners },
    bookings: state === 'won' && value && value.minor > 0 ? [{ product: '', money: value }] : [],
    ...{ at: closedAt ?? now, by: 'crm', evidence: { kind: 'crm', ref: opportunity.sourceId, words: opportunity.stage } },
  };
}
