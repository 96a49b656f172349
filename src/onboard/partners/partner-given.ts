import { z } from 'zod';
import { domainOf, isFreeMail } from '../../programme/companies/domain-name.ts';
import { contactAddress } from '../../programme/contacts/contact.ts';
import { CODED, holdsEncodedWord, isOneLine, ONE_LINE } from '../../programme/setup/header-text.ts';
import { PARTNER_TYPES, PartnerType } from '../../programme/setup/programme.ts';
import { ContactRole, nameKeyOf } from './partner.ts';

/** What people say of a partner in forms, as it is typed. */

const LONGEST_NAME = 100;
const MOST_LISTED = 50;

/** One a line; blank lines and doubles go. */
const linesOf = (separator: RegExp) =>
  z
    .string()
    .default('')
    .transform((text) => [...new Set(text.split(separator).map((line) => line.trim()))].filter(Boolean));

const aName = (missing: string) =>
  z.string(missing).trim().min(1, missing).max(LONGEST_NAME, 'Shorten the name').refine(isOneLine, ONE_LINE);
const isNamed = (name: string) => nameKeyOf(name) !== '';

const domains = linesOf(/[\s,;]+/).superRefine((typed, { addIssue }) => {
  if (typed.length === 0) addIssue('Give their web domain, such as example.com');
  if (typed.length > MOST_LISTED) addIssue(`Give at most ${MOST_LISTED} domains`);
  for (const one of typed) {
    const domain = domainOf(one);
    if (!domain) addIssue(`“${one.slice(0, 80)}” is no company’s web domain. Give one such as example.com`);
    else if (isFreeMail(domain)) addIssue(`Anybody can have a mailbox at ${domain}. Give the company’s own domain`);
  }
});
const types = z.array(PartnerType, 'Choose at least one type').min(1, 'Choose at least one type').max(PARTNER_TYPES.length);
const owner = z.string('Choose the colleague who looks after them').min(1, 'Choose the colleague who looks after them');
const countries = linesOf(/[\n,;]+/)
  .refine((typed) => typed.length <= MOST_LISTED, `Name at most ${MOST_LISTED} countries`)
  .refine((typed) => typed.every((one) => one.length <= 60), 'Shorten the names of the countries');

/** A partner to be. */
export const PartnerGiven = z.object({
  name: aName('Name the partner').refine(isNamed, 'Name the partner'),
  domains,
  types,
  owner,
  countries,
});
export type PartnerGiven = z.infer<typeof PartnerGiven>;

/** All that is changed by hand. */
export const PartnerEdit = z.object({
  /** The name, then other names. */
  names: linesOf(/\n+/)
    .refine((typed) => typed[0] !== undefined && isNamed(typed[0]), 'Name the partner')
    .refine((typed) => typed.length <= MOST_LISTED, `Give at most ${MOST_LISTED} names`)
    .refine((typed) => typed.every((one) => one.length <= LONGEST_NAME), `Names have at most ${LONGEST_NAME} characters`),
  /** Absent where they are too many for the form: they stay as they are. */
  domains: domains.optional(),
  types,
  tier: z.string().trim().max(40, 'Shorten the tier').refine(isOneLine, ONE_LINE).default(''),
  countries,
  owner,
});
export type PartnerEdit = z.infer<typeof PartnerEdit>;

/** A person of a partner. Their name and address stand in the heads of mails. */
export const PersonGiven = z.object({
  name: aName('Name the person').refine((name) => !holdsEncodedWord(name), CODED),
  email: z
    .string()
    .default('')
    .transform((typed) => typed.trim())
    .refine((typed) => typed === '' || contactAddress(typed) !== null, 'Give one e-mail address, such as dana@example.com')
    .transform((typed) => contactAddress(typed) ?? ''),
  role: z.enum(ContactRole.options, 'Choose what they do'),
});
export type PersonGiven = z.infer<typeof PersonGiven>;
