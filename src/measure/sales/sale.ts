import { z } from 'zod';

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
  state: z.enum(['open', 'won', 'lost']),
  /** When our sales first had it: the opportunity's creation, else the registration. Windows are counted from here. */
  createdAt: z.date(),
  /** When it was won or lost; null while it is open. */
  closedAt: z.date().nullable(),
  /** Rises with every change: the filter of the next one. */
  rev: z.number().int(),
});
export type Sale = z.infer<typeof Sale>;
