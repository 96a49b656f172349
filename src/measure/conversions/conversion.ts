import { createHash } from 'node:crypto';
import { z } from 'zod';
import { isCurrency } from '../../platform/money.ts';
import { domainOf, isFreeMail } from '../../programme/companies/domain-name.ts';
import { contactAddress } from '../../programme/contacts/contact.ts';

/** What whoever sells tells of a customer: `lead` signed up, `sale` was invoiced, `payment` says that an invoice was paid later, `refund` that
 *  money went back. `reference` is another name of a sale, by which refunds may call it. */
export const CONVERSION_KINDS = ['lead', 'sale', 'payment', 'refund', 'reference'] as const;

/** `waiting` until its sale is known; `counted`; `not-ours`: the customer came by no partner, and it is forgotten soon; `lost`: the sale of
 *  a partner's customer never came; `refused`: it cannot be, such as a refund larger than the sale; `put-aside`: a person looked at one of these two. */
export const CONVERSION_STATES = ['waiting', 'counted', 'not-ours', 'lost', 'refused', 'put-aside'] as const;

const maybe = z.string().nullable();

export const Conversion = z.object({
  workspaceId: z.string(),
  /** As the sender names it, with `stripe:` before Stripe's: told twice, it counts once. */
  id: z.string().min(1).max(110),
  kind: z.enum(CONVERSION_KINDS),
  at: z.date(),
  /** The sender's own id of the customer; null where only the sale is named. */
  customer: maybe,
  /** The click that the sender kept, and the coupon in upper case. */
  click: maybe,
  coupon: maybe,
  /** The link that the click led to, and when they followed it: kept once it is known, as clicks are let go of. */
  clicked: z.object({ code: z.string(), at: z.date() }).nullable().default(null),
  /** The code of the link that the coupon was bound to when it was first looked up: it may be bound to another later. */
  boundTo: maybe.default(null),
  /** Their company's name, where the sender gives one. */
  company: z.string(),
  /** Their registrable domain; null where it is a mailbox that anybody can have. */
  domain: maybe,
  /** `emailHashOf` their address. */
  emailHash: maybe,
  product: z.string(),
  /** Of sales and refunds; of payments, all of the sale was paid. */
  money: z.object({ minor: z.number().int().positive(), currency: z.string().refine(isCurrency) }).nullable(),
  /** Whether a sale was paid with it. */
  isPaid: z.boolean(),
  /** Of a sale, all names by which payments and refunds may call it; of those, the names that they call it by. */
  refs: z.array(z.string()),
  receivedAt: z.date(),
  state: z.enum(CONVERSION_STATES),
  /** When it is tried next; null when that is over. */
  due: z.date().nullable(),
});
export type Conversion = z.infer<typeof Conversion>;

/** As a sender tells it. */
export type Told = Omit<Conversion, 'workspaceId' | 'receivedAt' | 'state' | 'due'>;

/** What all but a few conversions say nothing of. */
export const UNSAID = {
  ...{
    customer: null,
    click: null,
    coupon: null,
    clicked: null,
    boundTo: null,
    company: '',
    domain: null,
    emailHash: null,
    product: '',
    money: null,
    isPaid: false,
    refs: [],
  },
} satisfies Partial<Told>;

/** Enough to tell whether two addresses are one, and no address. */
export function emailHashOf(email: string): string | null {
  const address = contactAddress(email);
  return address ? createHash('sha256').update(address.toLowerCase()).digest('base64url') : null;
}

/** Whose mailbox it is, as far as a company's domain tells. */
export function domainOfEmail(email: string): string | null {
  const domain = domainOf(email.split('@').at(-1) ?? '');
  return domain && !isFreeMail(domain) ? domain : null;
}

/** The sale in the books of a customer. */
export const saleIdOf = (customer: string) => `customer:${customer}`;

/** The source of one stage of a sale's money in the ledger, and of what a refund takes back of it. */
export const sourceOf = (id: string, stage: string) => `conversion:${id}:${stage}`;
