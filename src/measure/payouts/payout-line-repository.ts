import mongoose, { Schema } from 'mongoose';
import { z } from 'zod';
import { isDuplicateKey } from '../../errors.ts';
import { LedgerModel, toTransaction } from '../ledger/ledger-repository.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { type Payout, paidStatements } from './payout.ts';

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

/** Commissions and what was taken back of them that are in no payout, the oldest first. */
export async function listFree(workspaceId: string, most: number): Promise<Transaction[]> {
  const found = await LedgerModel.aggregate([
    { $match: { workspaceId, kind: { $in: ['earned', 'clawback'] }, working: { $type: 'object' } } },
    { $sort: { day: 1, _id: 1 } },
    ...FREE,
    { $limit: most },
  ]);
  return found.map(toTransaction);
}
