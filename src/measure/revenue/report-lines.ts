import type { SaleCredit } from '../attribution/credit-repository.ts';
import type { Uncovered } from '../commissions/uncovered.ts';
import type { Transaction } from '../ledger/transaction.ts';
import type { Sale } from '../sales/sale.ts';
import type { Touch } from '../touches/touch.ts';
import type { RevenueAsk } from './ask.ts';

/** A line of a report: a partner by its id, a type, a tier, a month `2026-03` or a product. Sums in minor units. */
export type RevenueRow = { key: string; name: string; now: number; before: number };

export type RevenueReport = {
  ask: RevenueAsk;
  currency: string;
  /** What is asked for, of all partners together: each sale once. */
  total: number;
  totalBefore: number;
  /** All revenue of the stage, with sales that no partner has a part in. */
  everything: number;
  /** How many transactions of the period are in no sum, because no rate is known. */
  unrated: number;
  /** Largest first, months in their order; those that come to nothing now and before are left out. */
  rows: RevenueRow[];
  /** The partners whose figures changed most against the period before, the largest change first. */
  behind: RevenueRow[];
  /** Whether something that happened is still to be added up. */
  isBehind: boolean;
};

/** The sales behind a figure: of one partner, or of all together. */
export type SalesBehind = {
  ask: RevenueAsk;
  currency: string;
  /** Empty for all partners. */
  partner: { id: string; name: string } | null;
  /** The largest first; `minor` is what the sale adds to the figure. */
  sales: { sale: Sale; minor: number }[];
  /** Whether there are more. */
  isMore: boolean;
};

/** A sale with everything its figures are made of. */
export type SaleOpened = {
  sale: Sale;
  credit: SaleCredit | null;
  touches: Touch[];
  transactions: Transaction[];
  /** Parts that earn nothing, once it is won. */
  uncovered: Uncovered[];
  /** Of partners, by their id; also by the id of a record that was merged. */
  names: ReadonlyMap<string, string>;
};
