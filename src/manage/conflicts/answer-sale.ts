import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import type { CrmOpportunity } from '../crm/crm-record.ts';
import { listOpportunitiesByIds, tieToDeal } from '../crm/meet-repository.ts';
import { keepTie } from '../crm/push-repository.ts';
import { type Deal, type DealSale, isAllowed } from '../deals/deal.ts';
import { changeDeal, getDeal } from '../deals/deal-repository.ts';
import { demandDeal } from '../deals/demand-deal.ts';
import { entryOf } from '../deals/move-deal.ts';
import { endDeal } from '../deals/protect-deal.ts';

/** Notes that a colleague is asked whether a closed sale is this deal. Safe to repeat: an answer stands. */
export async function noteSale({ workspaceId, id }: Pick<Deal, 'workspaceId' | 'id'>, saleId: string, at: Date): Promise<Deal> {
  return keepAnswer({ workspaceId, id }, { id: saleId, answer: 'open', by: '' }, at);
}

/** A manager says whether a closed sale of the CRM is this deal. *This*: the two are tied, the deal ends as the sale did, with its value and its day, and
 *  the sale is followed as the deal's. *Other*: it is never asked about again. The first answer stands. Refuses what `demandDeal` and `endDeal` do,
 *  `internal-only` to partners, and `deal-sale-gone` where the CRM does not say any more that it is closed, or nobody asked. */
export async function answerSale(
  actor: Actor,
  { dealId, saleId }: { dealId: string; saleId: string },
  answer: 'this' | 'other',
  at: Date,
): Promise<Deal> {
  const { deal, side, by } = await demandDeal(actor, dealId, { need: 'manager', action: `deal.sale-${answer}`, at });
  if (side !== 'team') throw new Refusal('internal-only');
  const asked = deal.sales.find(({ id }) => id === saleId);
  if (asked && asked.answer !== 'open') return deal;
  const [sale] = await listOpportunitiesByIds(deal.workspaceId, [saleId]);
  if (!asked || !sale || sale.deletedAt || sale.state === 'open') throw new Refusal('deal-sale-gone');
  if (answer === 'this') await becomeSale(deal, sale, by, at);
  return keepAnswer(deal, { id: saleId, answer, by }, at);
}

/** Tied first: where a crash comes between, the opportunity is due to be compared, and ends its deal by itself. */
async function becomeSale(deal: Deal, sale: CrmOpportunity, by: string, at: Date): Promise<void> {
  const { workspaceId, id: dealId } = deal;
  const { source, sourceId, state, value, closedAt } = sale;
  const closedOn = (closedAt ?? at).toISOString().slice(0, 10);
  const isWon = state === 'won';
  if (!isAllowed(deal.status, 'win')) throw new Refusal('deal-moved-on', { status: deal.status });
  await keepTie(workspaceId, { dealId, source, opportunityId: sourceId }, at);
  await tieToDeal(workspaceId, sale.id, dealId, at);
  await endDeal(deal, isWon ? 'win' : 'lose', { by, at }, { ...(isWon ? { value } : {}), closedOn });
}

async function keepAnswer({ workspaceId, id }: Pick<Deal, 'workspaceId' | 'id'>, sale: DealSale, at: Date): Promise<Deal> {
  return inRounds<Deal>(`deal ${id}: sale`, async () => {
    const seen = await getDeal(workspaceId, id);
    const known = seen.sales.find((one) => one.id === sale.id);
    if (known && (known.answer !== 'open' || sale.answer === 'open')) return { done: seen };
    const sales = [...seen.sales.filter((one) => one.id !== sale.id), sale];
    const { answer, by } = sale;
    const notes = [...seen.notes, { what: 'sale-other' as const, by, byName: '', at, partnerId: null, role: null }];
    const change = { sales, ...(answer === 'other' ? { notes } : {}) };
    const entry = entryOf(seen, `sale-${answer}`, { by: by || 'system', at }, { opportunity: sale.id });
    const saved = await changeDeal(seen, change, { entry });
    return saved && { done: saved };
  });
}
