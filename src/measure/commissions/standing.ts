import type { Stage } from '../ledger/record-revenue.ts';
import { STAGES } from '../ledger/record-revenue.ts';
import type { Transaction } from '../ledger/transaction.ts';
import { type Sold, type Standing, standingOf } from './commission-line.ts';
import { sumOf } from './exact.ts';

/** Kinds that take back what was recorded before. */
const BACK: readonly Transaction['kind'][] = ['refunded', 'reversed'];

/** What happened to a sale's revenue, in its order: money that came, and money that went back. */
export type Happened =
  | { kind: 'sold'; source: string; sold: Sold; at: Date }
  | { kind: 'back'; source: string; of: string; minor: number; day: string; at: Date };

/** The revenue of one sale, read out of its transactions. */
export function happenedOf(transactions: readonly Transaction[]): Happened[] {
  const revenue = transactions.flatMap((transaction) => {
    const money = moneyOf(transaction);
    return money ? [{ transaction, ...money }] : [];
  });
  // What was reversed as a whole never was: it adds to no day and begins nothing.
  const reversed = new Set(transactions.flatMap(({ kind, of }) => (kind === 'reversed' && of ? [of] : [])));
  const came = revenue.filter(({ transaction: { kind, source }, minor }) => !BACK.includes(kind) && minor > 0 && !reversed.has(source));
  const happened = revenue.flatMap(({ transaction, stage, minor, currency }): Happened[] => {
    const { source, day, at, of, product, saleId, kind } = transaction;
    if (BACK.includes(kind)) return of && minor < 0 ? [{ kind: 'back', source, of, minor: -minor, day, at }] : [];
    if (minor <= 0 || !saleId) return [];
    const alike = came.filter((one) => one.stage === stage);
    const together = alike.filter((one) => one.transaction.day === day && one.currency === currency);
    const days = alike.map((one) => one.transaction.day).sort();
    const sold = { source, saleId, stage, day, product, minor, currency };
    const whole = { ...sold, dayMinor: sumOf(together.map((one) => one.minor)), firstDay: days[0] ?? day };
    return [{ kind: 'sold', source, at, sold: whole }];
  });
  return inOrder(happened);
}

/** As it happened; a refund comes after what it refunds, whatever its time says. One of something that is not there waits until it is. */
export function inOrder(happened: readonly Happened[]): Happened[] {
  const sorted = [...happened].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.source < b.source ? -1 : 1));
  const early = new Map<string, Happened[]>();
  const seen = new Set<string>();
  return sorted.flatMap((one): Happened[] => {
    if (one.kind === 'sold') {
      seen.add(one.source);
      return [one, ...(early.get(one.source) ?? [])];
    }
    if (seen.has(one.of)) return [one];
    early.set(one.of, [...(early.get(one.of) ?? []), one]);
    return [];
  });
}

function moneyOf({ postings }: Transaction): { stage: Stage; minor: number; currency: string } | null {
  for (const { account, minor, currency } of postings) {
    const stage = STAGES.find((one) => one === account);
    if (stage) return { stage, minor, currency };
  }
  return null;
}

/** The commissions among these transactions, and what others among them left of each. */
export function standingAmong(transactions: readonly Transaction[]): Standing[] {
  const lines = new Map<string, Standing>();
  for (const { kind, source, saleId, evidence, working, postings, day } of transactions) {
    const payable = postings.find(({ account }) => account === 'payable');
    if (kind !== 'earned' || !working || !payable?.partnerId || !saleId) continue;
    const { partnerId, minor, currency } = payable;
    lines.set(source, standingOf({ source: evidence.ref, saleId, day }, { partnerId, working, currency, minor }, source));
  }
  for (const { kind, of, working, postings } of transactions) {
    const line = kind === 'clawback' && of ? lines.get(of) : undefined;
    if (!line) continue;
    line.keptMinor += postings.find(({ account }) => account === 'payable')?.minor ?? 0;
    line.keptBaseMinor += working?.baseMinor ?? 0;
    line.isRemoved ||= working?.steps.some(({ rule }) => rule === 'part-removed') ?? false;
  }
  return [...lines.values()];
}
