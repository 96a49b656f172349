import type { DealRole } from '../../manage/deals/deal.ts';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { dayIn } from '../ledger/record-revenue.ts';
import type { Sale } from '../sales/sale.ts';
import { partsOf } from './accrue-sale.ts';
import { planFor } from './plan.ts';
import { listPlanVersions } from './plan-repository.ts';

/** A part in a sale that earns nothing: no plan is for this partner, or `plan`, the one that is, gives its role nothing. */
export type Uncovered = { partnerId: string; name: string; role: DealRole; plan: string | null };

/** The parts in a sale that was won by which nothing is earned, as the plans are for the day on which it was won. */
export async function uncoveredParts(sale: Sale): Promise<Uncovered[]> {
  const { workspaceId, state, closedAt } = sale;
  if (state !== 'won' || !closedAt) return [];
  const [parts, versions, day] = await Promise.all([partsOf(sale), listPlanVersions(workspaceId), dayIn(workspaceId, closedAt)]);
  const without = parts.flatMap(({ id, role, whom }) => {
    const plan = planFor(versions, whom, day);
    return plan && (plan.shares[role] ?? 0) > 0 ? [] : [{ partnerId: id, role, plan: plan?.name ?? null }];
  });
  const partners = await listPartnersByIds(
    workspaceId,
    without.map(({ partnerId }) => partnerId),
  );
  const names = new Map(partners.map(({ id, name }) => [id, name]));
  return without.map((one) => ({ ...one, name: names.get(one.partnerId) ?? '' }));
}
