import { LedgerModel, toTransaction } from '../ledger/ledger-repository.ts';
import { COST_KINDS, type CostKind, type CostScope, type Transaction } from '../ledger/transaction.ts';

/** Days from `from` to the one before `to`. */
type Days = { from: string; to: string };

const costsIn = (workspaceId: string, { from, to }: Days) => ({
  workspaceId,
  'cost.kind': { $type: 'string' as const, $in: COST_KINDS },
  day: { $gte: from, $lt: to },
});

/** What was spent, by kind, by whom it was for and by the currency of its worth; what was taken back is not in it. `partnerIds`: of these partners alone. */
export async function sumCosts(
  workspaceId: string,
  days: Days,
  partnerIds: readonly string[] | null = null,
): Promise<{ kind: CostKind; scope: CostScope; currency: string | null; minor: number; count: number }[]> {
  const theirs = partnerIds ? { 'postings.partnerId': { $in: partnerIds } } : {};
  return LedgerModel.aggregate([
    { $match: { ...costsIn(workspaceId, days), ...theirs } },
    {
      $group: {
        _id: { kind: '$cost.kind', scope: '$cost.scope', currency: '$own.currency' },
        minor: { $sum: '$own.minor' },
        count: { $sum: { $cond: [{ $eq: ['$kind', 'cost'] }, 1, -1] } },
      },
    },
    {
      $project: {
        ...{ _id: 0, kind: '$_id.kind', scope: '$_id.scope', minor: 1, count: 1 },
        currency: { $ifNull: ['$_id.currency', null] },
      },
    },
    { $sort: { kind: 1, scope: 1, currency: 1 } },
  ]);
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

/** What partners earned, less what was taken back, by the currency of its worth; null where no rate was known. */
export async function sumCommissions(
  workspaceId: string,
  { from, to }: Days,
): Promise<{ currency: string | null; minor: number; count: number }[]> {
  return LedgerModel.aggregate([
    { $match: { workspaceId, day: { $gte: from, $lt: to }, kind: { $in: COMMISSIONS } } },
    { $group: { _id: { currency: '$own.currency' }, minor: { $sum: '$own.minor' }, count: { $sum: 1 } } },
    { $project: { _id: 0, currency: { $ifNull: ['$_id.currency', null] }, minor: 1, count: 1 } },
    { $sort: { currency: 1 } },
  ]);
}

/** The largest commissions of some days first. */
export async function listCommissions(workspaceId: string, { from, to }: Days, limit: number): Promise<Transaction[]> {
  const found = await LedgerModel.find({ workspaceId, day: { $gte: from, $lt: to }, kind: { $in: COMMISSIONS } })
    .sort({ 'own.minor': -1, _id: 1 })
    .limit(limit)
    .lean();
  return found.map(toTransaction);
}
