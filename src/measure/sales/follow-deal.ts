import type { CrmOpportunity } from '../../manage/crm/crm-record.ts';
import { listOpportunitiesByIds, listOpportunitiesOfDeal } from '../../manage/crm/meet-repository.ts';
import { type Deal, type DealRole, endedAt, lastOf } from '../../manage/deals/deal.ts';
import { findDeal } from '../../manage/deals/deal-repository.ts';
import type { Touch } from '../touches/touch.ts';
import { appendTouch } from '../touches/touch-repository.ts';
import { followOwn } from './follow-own.ts';
import { type Booking, keepSale, type Said, whenClosed } from './keep-sale.ts';
import { metSale, type Sale, saleIdOf } from './sale.ts';
import { findSale, markSaleDue } from './sale-repository.ts';

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
  const first = await findDeal(workspaceId, dealId);
  if (!first || !lastOf(first, 'approve')) return;
  const saleId = saleIdOf(first);
  const sale = await keepSale(workspaceId, saleId, async () => readDeal(workspaceId, dealId, saleId, now), now);
  if (sale) for (const touch of touchesOf((await findDeal(workspaceId, dealId)) ?? first, sale.id, now)) await appendTouch(touch);
  const { against } = first.check ?? {};
  if (against?.kind === 'opportunity' && (!sale || sale.id !== `crm:${against.id}`)) await letGo(workspaceId, against.id, dealId, now);
  if (sale) await markSaleDue(workspaceId, sale.id, now);
}

async function readDeal(workspaceId: string, dealId: string, saleId: string, now: Date): Promise<Said | null> {
  const deal = await findDeal(workspaceId, dealId);
  if (!deal || saleIdOf(deal) !== saleId) return null;
  const met = metSale(deal);
  const [opportunity = null] = await (met ? listOpportunitiesByIds(workspaceId, [met]) : listOpportunitiesOfDeal(workspaceId, dealId));
  if (met && hasLetGo(deal, opportunity)) return null;
  const told = saleOf(deal, opportunity);
  const closedAt = told.closedAt && (await whenClosed(workspaceId, told.closedAt));
  const sale = { ...told, closedAt };
  const bookings = sale.state === 'won' ? bookingsOf(deal, opportunity) : [];
  const by = lastOf(deal, 'win')?.by ?? 'crm';
  return { sale, bookings, at: closedAt ?? now, by, evidence: { kind: 'deal', ref: deal.id, words: 'Won' } };
}

const ENDED_WITHOUT: readonly Deal['status'][] = ['lost', 'expired', 'revoked', 'withdrawn', 'rejected'];

/** Whether a deal ended and leaves the opportunity that it met to our sales, who may win it. */
function hasLetGo({ status }: Deal, opportunity: CrmOpportunity | null): boolean {
  return ENDED_WITHOUT.includes(status) && (status !== 'lost' || opportunity?.state === 'won');
}

/** What was the deal's is our own sales' again. */
async function letGo(workspaceId: string, opportunityId: string, dealId: string, now: Date): Promise<void> {
  const sale = await findSale(workspaceId, `crm:${opportunityId}`);
  if (sale?.dealId !== dealId) return;
  await followOwn(workspaceId, opportunityId, now);
}

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
    const at = givenAt(deal, part) ?? now;
    const noted = { source, type: TOUCH_OF[part.role], by: 'system', at, recordedAt: at, evidence: 'Added to the deal' };
    return { ...base, ...noted, partnerId: part.partnerId, role: part.role };
  });
  return [{ ...registered, type: 'registration', evidence: 'Registered and approved' }, ...others];
}

/** When a partner was given the part that it has, however much later a sale follows its deal. */
function givenAt({ notes }: Pick<Deal, 'notes'>, { partnerId, role }: Pick<Deal['partners'][number], 'partnerId' | 'role'>): Date | null {
  return notes.findLast((note) => note.partnerId === partnerId && note.role === role && note.what !== 'part-removed')?.at ?? null;
}

/** What a person said when they closed it, else what the CRM says, else what was registered; product by product where the lines make up that sum. Nothing
 *  while nobody said what it is worth. */
function bookingsOf(deal: Deal, opportunity: CrmOpportunity | null): Booking[] {
  const { lines, value, closedOn } = deal;
  const isByHand = closedOn !== null && lastOf(deal, 'win')?.by.startsWith('crm:') === false;
  const final = (isByHand ? value : null) ?? opportunity?.value ?? null;
  const priced = lines.flatMap(({ product, value: money }) => (money ? [{ product, money }] : []));
  const isWhole = priced.length > 0 && priced.length === lines.length;
  if (isWhole && (!final || isSumOf(priced, final))) return priced;
  const money = final ?? value;
  return money && money.minor > 0 ? [{ product: '', money }] : [];
}

function isSumOf(priced: readonly Booking[], { minor, currency }: Booking['money']): boolean {
  const sum = priced.reduce((total, { money }) => total + money.minor, 0);
  return sum === minor && priced.every(({ money }) => money.currency === currency);
}
