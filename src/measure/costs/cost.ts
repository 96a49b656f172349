import { proportionOf } from '../commissions/exact.ts';
import { type CostDetail, moved, type Transaction } from '../ledger/transaction.ts';

/** Money that went into the programme, into one partner, or into our own sales. */
export type Cost = CostDetail & {
  day: string;
  money: { minor: number; currency: string };
  /** Of scope `partner`; else null. */
  partnerId: string | null;
  words: string;
};

/** What so many hundredths of an hour cost. */
export function costOfHours(hours: number, rateMinor: number): number {
  return proportionOf(rateMinor, hours, 100);
}

/** Hours as people type them, `12` or `7.5` or `7,25`, in hundredths; null for what is none. */
export function readHours(typed: string): number | null {
  const [, whole = '', part = ''] = /^(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(typed.trim()) ?? [];
  const hours = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return hours > 0 ? hours : null;
}

type Told = Pick<Transaction, 'workspaceId' | 'source' | 'at' | 'by' | 'recordedAt' | 'own'> & { evidence: 'person' | 'file' };

/** A cost as it stands in the ledger. */
export function costTransaction({ day, money, partnerId, words, kind, scope, hours }: Cost, { evidence, ...told }: Told): Transaction {
  return {
    ...{ ...told, kind: 'cost', day, evidence: { kind: evidence, ref: '', words }, of: null, saleId: null, product: '' },
    ...{ holdUntil: null, working: null, cost: { kind, scope, hours } },
    postings: moved(money, { to: 'costs', from: 'programme', partnerId }),
  };
}

/** The transaction that takes a cost back. It counts on the day of the cost, so that a slip is in no figure. */
export function backOf(cost: Transaction, { by, at, words }: { by: string; at: Date; words: string }): Transaction {
  return {
    ...{ ...cost, source: backSource(cost.source), kind: 'reversed', of: cost.source, by, recordedAt: at },
    ...{ evidence: { kind: 'person', ref: '', words }, own: cost.own && { ...cost.own, minor: -cost.own.minor || 0 } },
    postings: cost.postings.map((posting) => ({ ...posting, minor: -posting.minor || 0 })),
  };
}

export const backSource = (source: string) => `${source}:back`;
