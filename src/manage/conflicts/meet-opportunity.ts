import { Refusal } from '../../errors.ts';
import type { CrmOpportunity } from '../crm/crm-record.ts';
import { findMirrored, isActiveSale, saidOfSale } from '../crm/meet-mirror.ts';
import { listOpportunitiesByIds } from '../crm/meet-repository.ts';
import { type Deal, isProtected, OPEN_STATES } from '../deals/deal.ts';
import { listOpenAgainst } from '../deals/deal-repository.ts';
import { endDeal } from '../deals/protect-deal.ts';
import { recheckDeal } from './check-deal.ts';
import { meetDeals, saidOf } from './meet-deals.ts';

/** `held`: deals that protect the account it is on, of which its seller is to hear; `rechecked`: registrations whose check says something else now; `ended`:
 *  our own deal, which it has won or lost; `asked`: deals that protect its account and may be the sale that was closed. */
export type Met = { held: Deal[]; rechecked: Deal[]; ended: Deal | null; asked: Deal[] };

/** What a new or changed opportunity means for our deals. One that is a deal of ours, pushed there, is met by none and ends its own when it is closed.
 *  Nothing that was handed in is rejected by it. Safe to repeat. */
export async function meetOpportunity(opportunity: CrmOpportunity, at: Date): Promise<Met> {
  const { workspaceId, id, partnerDealId, state } = opportunity;
  if (partnerDealId !== null) return { held: [], rechecked: [], asked: [], ended: await endPushed(opportunity, partnerDealId, at) };
  const isActive = isActiveSale(opportunity, at);
  const [found, against] = await Promise.all([
    isActive || isClosed(opportunity) ? meetDeals(workspaceId, saidOfSale(opportunity)) : [],
    listOpenAgainst(workspaceId, [id]),
  ]);
  const isOpen = isActive && state === 'open';
  const held = found.filter(({ verdict, record }) => isOpen && verdict === 'same' && isProtected(record.deal, at));
  const waiting = [...found.map(({ record }) => record.deal), ...against].filter(({ status }) => OPEN_STATES.some((one) => one === status));
  const rechecked: Deal[] = [];
  for (const dealId of new Set(waiting.map((deal) => deal.id))) {
    const { deal, changed } = await recheckDeal({ workspaceId, dealId }, at);
    if (changed) rechecked.push(deal);
  }
  const asked = found.flatMap(({ verdict, record: { deal } }) => (verdict === 'same' && mayBe(deal, opportunity, at) ? [deal] : []));
  return { held: held.map(({ record }) => record.deal), rechecked, ended: null, asked };
}

function isClosed({ state, deletedAt }: CrmOpportunity): boolean {
  return state !== 'open' && deletedAt === null;
}

/** Closed since the deal was registered, by the day, and nobody has said yet what it is. */
function mayBe(deal: Deal, opportunity: CrmOpportunity, at: Date): boolean {
  const { id, closedAt, changedAt } = opportunity;
  const isAnswered = deal.sales.some((sale) => sale.id === id && sale.answer !== 'open');
  const isSince = (closedAt ?? changedAt) >= startOfDay(deal.submittedAt);
  return isClosed(opportunity) && isProtected(deal, at) && isSince && !isAnswered;
}

function startOfDay(at: Date): Date {
  return new Date(at.toISOString().slice(0, 10));
}

/** Null when it did not close, or our deal has ended in another way before. */
async function endPushed(
  { workspaceId, state, ownerId, deletedAt, value, closedAt }: CrmOpportunity,
  dealId: string,
  at: Date,
): Promise<Deal | null> {
  if (state === 'open' || deletedAt) return null;
  try {
    const told = { by: `crm:${ownerId ?? ''}`, at };
    const { deal } = await endDeal({ workspaceId, id: dealId }, state === 'won' ? 'win' : 'lose', told, {
      ...(state === 'won' ? { value } : {}),
      closedOn: closedAt?.toISOString().slice(0, 10) ?? null,
    });
    return deal;
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'deal-moved-on' || error.code === 'deal-unknown')) return null;
    throw error;
  }
}

/** Open sales of our own on an account that is protected now: it was approved all the same, or they came since. */
export async function salesOnProtected(deal: Deal, at: Date): Promise<CrmOpportunity[]> {
  if (!isProtected(deal, at)) return [];
  const { workspaceId } = deal;
  const found = await findMirrored(workspaceId, saidOf(deal), at);
  const ids = found.flatMap(({ verdict, record: { id, role } }) => (verdict === 'same' && role === 'opportunity' ? [id] : []));
  const sales = await listOpportunitiesByIds(workspaceId, ids);
  return sales.filter(({ state }) => state === 'open');
}
