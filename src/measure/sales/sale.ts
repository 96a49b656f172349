import { z } from 'zod';
import { type Deal, DealRole } from '../../manage/deals/deal.ts';

export const SALE_STATES = ['open', 'won', 'lost'] as const;
export const SalePart = z.object({ partnerId: z.string(), role: DealRole });

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
