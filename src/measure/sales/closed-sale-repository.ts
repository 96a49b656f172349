import type { Sale } from './sale.ts';
import { SaleModel } from './sale-repository.ts';

/** A sale that is over, with what figures of many ask. */
type SaleClosed = Pick<Sale, 'id' | 'customer' | 'domain' | 'createdAt' | 'dealId'> & {
  state: 'won' | 'lost';
  closedAt: Date;
  hasPartners: boolean;
};

/** Those that were won or lost from an instant to before another, in their order. */
export async function listSalesClosed(workspaceId: string, { from, before }: { from: Date; before: Date }): Promise<SaleClosed[]> {
  const wanted = { workspaceId, closedAt: { $type: 'date' as const, $gte: from, $lt: before } };
  const fields = { id: 1, customer: 1, domain: 1, createdAt: 1, dealId: 1, state: 1, closedAt: 1, partners: 1 };
  // Read as they are stored: of a year there may be many.
  const found = await SaleModel.find(wanted, fields).sort({ closedAt: 1, _id: 1 }).lean();
  return found.flatMap(({ id, customer, domain, createdAt, dealId, state, closedAt, partners }) => {
    if (!closedAt || (state !== 'won' && state !== 'lost')) return [];
    const whose = { id, customer, domain: domain ?? null, createdAt, dealId: dealId ?? null };
    return [{ ...whose, state, closedAt, hasPartners: partners.length > 0 }];
  });
}

/** Of these domains, those whose company had bought something before. */
export async function listDomainsWonBefore(workspaceId: string, domains: readonly string[], before: Date): Promise<Set<string>> {
  const wanted = { workspaceId, domain: { $type: 'string' as const, $in: domains }, closedAt: { $lt: before }, state: 'won' as const };
  const found = await SaleModel.distinct('domain', wanted);
  return new Set(found.filter((domain) => typeof domain === 'string'));
}
