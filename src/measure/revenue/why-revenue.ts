import { Refusal } from '../../errors.ts';
import { getPartnerOnceMerged } from '../../onboard/partners/merge-partners.ts';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { ALL, ofPartner } from '../attribution/contributions.ts';
import { findSaleCredit, listSalesAdding } from '../attribution/credit-repository.ts';
import { uncoveredParts } from '../commissions/uncovered.ts';
import { listOfSale } from '../ledger/ledger-repository.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { findSale, listSalesByIds } from '../sales/sale-repository.ts';
import { listTouches } from '../touches/touch-repository.ts';
import type { RevenueAsk } from './ask.ts';
import { measureKey } from './measures.ts';
import type { SaleOpened, SalesBehind } from './report-lines.ts';

/** Sales that are shown at once. */
const MOST = 30;

/** From a figure to the sales that it is made of: of one partner, or of all. Refuses `partner-unknown`. */
export async function salesBehind(workspaceId: string, ask: RevenueAsk, partnerId: string | null): Promise<SalesBehind> {
  const { period, stage, measure } = ask;
  const of = partnerId ? ofPartner(partnerId) : ALL;
  const [partner, { currency }, found] = await Promise.all([
    partnerId ? listPartnersByIds(workspaceId, [partnerId]).then(([one]) => one) : null,
    getMeasureRules(workspaceId),
    listSalesAdding(workspaceId, { of, from: period.from, to: period.to, stage, key: measureKey(measure) }, MOST + 1),
  ]);
  const shown = found.slice(0, MOST);
  const sales = await listSalesByIds(
    workspaceId,
    shown.map(({ saleId }) => saleId),
  );
  const byId = new Map(sales.map((sale) => [sale.id, sale]));
  return {
    ...{ ask, currency, partner: partnerId ? { id: partnerId, name: partner?.name ?? '' } : null, isMore: found.length > MOST },
    sales: shown.flatMap(({ saleId, minor }) => {
      const sale = byId.get(saleId);
      return sale ? [{ sale, minor }] : [];
    }),
  };
}

/** From a sale to its touches and its transactions. Refuses `sale-unknown`. */
export async function openSale(workspaceId: string, saleId: string): Promise<SaleOpened> {
  const [sale, credit, touches, transactions] = await Promise.all([
    findSale(workspaceId, saleId),
    findSaleCredit(workspaceId, saleId),
    listTouches(workspaceId, saleId),
    listOfSale(workspaceId, saleId),
  ]);
  if (!sale) throw new Refusal('sale-unknown');
  const referred = sale.referral ? [sale.referral, ...(sale.referral.against ? [sale.referral.against] : [])] : [];
  const ids = [...touches, ...(credit?.credits ?? []), ...sale.partners, ...referred].map(({ partnerId }) => partnerId);
  const [names, uncovered] = await Promise.all([namesOf(workspaceId, ids), uncoveredParts(sale)]);
  return { sale, credit, touches, transactions, uncovered, names };
}

async function namesOf(workspaceId: string, all: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(all)];
  const known = new Map((await listPartnersByIds(workspaceId, ids)).map(({ id, name }) => [id, name]));
  const gone = ids.filter((id) => !known.has(id));
  for (const id of gone) {
    const found = await getPartnerOnceMerged(workspaceId, id).catch((error: unknown) => {
      if (error instanceof Refusal) return null;
      throw error;
    });
    if (found) known.set(id, found.name);
  }
  return known;
}
