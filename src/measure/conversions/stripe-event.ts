import { z } from 'zod';
import { isCurrency, minorDigits } from '../../platform/money.ts';
import { domainOfEmail, emailHashOf, type Told, UNSAID } from './conversion.ts';

/** Stripe counts these in other units than banks do, by digits behind the point. Source: docs.stripe.com/currencies, "Special cases". */
const STRIPE_DIGITS: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

const text = z.string().max(300).nullish();
/** An id, or the whole thing where the sender had it expanded. */
const Id = z
  .union([z.string().max(300), z.object({ id: z.string().max(300) }).transform(({ id }) => id)])
  .nullish()
  .transform((id) => id ?? null);
const metadata = z.record(z.string(), z.string()).nullish().catch(null);
const common = { id: z.string().max(100), customer: Id, currency: z.string().nullish(), metadata };
const discounts = z
  .array(z.object({ promotion_code: Id, coupon: Id }).catch({ promotion_code: null, coupon: null }))
  .nullish()
  .catch(null);
const amount = z.number().int().nullish();

const Session = z.object({
  ...common,
  ...{
    client_reference_id: text,
    amount_total: amount,
    payment_status: text,
    payment_intent: Id,
    invoice: Id,
    discounts,
  },
  customer_details: z.object({ email: text }).nullish(),
});
const Invoice = z.object({
  ...common,
  ...{ amount_paid: amount, customer_email: text, charge: Id, payment_intent: Id, discounts },
  subscription_details: z.object({ metadata }).nullish(),
  parent: z.object({ subscription_details: z.object({ metadata }).nullish() }).nullish(),
});
const Charge = z.object({ ...common, amount_refunded: amount, payment_intent: Id, invoice: Id });
const InvoicePayment = z.object({ id: z.string().max(100), invoice: Id, payment: z.object({ payment_intent: Id, charge: Id }).nullish() });

export const STRIPE_TYPES: ReadonlySet<string> = new Set([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'invoice.paid',
  'invoice_payment.paid',
  'charge.refunded',
]);

/** The events of Stripe that are read; of each only what is needed. */
export const StripeEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['checkout.session.completed', 'checkout.session.async_payment_succeeded']),
    created: z.number(),
    data: z.object({ object: Session }),
  }),
  z.object({ type: z.literal('invoice.paid'), created: z.number(), data: z.object({ object: Invoice }) }),
  z.object({ type: z.literal('invoice_payment.paid'), created: z.number(), data: z.object({ object: InvoicePayment }) }),
  z.object({
    type: z.literal('charge.refunded'),
    created: z.number(),
    data: z.object({ object: Charge, previous_attributes: z.object({ amount_refunded: amount }).nullish() }),
  }),
]);
export type StripeEvent = z.infer<typeof StripeEvent>;

/** As it is kept; nothing of what we do not count. An invoice and the checkout that made it are one sale, and the checkout tells who came. */
export function readStripeEvent(event: StripeEvent): Told[] {
  const at = new Date(event.created * 1000);
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
      return readSession(event.data.object, at);
    case 'invoice.paid':
      return readInvoice(event.data.object, at);
    case 'invoice_payment.paid': {
      const { id, invoice, payment } = event.data.object;
      const refs = refsOf(invoice, payment?.payment_intent, payment?.charge);
      return refs.length > 1 ? [{ ...UNSAID, id: `stripe:${id}`, kind: 'reference', at, refs }] : [];
    }
    case 'charge.refunded': {
      const { id, customer, currency, amount_refunded: total, payment_intent, invoice } = event.data.object;
      // The charge says what was refunded until now; what it was before is this refund's difference.
      const money = moneyOf((total ?? 0) - (event.data.previous_attributes?.amount_refunded ?? 0), currency);
      const refs = refsOf(id, payment_intent, invoice);
      return money ? [{ ...UNSAID, id: `stripe:${id}:refunded:${total}`, kind: 'refund', at, customer: named(customer), refs, money }] : [];
    }
  }
}

function readSession(session: z.infer<typeof Session>, at: Date): Told[] {
  const { id, customer, client_reference_id, amount_total, currency, payment_status, payment_intent, invoice, metadata: said } = session;
  const email = session.customer_details?.email ?? '';
  const [discount] = session.discounts ?? [];
  // The reference is often the shop's own.
  const who = {
    ...{ at, customer: named(customer) ?? `stripe:${id}`, click: said?.via ?? client_reference_id ?? null },
    coupon: (said?.coupon ?? discount?.promotion_code ?? discount?.coupon)?.toUpperCase() ?? null,
    ...{ emailHash: emailHashOf(email), domain: domainOfEmail(email), product: said?.product ?? '' },
  };
  const money = payment_status === 'paid' ? moneyOf(amount_total ?? 0, currency) : null;
  const refs = refsOf(invoice, payment_intent, id);
  const lead: Told = { ...UNSAID, ...who, id: `stripe:${id}`, kind: 'lead', refs };
  return money
    ? [lead, { ...UNSAID, ...who, id: `stripe:${refs[0] === id ? `${id}:sale` : refs[0]}`, kind: 'sale', money, isPaid: true, refs }]
    : [lead];
}

function readInvoice(invoice: z.infer<typeof Invoice>, at: Date): Told[] {
  const { id, customer, amount_paid, currency, customer_email, charge, payment_intent } = invoice;
  const money = moneyOf(amount_paid ?? 0, currency);
  const whose = named(customer);
  if (!money || !whose) return [];
  const said = { ...invoice.parent?.subscription_details?.metadata, ...invoice.subscription_details?.metadata, ...invoice.metadata };
  const email = customer_email ?? '';
  const who = {
    ...{ customer: whose, click: said.via ?? null, coupon: said.coupon?.toUpperCase() ?? null, product: said.product ?? '' },
    ...{ emailHash: emailHashOf(email), domain: domainOfEmail(email) },
  };
  return [{ ...UNSAID, ...who, id: `stripe:${id}`, kind: 'sale', at, money, isPaid: true, refs: refsOf(id, charge, payment_intent) }];
}

const named = (customer: string | null) => (customer ? `stripe:${customer}` : null);
const refsOf = (...ids: (string | null | undefined)[]) => [...new Set(ids.filter((id): id is string => Boolean(id)))];

function moneyOf(stripeMinor: number, currency: string | null | undefined): Told['money'] {
  const code = (currency ?? '').toUpperCase();
  if (stripeMinor <= 0 || !isCurrency(code)) return null;
  const minor = stripeMinor * 10 ** (minorDigits(code) - (STRIPE_DIGITS[code] ?? minorDigits(code)));
  return Number.isSafeInteger(minor) ? { minor, currency: code } : null;
}
