import mongoose, { Schema } from 'mongoose';
import { isDuplicateKey } from '../../errors.ts';
import { DEAL_ROLES } from '../../manage/deals/deal.ts';
import { PART } from '../../platform/stored-part.ts';
import { ACCOUNTS, COST_KINDS, COST_SCOPES, TRANSACTION_KINDS, Transaction, type TransactionKind, WORKING_RULES } from './transaction.ts';

const name = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const date = { type: Date, required: true } as const;

const postingPart = new Schema(
  { account: { ...name, enum: ACCOUNTS }, partnerId: { type: String, default: null }, minor: number, currency: name },
  PART,
);
const ownPart = new Schema({ minor: number, currency: name, rate: name, rateDay: name }, PART);
const stepPart = new Schema({ rule: { ...name, enum: WORKING_RULES }, figure: { type: String, default: '' }, minor: number }, PART);
const workingPart = new Schema(
  {
    ...{ planId: name, planVersion: number, role: { ...name, enum: DEAL_ROLES }, baseMinor: number, currency: name },
    steps: [stepPart],
    rate: { type: String, default: null },
    rateDay: { type: String, default: null },
  },
  PART,
);
const costPart = new Schema(
  { kind: { ...name, enum: COST_KINDS }, scope: { ...name, enum: COST_SCOPES }, hours: { type: Number, default: null } },
  PART,
);
const evidencePart = new Schema({ kind: name, ref: { type: String, default: '' }, words: { type: String, default: '' } }, PART);

const ledgerSchema = new Schema(
  {
    _id: name,
    workspaceId: name,
    source: name,
    kind: { ...name, enum: TRANSACTION_KINDS },
    at: date,
    day: name,
    recordedAt: date,
    by: name,
    evidence: { type: evidencePart, required: true },
    of: { type: String, default: null },
    saleId: { type: String, default: null },
    product: { type: String, default: '' },
    own: { type: ownPart, default: null },
    holdUntil: { type: Date, default: null },
    working: { type: workingPart, default: null },
    cost: { type: costPart, default: undefined },
    postings: { type: [postingPart], required: true },
    /** Of a commission: the payout that paid it last, which may have been taken back since. It saves looking at what was paid long ago. */
    settled: { type: String, default: undefined },
    /** Its places in the rows that it was worked out of (`appendInTurn`). */
    turns: { type: [String], default: undefined },
  },
  { strict: 'throw', minimize: false, versionKey: false, collection: 'ledger' },
);
ledgerSchema.index({ workspaceId: 1, saleId: 1, at: 1, _id: 1 });
ledgerSchema.index({ workspaceId: 1, of: 1 }, { partialFilterExpression: { of: { $type: 'string' } } });
ledgerSchema.index({ workspaceId: 1, 'postings.partnerId': 1, kind: 1, at: 1, _id: 1 });
ledgerSchema.index({ workspaceId: 1, day: 1, _id: 1 });
ledgerSchema.index({ workspaceId: 1, kind: 1, day: 1, _id: 1 }, { partialFilterExpression: { working: { $type: 'object' } } });
ledgerSchema.index({ workspaceId: 1, 'cost.kind': 1, day: 1, _id: 1 }, { partialFilterExpression: { 'cost.kind': { $type: 'string' } } });
ledgerSchema.index(
  { workspaceId: 1, settled: 1, 'postings.partnerId': 1, kind: 1, day: 1, _id: 1 },
  { partialFilterExpression: { working: { $type: 'object' } } },
);
ledgerSchema.index({ workspaceId: 1, turns: 1 }, { unique: true, partialFilterExpression: { 'turns.0': { $exists: true } } });

export const LedgerModel = mongoose.model('Ledger', ledgerSchema);

/** A source is one transaction's in its workspace. */
const idOf = ({ workspaceId, source }: Pick<Transaction, 'workspaceId' | 'source'>) => `${workspaceId}|${source}`;

export function toTransaction({ _id, turns, settled, ...stored }: { _id: string } & Record<string, unknown>): Transaction {
  return Transaction.parse(stored);
}

/** Appends; what is said in the ledger neither changes nor goes, only which payout settled a line is noted beside it. A source that is there already stands as it was, with `changed` false. Throws when the postings do not
 *  add up to nothing. */
export async function appendTransaction(transaction: Transaction): Promise<{ transaction: Transaction; changed: boolean }> {
  const checked = Transaction.parse(transaction);
  try {
    await LedgerModel.create({ _id: idOf(checked), ...checked });
    return { transaction: checked, changed: true };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const known = await findTransaction(checked.workspaceId, checked.source);
    if (!known) throw error;
    return { transaction: known, changed: false };
  }
}

/** Appends what was worked out of other transactions, unless one that it was worked out without has come since: `turns` are its places in the rows it
 *  depends on, such as the third commission of a sale, and each place is taken once in the workspace. False when one of them is taken, or the source is
 *  there: look again. */
