import { z } from 'zod';
import { isCurrency } from '../../platform/money.ts';
import { seal, unseal } from '../../platform/seal.ts';

export const PAYMENT_METHODS = ['bank', 'paypal', 'other'] as const;
export const PaymentMethod = z.enum(PAYMENT_METHODS);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

/** One way of paying a partner, as somebody entered it. */
export const PaymentEntry = z.object({
  id: z.string(),
  currency: z.string(),
  method: PaymentMethod,
  /** Where the money goes, by `seal`, bound to this entry's id. */
  sealed: z.string(),
  /** The partner's own person, or one of the team. */
  side: z.enum(['partner', 'team']),
  by: z.string(),
  byName: z.string(),
  /** Who of the team may not confirm it: whoever gave the address, or sent the link, by which it came. */
  notBy: z.array(z.string()).default([]),
  at: z.date(),
  confirmedBy: z.string().nullable(),
  confirmedAt: z.date().nullable(),
});
export type PaymentEntry = z.infer<typeof PaymentEntry>;

/** How a partner is paid. What is entered pays nobody before a second person of the team has confirmed it. */
export const PaymentDetails = z.object({
  workspaceId: z.string(),
  partnerId: z.string(),
  current: PaymentEntry.nullable(),
  pending: PaymentEntry.nullable(),
  /** The last entry that was turned down. */
  turnedDown: z.object({ id: z.string(), by: z.string(), at: z.date() }).nullable(),
});
export type PaymentDetails = z.infer<typeof PaymentDetails>;

const METHOD_WRONG = 'Choose how you want to be paid';

/** As it is typed. The check digits of an IBAN are looked at. Source: ISO 13616-1, annex B. */
export const NewPayment = z
  .object({
    currency: z
      .string('Give the currency, such as EUR')
      .trim()
      .toUpperCase()
      .refine(isCurrency, 'Give the three letters of the currency, such as EUR or USD'),
    method: z.enum(PAYMENT_METHODS, METHOD_WRONG),
    reference: z.string('Say where the money goes').trim().min(4, 'Say where the money goes').max(300, 'Shorten it'),
  })
  .refine(({ method, reference }) => method !== 'bank' || !isWrongIban(reference), {
    path: ['reference'],
    message: 'This looks like an IBAN, and its check digits do not agree: look for a mistyped character',
  });
export type NewPayment = z.infer<typeof NewPayment>;

function isWrongIban(reference: string): boolean {
  const iban = reference.replace(/\s/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) return false;
  const turned = `${iban.slice(4)}${iban.slice(0, 4)}`;
  const digits = [...turned].map((one) => Number.parseInt(one, 36)).join('');
  return BigInt(digits) % 97n !== 1n;
}

export function sealReference(reference: string, entryId: string, key: string): string {
  return seal(reference, key, entryId);
}

/** The last four characters alone, for people to tell it by; null when no key opens it. */
export function maskedReference({ id, sealed }: Pick<PaymentEntry, 'id' | 'sealed'>, keys: readonly string[]): string | null {
  try {
    const reference = unseal(sealed, keys, id).replace(/\s/g, '');
    return `•••• ${reference.slice(reference.length > 8 ? -4 : -2)}`;
  } catch {
    return null;
  }
}

/** Sealed anew with the first key; null when that is what sealed it. Throws when no key opens it. */
export function resealed({ id, sealed }: Pick<PaymentEntry, 'id' | 'sealed'>, keys: readonly string[]): string | null {
  const [key = ''] = keys;
  try {
    unseal(sealed, [key], id);
    return null;
  } catch {
    return seal(unseal(sealed, keys, id), key, id);
  }
}
