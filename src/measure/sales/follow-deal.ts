import type { CrmOpportunity } from '../../manage/crm/crm-record.ts';
import { listOpportunitiesByIds, listOpportunitiesOfDeal } from '../../manage/crm/meet-repository.ts';
import { type Deal, type DealRole, endedAt, lastOf } from '../../manage/deals/deal.ts';
import { findDeal } from '../../manage/deals/deal-repository.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import type { Touch } from '../touches/touch.ts';
import { appendTouch } from '../touches/touch-repository.ts';
import { type Booking, bookSale } from './book-sale.ts';
import { metSale, type Sale, saleIdOf } from './sale.ts';
import { findSale, markSaleDue, saveSale } from './sale-repository.ts';

/** What a partner that was added to a deal did for it, by its role. */
const TOUCH_OF: Record<DealRole, Touch['type']> = {
  source: 'introduction',
  refer: 'introduction',
  influence: 'influence',
  resell: 'introduction',
  implement: 'implementation',
  service: 'implementation',
};

/** Brings the sale of a deal, its touches and what is booked of it to what the deal says now. A deal that was never approved is no sale yet. Safe to
 *  repeat. */
export async function followDeal(workspaceId: string, dealId: string, now: Date): Promise<void> {
  const deal = await findDeal(workspaceId, dealId);
  const approved = deal && lastOf(deal, 'approve');
  if (!deal || !approved) return;
  const met = metSale(deal);
  const [opportunity = null] = await (met ? listOpportunitiesByIds(workspaceId, [met]) : listOpportunitiesOfDeal(workspaceId, dealId));
  const sale = await keepSale(saleOf(deal, opportunity), now);
  for (const touch of touchesOf(deal, sale.id, now)) await appendTouch(touch);
  const won = lastOf(deal, 'win');
  const told = { at: sale.closedAt ?? now, by: won?.by ?? 'crm', now };
  const bookings = sale.state === 'won' ? bookingsOf(deal, opportunity) : [];
  await bookSale(sale, bookings, { ...told, evidence: { kind: 'deal', ref: deal.id, words: 'Won' } });
  await markSaleDue(workspaceId, sale.id, now);
}

/** Writes what a record says of its sale, whoever else writes it at the same time. */
export async function keepSale(said: Omit<Sale, 'rev'>, now: Date): Promise<Sale> {
  return inRounds(`sale ${said.id}`, async () => {
    const seen = await findSale(said.workspaceId, said.id);
    const saved = await saveSale({ ...said, rev: 0 }, seen, now);
    return saved && { done: saved };
  });
}

const ENDED_WITHOUT: readonly Deal['status'][] = ['lost', 'expired', 'revoked', 'withdrawn', 'rejected'];

/** What the deal says comes first; where it has not ended, what the CRM says of its opportunity. */
function saleOf(deal: Deal, opportunity: CrmOpportunity | null): Omit<Sale, 'rev'> {
  const { id: dealId, workspaceId, company: customer, domain, status, submittedAt, partnerId, role, partners } = deal;
  const ended = status === 'won' ? 'won' : ENDED_WITHOUT.includes(status) ? 'lost' : null;
  const closedAt = ended ? endedAt(deal) : (opportunity?.closedAt ?? null);
  const parts = [{ partnerId, role }, ...partners.map((part) => ({ partnerId: part.partnerId, role: part.role }))];
  return {
    ...{ id: saleIdOf(deal), workspaceId, customer, domain, dealId, opportunityId: opportunity?.id ?? null },
    ...{ state: ended ?? opportunity?.state ?? 'open', createdAt: opportunity?.createdAt ?? submittedAt, closedAt, partners: parts },
  };
}

function touchesOf(deal: Deal, saleId: string, now: Date): Touch[] {
  const { workspaceId, id, partnerId, role, by, submittedAt } = deal;
  const base = { workspaceId, saleId, lateOverride: null };
  const registered = { ...base, source: `deal:${id}:registered`, partnerId, role, by, at: submittedAt, recordedAt: submittedAt };
  const others = deal.partners.map((part): Touch => {
    const source = `deal:${id}:part:${part.partnerId}:${part.role}`;
    const type = TOUCH_OF[part.role];
    return {
      ...base,
      source,
      partnerId: part.partnerId,
      role: part.role,
      type,
      by: 'system',
      at: now,
      recordedAt: now,
      evidence: 'Added to the deal',
    };
  });
  return [{ ...registered, type: 'registration', evidence: 'Registered and approved' }, ...others];
}

/** Product by product where every line has its sum, else as a whole; nothing while nobody said what it is worth. What a person said when they closed it
 *  stands before what the CRM says, and before the lines where these make up another sum. */
function bookingsOf(deal: Deal, opportunity: CrmOpportunity | null): Booking[] {
  const { lines, value, closedOn } = deal;
  const isByHand = closedOn !== null && lastOf(deal, 'win')?.by.startsWith('crm:') === false;
  const final = isByHand ? value : null;
  const priced = lines.flatMap(({ product, value: money }) => (money ? [{ product, money }] : []));
  const isWhole = priced.length > 0 && priced.length === lines.length;
  if (isWhole && (!final || isSumOf(priced, final))) return priced;
  const money = final ?? opportunity?.value ?? value;
  return money && money.minor > 0 ? [{ product: '', money }] : [];
}

function isSumOf(priced: readonly Booking[], { minor, currency }: Booking['money']): boolean {
  const sum = priced.reduce((total, { money }) => total + money.minor, 0);
  return sum === minor && priced.every(({ money }) => money.currency === currency);
}
