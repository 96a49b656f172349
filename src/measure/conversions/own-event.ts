import { z } from 'zod';
import { isCurrency } from '../../platform/money.ts';
import { domainOf, isFreeMail } from '../../programme/companies/domain-name.ts';
import { CouponCode } from '../links/link.ts';
import { domainOfEmail, emailHashOf, type Told, UNSAID } from './conversion.ts';

const Id = z.string().trim().min(1).max(100);
/** Names of customers are kept for as long as the ledger: no address may be one. */
const CustomerId = Id.refine((id) => !id.includes('@'), 'is an id of yours, not an e-mail address');
const At = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();
const Money = {
  amount: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  currency: z.string().toUpperCase().refine(isCurrency, 'is no currency of ISO 4217'),
};
const WhoCame = {
  ...{ id: Id, at: At, customer: CustomerId, click: z.string().max(60).optional(), coupon: CouponCode.optional() },
  ...{ email: z.string().max(320).optional(), domain: z.string().max(253).optional(), company: z.string().trim().max(200).optional() },
};

/** What whoever sells sends us. Amounts are in the currency's smallest unit; `of` is the id of the sale. */
export const OwnEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('lead'), ...WhoCame }),
  z.object({
    type: z.literal('sale'),
    ...WhoCame,
    ...Money,
    product: z.string().trim().max(100).optional(),
    paid: z.boolean().default(true),
  }),
  z.object({ type: z.literal('payment'), id: Id, at: At, of: Id }),
  z.object({ type: z.literal('refund'), id: Id, at: At, of: Id, customer: CustomerId.optional(), ...Money }),
]);
export type OwnEvent = z.infer<typeof OwnEvent>;

/** As it is kept. `now` is when it happened where the sender does not say. */
export function readOwnEvent(event: OwnEvent, now: Date): Told {
  const base = { ...UNSAID, id: event.id, kind: event.type, at: event.at && event.at < now ? event.at : now };
  if (event.type === 'payment') return { ...base, refs: [event.of] };
  if (event.type === 'refund') {
    const money = { minor: event.amount, currency: event.currency };
    return { ...base, customer: event.customer ?? null, refs: [event.of], money };
  }
  const { customer, click, coupon, email = '', company = '' } = event;
  const domain = domainOf(event.domain ?? '');
  const whose = {
    ...{ customer, click: click || null, coupon: coupon || null, company, emailHash: emailHashOf(email) },
    domain: domain && !isFreeMail(domain) ? domain : domainOfEmail(email),
  };
  if (event.type === 'lead') return { ...base, ...whose };
  const { amount: minor, currency, product = '', paid: isPaid } = event;
  return { ...base, ...whose, product, money: { minor, currency }, isPaid, refs: [event.id] };
}