export async function appendInTurn(transaction: Transaction, turns: readonly string[]): Promise<boolean> {
  const checked = Transaction.parse(transaction);
  try {
    await LedgerModel.create({ _id: idOf(checked), ...checked, turns: [...turns] });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

export async function findTransaction(workspaceId: string, source: string): Promise<Transaction | null> {
  const found = await LedgerModel.findById(idOf({ workspaceId, source })).lean();
  return found && toTransaction(found);
}

/** In no order; what is not there is left out. */
export async function listTransactions(workspaceId: string, sources: readonly string[]): Promise<Transaction[]> {
  const found = await LedgerModel.find({ _id: { $in: sources.map((source) => idOf({ workspaceId, source })) } }).lean();
  return found.map(toTransaction);
}

/** All of a sale, in the order in which it happened. */
export async function listOfSale(workspaceId: string, saleId: string): Promise<Transaction[]> {
  const found = await LedgerModel.find({ workspaceId, saleId }).sort({ at: 1, _id: 1 }).lean();
  return found.map(toTransaction);
}

/** All of some sales, in the order in which it happened. */
export async function listOfSales(workspaceId: string, saleIds: readonly string[]): Promise<Transaction[]> {
  const found = await LedgerModel.find({ workspaceId, saleId: { $in: saleIds } })
    .sort({ at: 1, _id: 1 })
    .lean();
  return found.map(toTransaction);
}

/** The sales of which something was recorded on this day or later. */
export async function listSalesSince(workspaceId: string, day: string): Promise<string[]> {
  const found = await LedgerModel.distinct('saleId', { workspaceId, day: { $gte: day } });
  return found.filter((id) => typeof id === 'string');
}

/** What takes back these transactions, or refunds a part of them. */
export async function listAgainst(workspaceId: string, sources: readonly string[]): Promise<Transaction[]> {
  const found = await LedgerModel.find({ workspaceId, of: { $in: sources } })
    .sort({ at: 1, _id: 1 })
    .lean();
  return found.map(toTransaction);
}

/** A partner's, in the order in which it happened. */
export async function listOfPartner(workspaceId: string, partnerId: string, kinds: readonly TransactionKind[]): Promise<Transaction[]> {
  const found = await LedgerModel.find({ workspaceId, 'postings.partnerId': partnerId, kind: { $in: kinds } })
    .sort({ at: 1, _id: 1 })
    .lean();
  return found.map(toTransaction);
}

/** What these partners earned in some days, from the first to before the last. */
export async function listEarnedBetween(
  workspaceId: string,
  partnerIds: readonly string[],
  { from, before }: { from: string; before: string },
): Promise<Transaction[]> {
  const found = await LedgerModel.find({
    workspaceId,
    'postings.partnerId': { $in: partnerIds },
    kind: 'earned',
    day: { $gte: from, $lt: before },
  }).lean();
  return found.map(toTransaction);
}

/** Of all workspaces, transactions whose postings do not add up. None can be recorded, so one that is here was written by something else. */
export async function listUnbalanced(most: number): Promise<{ workspaceId: string; source: string }[]> {
  return LedgerModel.aggregate([
    { $addFields: { currencies: { $setUnion: ['$postings.currency', []] } } },
    { $unwind: '$currencies' },
    { $addFields: { theirs: { $filter: { input: '$postings', as: 'one', cond: { $eq: ['$$one.currency', '$currencies'] } } } } },
    { $match: { $expr: { $ne: [{ $sum: '$theirs.minor' }, 0] } } },
    { $limit: most },
    { $project: { _id: 0, workspaceId: 1, source: 1 } },
  ]);
}

/** Of all workspaces, those with revenue. */
export async function listWorkspacesMeasured(): Promise<string[]> {
  return LedgerModel.distinct('workspaceId', { saleId: { $type: 'string' } });
}

/** Sales with revenue that is worth nothing in the workspace's currency, because no rate was known. */
export async function listUnratedSales(workspaceId: string): Promise<string[]> {
  return LedgerModel.distinct('saleId', { workspaceId, own: null, saleId: { $type: 'string' } });
}

/** What stands in an account of revenue, day by day and by the currency it is worth something in; null for what has no worth. */
export type DaySum = {
  day: string;
  account: Transaction['postings'][number]['account'];
  currency: string | null;
  minor: number;
  count: number;
};

/** The plain sums over the ledger of these accounts of sales, by which reports are checked. */
export async function sumRevenueByDay(
  workspaceId: string,
  accounts: readonly Transaction['postings'][number]['account'][],
): Promise<DaySum[]> {
  return LedgerModel.aggregate([
    { $match: { workspaceId, saleId: { $type: 'string' } } },
    { $unwind: '$postings' },
    { $match: { 'postings.account': { $in: accounts } } },
    {
      $group: {
        _id: { day: '$day', account: '$postings.account', currency: '$own.currency' },
        minor: { $sum: '$own.minor' },
        count: { $sum: 1 },
      },
    },
    { $project: { _id: 0, day: '$_id.day', account: '$_id.account', currency: { $ifNull: ['$_id.currency', null] }, minor: 1, count: 1 } },
    { $sort: { day: 1, account: 1 } },
  ]);
}

/** The sales of which something was recorded on a day. */
export async function listSalesOfDay(workspaceId: string, day: string): Promise<string[]> {
  return LedgerModel.distinct('saleId', { workspaceId, day, saleId: { $type: 'string' } });
}
