import { z } from 'zod';
import { cleanText, shortenText, withoutLinks } from '../../programme/companies/clean-text.ts';
import { isFreeMail, registrableDomain } from '../../programme/companies/domain-name.ts';
import { COUNTRIES, countryOf } from '../../recruit/policy/countries.ts';
import { placeIn } from '../conflicts/account.ts';

export const CRM_SOURCES = ['csv', 'hubspot', 'salesforce'] as const;
export type CrmSource = (typeof CRM_SOURCES)[number];
/** In the order in which they are read: an opportunity takes its customer's names from the account. */
export const CRM_OBJECTS = ['owners', 'accounts', 'opportunities'] as const;
export type CrmObject = (typeof CRM_OBJECTS)[number];
export const OPPORTUNITY_STATES = ['open', 'won', 'lost'] as const;

const names = z.array(z.string().min(1)).max(20);
const Value = z.object({ minor: z.number().int().nonnegative(), currency: z.string() });

/** A person of ours who owns records in the CRM. */
export const FoundOwner = z.object({
  sourceId: z.string().min(1),
  name: z.string(),
  email: z.string(),
  /** When the CRM changed it, UTC. */
  changedAt: z.date(),
});
export type FoundOwner = z.infer<typeof FoundOwner>;

export const FoundAccount = z.object({
  sourceId: z.string().min(1),
  name: z.string(),
  /** Registrable, without those at which anybody has a mailbox. */
  domains: names,
  aliases: names,
  /** ISO 3166-1 alpha-2; null where the CRM says none, or one that nobody can tell. */
  country: z.string().nullable(),
  city: z.string().nullable(),
  isCustomer: z.boolean(),
  /** Kept for the direct team. */
  isNamed: z.boolean(),
  ownerId: z.string().nullable(),
  lastActivityAt: z.date().nullable(),
  changedAt: z.date(),
});
export type FoundAccount = z.infer<typeof FoundAccount>;

export const FoundOpportunity = z.object({
  sourceId: z.string().min(1),
  accountId: z.string().nullable(),
  /** This and the four behind it are the account's, wherever the account is on file. */
  accountName: z.string(),
  aliases: names,
  domains: names,
  country: z.string().nullable(),
  city: z.string().nullable(),
  name: z.string(),
  /** As the CRM calls it. */
  stage: z.string(),
  state: z.enum(OPPORTUNITY_STATES),
  value: Value.nullable(),
  ownerId: z.string().nullable(),
  createdAt: z.date().nullable(),
  lastActivityAt: z.date().nullable(),
  /** A day, as `2027-03-31`. */
  closeOn: z.string().nullable(),
  closedAt: z.date().nullable(),
  changedAt: z.date(),
});
export type FoundOpportunity = z.infer<typeof FoundOpportunity>;

/** What an adapter gives of each kind. */
export type FoundRecord = { owners: FoundOwner; accounts: FoundAccount; opportunities: FoundOpportunity };

const mirrored = {
  id: z.string(),
  workspaceId: z.string(),
  source: z.enum(CRM_SOURCES),
  /** In the CRM; null while it is there. */
  deletedAt: z.date().nullable(),
};
const keyed = { ...mirrored, keys: z.array(z.string()) };

/** `slackUserId`: whom an admin named; null until then. */
export const CrmOwner = FoundOwner.extend({ ...mirrored, slackUserId: z.string().nullable() });
export type CrmOwner = z.infer<typeof CrmOwner>;

/** `keys`: see `matchKeys`. */
export const CrmAccount = FoundAccount.extend(keyed);
export type CrmAccount = z.infer<typeof CrmAccount>;

export const CrmOpportunity = FoundOpportunity.extend({
  ...keyed,
  /** Our deal, when we pushed it there. */
  partnerDealId: z.string().nullable(),
  /** Since when a change of it waits to be compared with our deals (`meet-opportunities`); null when that is done. */
  meetDue: z.date().nullable().default(null),
  /** Since when a change of it waits to be followed by its sale; null when that is done. */
  measureDue: z.date().nullable().default(null),
});
export type CrmOpportunity = z.infer<typeof CrmOpportunity>;

/** What the mirror stores of a record, beside whose it is: its fields, and what is worked out of them. */
export type MirrorDocument = { sourceId: string; name: string; changedAt: Date; meetDue?: Date; measureDue?: Date } & Record<
  string,
  unknown
>;

const LONGEST = 200;
const MOST_DOMAINS = 10;
/** A CRM may hold a field of megabytes; cleaning all of it would keep everybody else waiting. */
const MOST_READ = 2_000;

function beginningOf(value: string | null | undefined): string {
  return shortenText(value ?? '', MOST_READ).text;
}

/** Text of a CRM on one line, at most 200 characters of its first 2,000, without links and mentions: it is outside text as any other. */
export function crmText(value: string | null | undefined): string {
  return shortenText(withoutLinks(cleanText(beginningOf(value))), LONGEST).text;
}

/** Registrable domains of websites, domains and addresses, each followed by a place of its own such as `health.example.com`; what is none, and free mail, is left out. */
export function crmDomains(...texts: (string | null | undefined)[]): string[] {
  const found = texts
    .flatMap((text) => beginningOf(text).split(/[;,\s]+/))
    .slice(0, MOST_DOMAINS)
    .flatMap((text) => {
      const read = registrableDomain(text.replace(/^[^\s/@:]+@/, ''));
      return 'domain' in read && !isFreeMail(read.domain) ? [read.domain, placeIn(text) ?? read.domain] : [];
    });
  return [...new Set(found)];
}

const CODES = new Set(COUNTRIES.map(({ code }) => code));

/** The ISO code of a code or a name. */
export function crmCountry(...texts: (string | null | undefined)[]): string | null {
  for (const text of texts) {
    const read = cleanText(beginningOf(text));
    const found = CODES.has(read.toUpperCase()) ? read.toUpperCase() : read && countryOf([read]);
    if (found) return found;
  }
  return null;
}

/** A day or a time in ISO 8601; null for anything else: `03/04/2026` is two days. */
export function crmDate(value: string | null | undefined): Date | null {
  const text = (value ?? '').trim();
  if (!/^\d{4}-\d{2}-\d{2}(?:$|[T ])/.test(text)) return null;
  // Salesforce writes its offset without a colon.
  const at = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at.getTime()) ? null : at;
}

/** The day of it, as `2027-03-31`. */
export function crmDay(value: string | null | undefined): string | null {
  return crmDate(value)?.toISOString().slice(0, 10) ?? null;
}
