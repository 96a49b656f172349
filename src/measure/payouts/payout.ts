import { z } from 'zod';
import { isCurrency } from '../../platform/money.ts';
import { sumOf } from '../commissions/exact.ts';

/** A `draft` waits for its approvals; `approved` for somebody to pay it, elsewhere: the product moves no money. What is taken back is over for good, and its lines are
 *  free for another. */
export const PAYOUT_STATUSES = ['draft', 'approved', 'paid', 'taken-back'] as const;
export const PayoutStatus = z.enum(PAYOUT_STATUSES);
export type PayoutStatus = z.infer<typeof PayoutStatus>;

const minor = z.number().int();

/** A commission or what was taken back of one, by its source in the ledger. */
export const PayoutLine = z.object({
  source: z.string(),
  day: z.iso.date(),
  saleId: z.string().nullable(),
  product: z.string(),
  minor,
  /** Whether it was carried over from the payout before. */
  carried: z.boolean(),
});
export type PayoutLine = z.infer<typeof PayoutLine>;

/** What a partner gets. Of one that gets nothing this time, `payoutMinor` is 0 and its lines stay free: they are what the next payout carries in. */
export const Statement = z.object({
  partnerId: z.string(),
  /** The confirmed payment details that it was worked out for. */
  entryId: z.string(),
  lines: z.array(PayoutLine),
  carriedInMinor: minor,
  leastMinor: minor,
  netMinor: minor,
  payoutMinor: minor,
  carriedOutMinor: minor,
});
export type Statement = z.infer<typeof Statement>;

/** Why lines are in no statement: still held, a person has to look at the sale, the sale is not worked out yet, no confirmed payment details or ones for another currency, no such partner any more, too many lines for one
 *  payout. */
export const LEFT_OUT = ['on-hold', 'to-decide', 'not-worked-out', 'no-details', 'other-currency', 'partner-gone', 'no-room'] as const;
export const LeftOut = z.object({
  partnerId: z.string(),
  why: z.enum(LEFT_OUT),
  count: z.number().int(),
  minor,
  /** When the first hold ends; null for other reasons. */
  until: z.date().nullable(),
});
export type LeftOut = z.infer<typeof LeftOut>;

export const Payout = z.object({
  id: z.string(),
  workspaceId: z.string(),
  currency: z.string().refine(isCurrency),
  status: PayoutStatus,
  statements: z.array(Statement),
  leftOut: z.array(LeftOut),
  by: z.string(),
  at: z.date(),
  /** How many different people approve it, by its sum and the rules of then. */
  needs: z.number().int().min(1).max(2),
  /** The sum above which two approve it, as it was then, and, where it is more than that sum was before, who had raised it: whoever did approves it only together
   *  with somebody else. */
  limit: z
    .object({ minor, currency: z.string(), raisedBy: z.string().nullable(), alsoRaisedBy: z.array(z.string()).default([]) })
    .nullable()
    .default(null),
  approvals: z.array(z.object({ by: z.string(), at: z.date() })),
  /** The bank's or the accounts' name of the payment; empty until it is paid. */
  reference: z.string(),
  /** Who was last given the files that a bank pays by, so that nobody pays them a second time; null while nobody was. */
  handedOut: z.object({ by: z.string(), at: z.date() }).nullable().default(null),
  paid: z.object({ by: z.string(), at: z.date() }).nullable(),
  takenBack: z.object({ by: z.string(), at: z.date(), because: z.string() }).nullable(),
  /** Since when the ledger, the lines or the partners wait for what was decided; null when all is done. */
  due: z.date().nullable(),
  rev: z.number().int(),
});
export type Payout = z.infer<typeof Payout>;

/** Whether those who approved it are enough. */
export function isApproved({ approvals, needs, limit }: Pick<Payout, 'approvals' | 'needs' | 'limit'>): boolean {
  const raisers = [limit?.raisedBy, ...(limit?.alsoRaisedBy ?? [])];
  return approvals.length >= needs && (approvals.length > 1 || approvals.some(({ by }) => !raisers.includes(by)));
}

/** Of those who get something. */
export function paidStatements({ statements }: Pick<Payout, 'statements'>): Statement[] {
  return statements.filter(({ payoutMinor }) => payoutMinor > 0);
}

/** What all partners get together. */
export function totalOf(payout: Pick<Payout, 'statements'>): number {
  return sumOf(paidStatements(payout).map(({ payoutMinor }) => payoutMinor));
}

/** The source in the ledger of what a partner was paid. */
export const paidSource = (payoutId: string, partnerId: string) => `payout:${payoutId}:${partnerId}`;
