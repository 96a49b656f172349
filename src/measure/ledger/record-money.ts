import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { changingSale } from '../sales/sale-repository.ts';
import { appendInTurn, findTransaction, listAgainst } from './ledger-repository.ts';
import { type Revenue, recordRevenue, revenueTransaction, STAGES, type Stage } from './record-revenue.ts';
import type { Transaction } from './transaction.ts';

/** Money that came for a sale, in minor units above zero. */
export type MoneyCame = Pick<Revenue, 'workspaceId' | 'saleId' | 'source' | 'at' | 'by' | 'evidence' | 'product' | 'money'>;

/** An invoice of a sale. Recorded twice, the first stands, with `changed` false. */
export function recordInvoice(came: MoneyCame, now: Date): Promise<{ transaction: Transaction; changed: boolean }> {
  return record(came, 'invoiced', now);
}

/** What the customer paid. As `recordInvoice`. */
export function recordPayment(came: MoneyCame, now: Date): Promise<{ transaction: Transaction; changed: boolean }> {
  return record(came, 'collected', now);
}

async function record(came: MoneyCame, stage: 'invoiced' | 'collected', now: Date) {
  const sale = { workspaceId: came.workspaceId, id: came.saleId };
  return changingSale(sale, now, () => recordRevenue({ ...came, kind: stage, stage, of: null, like: null }, now));
}

export type MoneyBack = Pick<Revenue, 'workspaceId' | 'source' | 'at' | 'by' | 'evidence'> & {
  /** The source of the revenue that is refunded. */
  of: string;
  /** Above zero, in the currency of that revenue. */
  minor: number;
};

/** A refund of revenue, in part or in full, at the rate of the revenue. Recorded twice, the first stands, with `changed` false. Refuses `revenue-unknown` while
 *  the revenue is not there: whoever has the refund keeps it and comes again; and `refund-too-large` when all refunds together are more than it. */
export async function recordRefund({ of, minor, ...told }: MoneyBack, now: Date): Promise<{ transaction: Transaction; changed: boolean }> {
  const { workspaceId, source } = told;
  const revenue = await findTransaction(workspaceId, of);
  const stage = revenue && stageOf(revenue);
  if (!revenue?.saleId || !stage) throw new Refusal('revenue-unknown');
  const { saleId, product } = revenue;
  const sold = revenueIn(revenue);
  const append = () =>
    inRounds(`refund ${source}`, async () => {
      const known = await findTransaction(workspaceId, source);
      if (known) return { done: { transaction: known, changed: false } };
      const back = (await listAgainst(workspaceId, [of])).map(revenueIn);
      if (minor <= 0 || minor > sold.minor + back.reduce((sum, one) => sum + one.minor, 0)) throw new Refusal('refund-too-large');
      const money = { minor: -minor, currency: sold.currency };
      const transaction = await revenueTransaction({ ...told, of, saleId, product, kind: 'refunded', stage, money, like: revenue }, now);
      return (await appendInTurn(transaction, [`refund:${of}:${back.length}`])) ? { done: { transaction, changed: true } } : null;
    });
  return changingSale({ workspaceId, id: saleId }, now, append);
}

function stageOf({ postings }: Transaction): Stage | null {
  return STAGES.find((stage) => postings.some(({ account }) => account === stage)) ?? null;
}

/** The money of a transaction of revenue, below zero where it goes back. */
export function revenueIn(transaction: Transaction): { minor: number; currency: string } {
  const stage = stageOf(transaction);
  const { minor = 0, currency = '' } = transaction.postings.find(({ account }) => account === stage) ?? {};
  return { minor, currency };
}
