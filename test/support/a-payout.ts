import { appendTransaction } from '../../src/measure/ledger/ledger-repository.ts';
import { moved, type Transaction, type Working } from '../../src/measure/ledger/transaction.ts';
import { confirmPayment, givePayment } from '../../src/onboard/payment-details/give-payment.ts';
import type { NewPayment } from '../../src/onboard/payment-details/payment-details.ts';
import type { Actor } from '../../src/programme/workspaces/role.ts';
import { AT, HOME, milo } from './builders.ts';

export const DATA_KEY = 'ab'.repeat(32);
export const IBAN = 'DE89 3704 0044 0532 0130 00';

type Given = { source: string; of?: string; partnerId: string; minor: number; currency?: string; holdUntil?: Date; workspaceId?: string };

/** A commission, or below zero what is taken back of one, whose hold is over. */
export async function aCommission({
  source,
  of,
  partnerId,
  minor,
  currency = 'EUR',
  holdUntil = AT,
  workspaceId = HOME,
}: Given): Promise<Transaction> {
  const working: Working = {
    ...{ planId: 'standard', planVersion: 1, role: 'source', baseMinor: minor * 10, currency, steps: [], rate: null, rateDay: null },
  };
  const { transaction } = await appendTransaction({
    ...{
      workspaceId,
      source,
      kind: minor < 0 ? 'clawback' : 'earned',
      at: AT,
      day: '2026-11-23',
      recordedAt: AT,
      by: 'system',
      of: of ?? null,
    },
    ...{ evidence: { kind: 'plan', ref: source, words: '' }, saleId: 'crm:1', product: '', own: null, holdUntil, working },
    postings: moved({ minor, currency }, { to: 'payable', from: 'commission', partnerId }),
  });
  return transaction;
}

/** How a partner is paid, given by one and confirmed by another. */
export async function paidTo(partnerId: string, given: Actor, confirmed: Actor = milo, said: Partial<NewPayment> = {}): Promise<void> {
  const payment = { currency: 'EUR', method: 'bank', reference: IBAN, ...said } as const;
  const { id: entryId } = await givePayment(given, partnerId, payment, [DATA_KEY], AT);
  await confirmPayment(confirmed, { partnerId, entryId }, AT);
}
