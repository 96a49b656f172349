import { z } from 'zod';
import { DealRole } from '../../manage/deals/deal.ts';
import { isCurrency } from '../../platform/money.ts';

/** What a transaction says happened. Revenue: `booked` when a sale is won, `renewed` when it goes on, then `invoiced` and `collected`; `refunded` takes back a part
 *  of one of these. `earned` is a partner's commission, `paid` leaves with a payout, `cost` is what the programme cost, `reversed` takes back a
 *  whole transaction. */
export const TRANSACTION_KINDS = [
  'booked',
  'renewed',
  'invoiced',
  'collected',
  'refunded',
  'earned',
  'clawback',
  'paid',
  'cost',
  'reversed',
] as const;
export const TransactionKind = z.enum(TRANSACTION_KINDS);
export type TransactionKind = z.infer<typeof TransactionKind>;

/** Where money stands. `customers` is the other side of all revenue, `commission` of what is `payable` to partners, `bank` of what was paid, `programme` of
 *  `costs`. A posting above zero adds to its account. */
export const ACCOUNTS = ['customers', 'booked', 'invoiced', 'collected', 'commission', 'payable', 'bank', 'costs', 'programme'] as const;
export const Account = z.enum(ACCOUNTS);
export type Account = z.infer<typeof Account>;

export const Posting = z.object({
  account: Account,
  /** Whose; null where it is no partner's. */
  partnerId: z.string().nullable(),
  minor: z.number().int(),
  currency: z.string().refine(isCurrency),
});
export type Posting = z.infer<typeof Posting>;

/** The rules by which a commission comes about: a rate or a fixed sum, the role's share, caps for the deal, the period and all partners together, what is
 *  too little to pay for, a refund, a part that was taken away, the conversion. */
export const WORKING_RULES = [
  'percent',
  'flat',
  'tier-marginal',
  'tier-whole',
  'tier-raise',
  'role-share',
  'minimum',
  'cap-deal',
  'cap-period',
  'cap-all',
  'refund',
  'part-removed',
  'conversion',
] as const;

/** Where it is known from: a record elsewhere (`ref`), and in words what it says. */
export const Evidence = z.object({
  kind: z.enum(['deal', 'crm', 'file', 'webhook', 'person', 'plan', 'payout']),
  ref: z.string(),
  words: z.string(),
});
export type Evidence = z.infer<typeof Evidence>;

/** How a commission was worked out, so that *Why?* says it however the plan changes. Sums are in the sale's currency until `rate` turns them into the partner's. */
export const Working = z.object({
  planId: z.string(),
  planVersion: z.number().int(),
  role: DealRole,
  /** Of the money that this is a part of. */
  baseMinor: z.number().int(),
  currency: z.string().refine(isCurrency),
  /** In the order in which they were taken: what rule, with which figure, and what was earned after it. */
  steps: z.array(z.object({ rule: z.enum(WORKING_RULES), figure: z.string(), minor: z.number().int() })),
  /** Units of the partner's currency for one of the sale's, and of which day; null where both are the same. */
  rate: z.string().nullable(),
  rateDay: z.iso.date().nullable(),
});
export type Working = z.infer<typeof Working>;

/** What money went into. Commissions are none of these: they have their own lines. */
export const COST_KINDS = ['people', 'mdf', 'tools', 'content', 'events', 'discounts', 'other'] as const;
export const CostKind = z.enum(COST_KINDS);
export type CostKind = z.infer<typeof CostKind>;

/** For whom: the whole programme, one partner, or our own sales, with which the programme is compared. */
export const COST_SCOPES = ['programme', 'partner', 'direct'] as const;
export const CostScope = z.enum(COST_SCOPES);
export type CostScope = z.infer<typeof CostScope>;

/** What a cost says beside its sum. `hours`: in hundredths, of people's work; null for a plain sum. */
export const CostDetail = z.object({ kind: CostKind, scope: CostScope, hours: z.number().int().positive().nullable() });
export type CostDetail = z.infer<typeof CostDetail>;

/** One thing that happened to money, for good: corrections are further transactions. Its postings add up to nothing in each currency. */
export const Transaction = z
  .object({
    workspaceId: z.string(),
    /** What it comes from, such as `deal:ID:won`: the same source is recorded once. */
    source: z.string().min(1).max(200),
    kind: TransactionKind,
    /** When it happened. */
    at: z.date(),
    /** That day where the workspace is, `2027-03-31`. */
    day: z.iso.date(),
    recordedAt: z.date(),
    /** A Slack user id, or what runs by itself: `crm`, `system`. */
    by: z.string(),
    evidence: Evidence,
    /** The source of the transaction that this one takes back, or of which it refunds a part. */
    of: z.string().nullable(),
    /** The sale it belongs to; null for costs and payouts. */
    saleId: z.string().nullable(),
    /** Empty where none was named. */
    product: z.string(),
    /** What it is worth in the workspace's own currency, by the rate of `rateDay`, frozen; null while no rate is known. */
    own: z.object({ minor: z.number().int(), currency: z.string(), rate: z.string(), rateDay: z.iso.date() }).nullable(),
    /** Of a commission: until when it may still be taken back without a clawback; null for all else. */
    holdUntil: z.date().nullable(),
    /** Of a commission; null for all else. */
    working: Working.nullable(),
    /** Of a cost, and of what takes one back; absent for all else. */
    cost: CostDetail.optional(),
    postings: z.array(Posting).min(2),
  })
  .refine(isBalanced, { path: ['postings'], message: 'must add up to nothing in each currency' });
export type Transaction = z.infer<typeof Transaction>;

/** Whether the postings add up to nothing, currency by currency. */
export function isBalanced({ postings }: { postings: readonly Pick<Posting, 'minor' | 'currency'>[] }): boolean {
  const sums = new Map<string, number>();
  for (const { minor, currency } of postings) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [...sums.values()].every((sum) => sum === 0);
}

/** Two postings that move a sum: it is added to one account and taken from another. */
export function moved(
  { minor, currency }: { minor: number; currency: string },
  { to, from, partnerId = null }: { to: Account; from: Account; partnerId?: string | null },
): Posting[] {
  return [
    { account: to, partnerId, minor, currency },
    { account: from, partnerId, minor: -minor || 0, currency },
  ];
}
