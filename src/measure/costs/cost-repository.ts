import { converted } from '../commissions/exact.ts';
import { LedgerModel, toTransaction } from '../ledger/ledger-repository.ts';
import { type Account, COST_KINDS, type CostKind, type CostScope, type Transaction } from '../ledger/transaction.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { findRate } from '../rates/rate-repository.ts';

/** Days from `from` to the one before `to`. */
type Days = { from: string; to: string };

const costsIn = (workspaceId: string, { from, to }: Days) => ({
  workspaceId,
  'cost.kind': { $type: 'string' as const, $in: COST_KINDS },
  day: { $gte: from, $lt: to },
});

type CostSum = { kind: CostKind; scope: CostScope; currency: string | null; minor: number; count: number };

/** What was spent, by kind and by whom it was for, in the workspace's currency; `currency` null for what no rate is known of. What was taken back is not in it.
 *  `partnerIds`: of these partners alone. */
export async function sumCosts(workspaceId: string, days: Days, partnerIds: readonly string[] | null = null): Promise<CostSum[]> {
  const theirs = partnerIds ? { 'postings.partnerId': { $in: partnerIds } } : {};
  const count = { $cond: [{ $eq: ['$kind', 'cost'] }, 1, -1] };
  const of = { kind: '$cost.kind', scope: '$cost.scope' };
  return sumWorths<Pick<CostSum, 'kind' | 'scope'>>(
    workspaceId,
    { ...costsIn(workspaceId, days), ...theirs },
    { account: 'costs', of, count },
  );
}

type Summed<Of> = Of & { currency: string | null; minor: number; count: number };
type Unworthy<Of> = { of: Of; currency: string; minor: number; day: string; times: number; count: number };

/** Sums what transactions are worth in the workspace's currency: as it was fixed; where it was not, or the workspace counts in another currency since, by the rates of
 *  the day, as revenue is. Each is converted by itself, so that one that takes another back takes back all of it. */
async function sumWorths<Of extends Record<string, unknown>>(
  workspaceId: string,
  matched: Record<string, unknown>,
  { account, of, count }: { account: Account; of: Record<string, string>; count: number | object },
): Promise<Summed<Of>[]> {
  const { currency: to } = await getMeasureRules(workspaceId);
  const [fixed, others] = await Promise.all([
    LedgerModel.aggregate<Summed<Record<'of', Of>>>([
      { $match: { ...matched, 'own.currency': to } },
      { $group: { _id: of, minor: { $sum: '$own.minor' }, count: { $sum: count } } },
      { $project: { _id: 0, of: '$_id', minor: 1, count: 1 } },
    ]),
    LedgerModel.aggregate<Unworthy<Of>>([
      { $match: { ...matched, 'own.currency': { $ne: to } } },
      { $unwind: '$postings' },
      { $match: { 'postings.account': account } },
      {
        $group: {
          _id: { of, currency: '$postings.currency', minor: '$postings.minor', day: { $ifNull: ['$own.rateDay', '$day'] } },
          ...{ times: { $sum: 1 }, count: { $sum: count } },
        },
      },
      { $project: { _id: 0, of: '$_id.of', currency: '$_id.currency', minor: '$_id.minor', day: '$_id.day', times: 1, count: 1 } },
    ]),
  ]);
  const sums = new Map<string, Summed<Of>>();
  const add = (whose: Of, currency: string | null, minor: number, more: number) => {
    const key = JSON.stringify([...Object.values(whose), currency]);
    const sum = sums.get(key) ?? { ...whose, currency, minor: 0, count: 0 };
    sums.set(key, { ...sum, minor: sum.minor + minor, count: sum.count + more });
  };
  for (const one of fixed) add(one.of, to, one.minor, one.count);
  const rates = new Map<string, Awaited<ReturnType<typeof findRate>>>();
  for (const { currency, minor, day, ...one } of others) {
    const key = `${currency} ${day}`;
    const found = rates.has(key) ? rates.get(key) : await findRate(workspaceId, currency, to, day);
    rates.set(key, found ?? null);
    if (found) add(one.of, to, one.times * converted(minor, { from: currency, to, rate: found.rate }), one.count);
    else add(one.of, null, 0, one.count);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/** Costs and what took some of them back, the newest day first. */
export async function listCosts(workspaceId: string, days: Days, limit: number): Promise<Transaction[]> {
  const found = await LedgerModel.find(costsIn(workspaceId, days)).sort({ day: -1, _id: 1 }).limit(limit).lean();
  return found.map(toTransaction);
}

/** All of them, without holding them all in memory. */
export async function* eachCost(workspaceId: string, days: Days): AsyncGenerator<Transaction> {
  for await (const stored of LedgerModel.find(costsIn(workspaceId, days)).sort({ day: 1, _id: 1 }).lean().cursor())
    yield toTransaction(stored);
}

/** Of these sources, those that are in the ledger. */
export async function listKnownSources(workspaceId: string, sources: readonly string[]): Promise<Set<string>> {
  const found = await LedgerModel.find({ _id: { $in: sources.map((source) => `${workspaceId}|${source}`) } }, { source: 1 }).lean();
  return new Set(found.map(({ source }) => source));
}

const COMMISSIONS = ['earned', 'clawback'] as const;

/** What partners earned, less what was taken back, in the workspace's currency; `currency` null for what no rate is known of. */
export async function sumCommissions(
  workspaceId: string,
  { from, to }: Days,
): Promise<{ currency: string | null; minor: number; count: number }[]> {
  const matched = { workspaceId, day: { $gte: from, $lt: to }, kind: { $in: COMMISSIONS } };
  return sumWorths<Record<string, never>>(workspaceId, matched, { account: 'payable', of: {}, count: 1 });
}

/** The largest commissions of some days first. */
export async function listCommissions(workspaceId: string, { from, to }: Days, limit: number): Promise<Transaction[]> {
  const found = await LedgerModel.find({ workspaceId, day: { $gte: from, $lt: to }, kind: { $in: COMMISSIONS } })
    .sort({ 'own.minor': -1, _id: 1 })
    .limit(limit)
    .lean();
  return found.map(toTransaction);
}
