import { z } from 'zod';
import { type Deal, DealRole } from '../../manage/deals/deal.ts';

export const SALE_STATES = ['open', 'won', 'lost'] as const;
export const SalePart = z.object({ partnerId: z.string(), role: DealRole });

/** Why a person looks before a referral is paid for. `self-referral`: the customer is one of the partner's own people or domains; `same-domain`: the partner
 *  brought somebody of that domain before; `known-customer`: they were a customer before they came. */
export const FLAGS = ['self-referral', 'same-domain', 'known-customer'] as const;
export type Flag = (typeof FLAGS)[number];

/** How a customer came, and whether that counts. */
export const Referral = z.object({
  partnerId: z.string(),
  by: z.enum(['link', 'coupon']),
  /** The link's code, also of a coupon. */
  code: z.string(),
  /** The coupon; null where none was used. */
  coupon: z.string().nullable(),
  /** Where link and coupon were of two partners: the rule that decided, and the other one. */
  against: z.object({ partnerId: z.string(), rule: z.enum(['coupon', 'last-click']) }).nullable(),
  flags: z.array(z.object({ flag: z.enum(FLAGS), words: z.string() })),
  /** What a person said of it; `flags`: those that they had before them. Null while nobody did. */
  decision: z.object({ counts: z.boolean(), flags: z.array(z.enum(FLAGS)), by: z.string(), at: z.date(), because: z.string() }).nullable(),
  /** Follows from flags and decision: what is undecided is in no payout, what does not count has no partner. */
  state: z.enum(['clear', 'to-decide', 'counts', 'not-counted']),
});
export type Referral = z.infer<typeof Referral>;

/** What follows from flags and from what a person said of them. One flag more than they saw asks again. */
export function referralState({ flags, decision }: Pick<Referral, 'flags' | 'decision'>): Referral['state'] {
  const isSeen = flags.every(({ flag }) => decision?.flags.includes(flag));
  if (decision && isSeen) return decision.counts ? 'counts' : 'not-counted';
  return flags.length > 0 ? 'to-decide' : 'clear';
}

/** What revenue and touches hang on: a registered deal, an opportunity of our own sales, or a customer that a referral link brought. A deal and its opportunity in
 *  the CRM are one sale. */
export const Sale = z.object({
  /** `deal:ID`, `crm:ID` or `customer:ID`, after the record that it is first known by. */
  id: z.string(),
  workspaceId: z.string(),
  /** The customer's name. */
  customer: z.string(),
  /** Their registrable domain; null while nobody knows it. */
  domain: z.string().nullable(),
  dealId: z.string().nullable(),
  /** The id in the CRM's mirror. */
  opportunityId: z.string().nullable(),
  state: z.enum(SALE_STATES),
  /** When our sales first had it: the opportunity's creation, else the registration. Windows are counted from here. */
  createdAt: z.date(),
  /** When it was won or lost; null while it is open. */
  closedAt: z.date().nullable(),
  /** Who has a part in it, and which: by these roles commissions are earned. */
  partners: z.array(SalePart),
  /** Of a customer that a link or a coupon brought; absent for all else. */
  referral: Referral.optional(),
  /** Rises with every change: the filter of the next one. */
  rev: z.number().int(),
});
export type Sale = z.infer<typeof Sale>;

/** The opportunity of our own sales that a deal was approved in spite of: both are one sale, until somebody says that it is another. */
export function metSale({ check, sales }: Pick<Deal, 'check' | 'sales'>): string | null {
  const met = check?.code === 'conflict-direct' && check.against?.kind === 'opportunity' ? check.against.id : null;
  return sales.some(({ id, answer }) => id === met && answer === 'other') ? null : met;
}

/** The sale that a deal is. */
export function saleIdOf(deal: Pick<Deal, 'id' | 'check' | 'sales'>): string {
  const met = metSale(deal);
  return met ? `crm:${met}` : `deal:${deal.id}`;
}
