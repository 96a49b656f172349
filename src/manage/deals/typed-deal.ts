import { z } from 'zod';
import { readMoney } from '../../platform/money.ts';
import { isFreeMail, registrableDomain } from '../../programme/companies/domain-name.ts';
import { Country } from '../../recruit/policy/countries.ts';

/** What the form asks, in its order. */
export const DEAL_FIELDS = ['company', 'website', 'country', 'value', 'closeOn', 'note'] as const;
/** As somebody typed it, finished or not. */
export const TypedDeal = z.partialRecord(z.enum(DEAL_FIELDS), z.string());
export type TypedDeal = z.infer<typeof TypedDeal>;

const domain = z
  .string('Give the customer’s website')
  .trim()
  .transform((typed, context) => {
    const found = registrableDomain(typed.replace(/^[^\s/@:]+@/, ''));
    const wrong =
      'problem' in found
        ? 'Give the customer’s website, such as example.com, or an e-mail address of theirs'
        : isFreeMail(found.domain) && 'Anybody can have a mailbox there: give the customer’s own website';
    if (!wrong && 'domain' in found) return found.domain;
    context.addIssue({ code: 'custom', message: wrong || 'Give the customer’s website' });
    return z.NEVER;
  });

const value = z.string('Give the value you expect').transform((typed, context) => {
  const money = readMoney(typed);
  if (money) return money;
  context.addIssue({ code: 'custom', message: 'Give a number and its currency, such as 12,000 EUR' });
  return z.NEVER;
});

/** The latest day that a deal may name. */
const LATEST_YEARS = 10;

/** What a form must hold to be submitted, with a message for each field. `at` is now, UTC. */
export function newDeal(at: Date) {
  // It is yesterday somewhere still.
  const earliest = new Date(at.getTime() - 86_400_000).toISOString().slice(0, 10);
  const latest = `${at.getUTCFullYear() + LATEST_YEARS}-12-31`;
  return z.object({
    company: z.string('Name the customer').trim().min(2, 'Name the customer’s company').max(200, 'Shorten the name'),
    website: domain,
    country: Country,
    value,
    closeOn: z.iso
      .date('Choose the day on which you expect to close it')
      .refine((day) => day >= earliest, 'That day is over: choose one from today on')
      .refine((day) => day <= latest, `Choose a day in the next ${LATEST_YEARS} years`),
    note: z.string().trim().max(1000, 'Shorten the note').default(''),
  });
}
export type NewDeal = z.infer<ReturnType<typeof newDeal>>;
