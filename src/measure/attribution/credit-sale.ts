import { isDeepStrictEqual } from 'node:util';
import { max } from 'date-fns';
import { findPartnerNow } from '../../onboard/partners/merge-partners.ts';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { converted } from '../commissions/exact.ts';
import { listOfSale } from '../ledger/ledger-repository.ts';
import { STAGES } from '../ledger/record-revenue.ts';
import type { Transaction } from '../ledger/transaction.ts';
import type { MeasureRules } from '../measure-rules/measure-rules.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { findRate } from '../rates/rate-repository.ts';
import { askRollups } from '../revenue/rollup-repository.ts';
import type { Sale } from '../sales/sale.ts';
import { findSale } from '../sales/sale-repository.ts';
import type { Touch } from '../touches/touch.ts';
import { listTouches } from '../touches/touch-repository.ts';
import { contributionsOf, type Worth } from './contributions.ts';
import { creditSale, type Uncounted } from './credit.ts';
import { findSaleCredit, keepSaleCredit, type SaleCredit, settleMarked } from './credit-repository.ts';
import { MODEL_VERSIONS } from './models.ts';

/** Works out who has which part in a sale and what it adds to which figures, and marks those that change. Safe to repeat and to stop at any write, as long as
 *  it is repeated then; two at once come to the same. Nothing is done where there is no such sale. */
export async function workOutCredit(workspaceId: string, saleId: string, now: Date): Promise<void> {
  const kept = await inRounds(`credits of ${saleId}`, async () => {
    // First: whatever is read after it is newer than what it was made from.
    const seen = await findSaleCredit(workspaceId, saleId);
    const [sale, rules, touches, transactions] = await Promise.all([
      findSale(workspaceId, saleId),
      getMeasureRules(workspaceId),
      listTouches(workspaceId, saleId),
      listOfSale(workspaceId, saleId),
    ]);
    if (!sale) return { done: null };
    const made = await creditsOf(sale, touches, rules);
    const worths = await Promise.all(transactions.flatMap((transaction) => worthsOf(transaction, rules)));
    const lines = contributionsOf(worths, made.credits);
    const isAsIs = seen?.unmarked.length === 0 && seen.models === MODEL_VERSIONS && isDeepStrictEqual({ ...made, lines }, partOf(seen));
    if (isAsIs) return { done: null };
    const isKept = await keepSaleCredit({ workspaceId, saleId, ...made, lines }, seen);
    return isKept ? { done: await findSaleCredit(workspaceId, saleId) } : null;
  });
  if (!kept) return;
  const keys = kept.unmarked.map((key) => {
    const place = key.lastIndexOf('|');
    return { workspaceId, grain: 'day' as const, of: key.slice(0, place), at: key.slice(place + 1) };
  });
  await askRollups(keys, now);
  await settleMarked(kept);
}

const partOf = ({ credits, uncounted, lines }: SaleCredit) => ({ credits, uncounted, lines });

/** As `creditSale` has it, of the partners as their records are now, and without parts in the deal that were taken away. */
export async function creditsOf(sale: Sale, touches: readonly Touch[], rules: MeasureRules) {
  const staying = await stayingIds(
    sale.workspaceId,
    touches.map(({ partnerId }) => partnerId),
  );
  const stays = (id: string) => staying.get(id) ?? id;
  const parts = new Set(sale.partners.map(({ partnerId, role }) => `${stays(partnerId)}:${role}`));
  // One part for each partner and role, however many records were merged into it; none of a deal that the sale is no more.
  const seen = new Set<string>();
  const isTaken = ({ source, partnerId, role, type }: Touch) => {
    // Of a customer whom two partners claim, the one who brought them counts; of one that does not count, nobody.
    const isClaim = sale.referral !== undefined && (type === 'referral-accepted' || parts.size === 0);
    if (isClaim && !parts.has(`${stays(partnerId)}:${role}`)) return true;
    const [, dealId, as] = /^deal:([^:]+):(registered|part)/.exec(source) ?? [];
    if (dealId === undefined) return false;
    const part = `${stays(partnerId)}:${role}`;
    if (dealId !== sale.dealId || (as === 'part' && (!parts.has(part) || seen.has(part)))) return true;
    if (as === 'part') seen.add(part);
    return false;
  };
  const taken = new Set(touches.filter(isTaken));
  const takenBack = [...taken].map(({ source }): Uncounted => ({ source, because: 'taken-back' }));
  const standing = touches.filter((touch) => !taken.has(touch)).map((touch) => ({ ...touch, partnerId: stays(touch.partnerId) }));
  // Of a sale that is open, up to the last that happened: worked out again tomorrow, it is the same.
  const last = max([sale.createdAt, ...standing.map(({ at }) => at)]);
  const { credits, uncounted } = creditSale(sale, standing, rules, last);
  return { credits, uncounted: [...uncounted, ...takenBack] };
}

/** The record that each partner is part of now, by the id that it had. One that is on file no longer keeps its own. */
async function stayingIds(workspaceId: string, all: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(all)];
  const known = new Set((await listPartnersByIds(workspaceId, ids)).map(({ id }) => id));
  const gone = ids.filter((id) => !known.has(id));
  const found = await Promise.all(gone.map(async (id) => [id, await stayingId(workspaceId, id)] as const));
  return new Map(found);
}

async function stayingId(workspaceId: string, id: string): Promise<string> {
  return (await findPartnerNow(workspaceId, id))?.id ?? id;
}

/** What a transaction is worth in the workspace's currency: as it was fixed; where it was not, or the workspace counts in another currency since, by the
 *  rates of its day. */
function worthsOf({ workspaceId, day, product, own, postings }: Transaction, { currency: to }: MeasureRules): Promise<Worth>[] {
  return STAGES.flatMap((stage) =>
    postings
      .filter(({ account }) => account === stage)
      .map(async ({ minor, currency }): Promise<Worth> => {
        if (own?.currency === to) return { day, product, stage, minor: own.minor };
        if (currency === to) return { day, product, stage, minor };
        const found = await findRate(workspaceId, currency, to, own?.rateDay ?? day);
        return { day, product, stage, minor: found ? converted(minor, { from: currency, to, rate: found.rate }) : null };
      }),
  );
}
