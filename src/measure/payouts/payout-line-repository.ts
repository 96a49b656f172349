import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey } from '../../errors.ts';
import { LedgerModel, toTransaction } from '../ledger/ledger-repository.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { type Payout, paidStatements } from './payout.ts';
import { listPaidAndTakenBack } from './payout-repository.ts';

/** Which payout a line of the ledger is in; by its id in one at a time. */
const payoutLineSchema = new Schema(
  { _id: { type: String, required: true }, workspaceId: { type: String, required: true }, payoutId: { type: String, required: true } },
  { strict: 'throw', versionKey: false, collection: 'payout_lines' },
);
payoutLineSchema.index({ workspaceId: 1, payoutId: 1 });

const PayoutLineModel = mongoose.model('PayoutLine', payoutLineSchema);

/** Written or read in one go. */
const BATCH = 1000;
/** Leaves what is in no payout: a row of both collections has the same id, the workspace and the source. */
const FREE = [
  { $lookup: { from: 'payout_lines', localField: '_id', foreignField: '_id', as: 'payout' } },
  { $match: { payout: [] } },
  { $project: { payout: 0 } },
];

/** Takes the lines that a payout pays; those it has already stay. False when one of them is another's. */
export async function holdLines({ workspaceId, id: payoutId, statements }: Payout): Promise<boolean> {
  const rows = paidStatements({ statements }).flatMap(({ lines }) => lines.map(({ source }) => `${workspaceId}|${source}`));
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = rows.slice(from, from + BATCH).map((_id) => ({ _id, workspaceId, payoutId }));
    await PayoutLineModel.insertMany(batch, { ordered: false }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }
  return (await PayoutLineModel.countDocuments({ workspaceId, payoutId })) === rows.length;
}

/** The id of the payout that a line is in; null for none. */
export async function findPayoutOfLine(workspaceId: string, source: string): Promise<string | null> {
  const found = await PayoutLineModel.findById(`${workspaceId}|${source}`).lean();
  return found?.payoutId ?? null;
}

/** Lets go of all that a payout has. */
export async function freeLines(workspaceId: string, payoutId: string): Promise<void> {
  await PayoutLineModel.deleteMany({ workspaceId, payoutId });
}

/** What refunds took back of these lines and is in no payout itself: how many lines, and their sum, which is below zero. */
export async function sumBackOf(workspaceId: string, sources: readonly string[]): Promise<{ count: number; minor: number }> {
  const sum = { count: 0, minor: 0 };
  for (let from = 0; from < sources.length; from += BATCH) {
    const found = await LedgerModel.aggregate([
      { $match: { workspaceId, of: { $in: sources.slice(from, from + BATCH) }, kind: 'clawback' } },
      ...FREE,
      { $unwind: '$postings' },
      { $match: { 'postings.account': 'payable' } },
      { $group: { _id: null, count: { $sum: 1 }, minor: { $sum: '$postings.minor' } } },
    ]);
    for (const { count, minor } of found.map((one) => Sum.parse(one))) {
      sum.count += count;
      sum.minor += minor;
    }
  }
  return sum;
}

const Sum = z.object({ count: z.number().int(), minor: z.number().int() });

/** Marks the lines of a payout that was paid, so that they are not looked at again. Nothing rests on it: whether a line is free is what is held says, and
 *  lines of payouts that were taken back are looked at (`unpaid`). */
export async function markSettled({ workspaceId, id, statements }: Payout): Promise<void> {
  const ids = paidStatements({ statements }).flatMap(({ lines }) => lines.map(({ source }) => `${workspaceId}|${source}`));
  for (let from = 0; from < ids.length; from += BATCH)
    await LedgerModel.updateMany(
      { _id: { $in: ids.slice(from, from + BATCH) }, workspaceId, settled: { $ne: id } },
      { $set: { settled: id } },
    );
}

async function unpaid(workspaceId: string) {
  const settled = { $in: [null, ...(await listPaidAndTakenBack(workspaceId))] };
  const kind: { $in: Transaction['kind'][] } = { $in: ['earned', 'clawback'] };
  return { workspaceId, kind, working: { $type: 'object' as const }, settled };
}

/** Partners with lines that may be free, by the records of then. */
export async function listUnpaidPartners(workspaceId: string): Promise<string[]> {
  const found = await LedgerModel.distinct('postings.partnerId', await unpaid(workspaceId));
  return found.filter((id) => typeof id === 'string').sort();
}

/** A partner's commissions and what was taken back of them that are in no payout: first all that was taken back, so that it is left out of no payout, then the
 *  oldest. */
export async function listFree(workspaceId: string, partnerId: string, most: number): Promise<Transaction[]> {
  const found = await LedgerModel.aggregate([
    { $match: { ...(await unpaid(workspaceId)), 'postings.partnerId': partnerId } },
    { $sort: { kind: 1, day: 1, _id: 1 } },
    ...FREE,
    { $limit: most },
  ]);
  return found.map(toTransaction);
}

/** How many lines of a partner are in no payout, and their sum, by currency. */
export async function sumFree(workspaceId: string, partnerId: string): Promise<{ currency: string; count: number; minor: number }[]> {
  const found = await LedgerModel.aggregate([
    { $match: { ...(await unpaid(workspaceId)), 'postings.partnerId': partnerId } },
    ...FREE,
    { $unwind: '$postings' },
    { $match: { 'postings.account': 'payable' } },
    { $group: { _id: '$postings.currency', count: { $sum: 1 }, minor: { $sum: '$postings.minor' } } },
    { $project: { _id: 0, currency: '$_id', count: 1, minor: 1 } },
    { $sort: { currency: 1 } },
  ]);
  return found.map((one) => Sum.extend({ currency: z.string() }).parse(one));
}
