import { appendTransaction } from '../ledger/ledger-repository.ts';
import { dayIn, ownValue } from '../ledger/record-revenue.ts';
import { moved, type Transaction } from '../ledger/transaction.ts';
import { type Payout, paidSource, paidStatements, type Statement } from './payout.ts';
import { freeLines, markSettled } from './payout-line-repository.ts';
import { getPayout } from './payout-repository.ts';

/** Brings the ledger and the lines to what was decided of a payout: each partner's part leaves what is owed when it is paid, and comes back, with its lines, when that
 *  is taken back. Safe to repeat and to run twice at once. Returns the payout that this holds for. */
export async function settlePayout(workspaceId: string, id: string, now: Date): Promise<Payout> {
  const payout = await getPayout(workspaceId, id);
  const { paid, takenBack } = payout;
  if (paid)
    for (const statement of paidStatements(payout)) {
      const { transaction } = await appendTransaction(await leaving(payout, statement, paid, now));
      if (takenBack) await appendTransaction(await comingBack(transaction, takenBack, now));
    }
  if (paid && !takenBack) await markSettled(payout);
  if (takenBack) await freeLines(workspaceId, id);
  return payout;
}

async function leaving(
  { workspaceId, id, currency, reference }: Payout,
  { partnerId, payoutMinor: minor }: Statement,
  { by, at }: { by: string; at: Date },
  now: Date,
): Promise<Transaction> {
  const day = await dayIn(workspaceId, at);
  return {
    ...{ workspaceId, source: paidSource(id, partnerId), kind: 'paid', at, day, recordedAt: now, by, of: null, saleId: null, product: '' },
    ...{ evidence: { kind: 'payout', ref: id, words: reference }, own: await ownValue(workspaceId, { minor, currency }, day) },
    ...{ holdUntil: null, working: null, postings: moved({ minor, currency }, { to: 'bank', from: 'payable', partnerId }) },
  };
}

async function comingBack(
  paid: Transaction,
  { by, at, because }: { by: string; at: Date; because: string },
  now: Date,
): Promise<Transaction> {
  return {
    ...{ ...paid, source: `reversed:${paid.source}`, kind: 'reversed', of: paid.source, at, day: await dayIn(paid.workspaceId, at), by },
    ...{ recordedAt: now, evidence: { ...paid.evidence, words: because }, own: paid.own && { ...paid.own, minor: -paid.own.minor || 0 } },
    postings: paid.postings.map((posting) => ({ ...posting, minor: -posting.minor || 0 })),
  };
}
