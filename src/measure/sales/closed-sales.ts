import { startOfLocalDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { listSourcing } from '../attribution/credit-repository.ts';
import { listSalesClosed } from './closed-sale-repository.ts';

/** Whose a sale is: `partner` where one sourced it, `direct` where none had any part in it, `helped` where one had a part and our own sales had it first. */
export type ClosedSale = {
  id: string;
  customer: string;
  domain: string | null;
  state: 'won' | 'lost';
  createdAt: Date;
  closedAt: Date;
  side: 'partner' | 'direct' | 'helped';
};

/** The instants at which days begin and end where the workspace is. */
export async function instantsOf(workspaceId: string, { from, to }: { from: string; to: string }): Promise<{ from: Date; before: Date }> {
  const { digest } = await getProgramme(workspaceId);
  const zone = digest?.timeZone ?? 'UTC';
  return { from: startOfLocalDay(from, zone), before: startOfLocalDay(to, zone) };
}

/** Sales that were won or lost in some days, from the first to before the last. One of our own that turned out to be a partner's deal is left out: the deal is. */
export async function closedSales(workspaceId: string, days: { from: string; to: string }): Promise<ClosedSale[]> {
  const found = (await listSalesClosed(workspaceId, await instantsOf(workspaceId, days))).filter(
    ({ dealId, hasPartners }) => dealId === null || hasPartners,
  );
  const parts = await listSourcing(
    workspaceId,
    found.map(({ id }) => id),
  );
  return found.map(({ dealId, hasPartners, ...sale }) => {
    const side = parts.get(sale.id)?.isSourced ? 'partner' : parts.get(sale.id) || hasPartners ? 'helped' : 'direct';
    return { ...sale, side };
  });
}
