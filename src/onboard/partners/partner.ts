import { z } from 'zod';
import { PartnerType } from '../../programme/setup/programme.ts';

/** `invited` until somebody of theirs has come, `onboarding` until their first registration, `active` from then on; `quiet` when they have gone
 *  silent, `ended` when the partnership is over. */
export const PARTNER_STATUSES = ['invited', 'onboarding', 'active', 'quiet', 'ended'] as const;
export const PartnerStatus = z.enum(PARTNER_STATUSES);
export type PartnerStatus = z.infer<typeof PartnerStatus>;

export const CONTACT_ROLES = ['sales', 'marketing', 'technical', 'leadership', 'finance', 'other'] as const;
export const ContactRole = z.enum(CONTACT_ROLES);
export type ContactRole = z.infer<typeof ContactRole>;

/** A person of the partner. */
export const PartnerContact = z.object({
  id: z.string(),
  name: z.string(),
  /** As `contactAddress` gives it; empty when unknown. Once in a partner. */
  email: z.string(),
  role: ContactRole,
  /** Who they are in their own Slack workspace; null while nobody knows. */
  slack: z.object({ userId: z.string(), teamId: z.string() }).nullable(),
  /** They work there no more: from then on they see and get nothing. */
  leftAt: z.date().nullable(),
});
export type PartnerContact = z.infer<typeof PartnerContact>;

export const PartnerNote = z.object({ id: z.string(), text: z.string(), by: z.string(), at: z.date() });
export type PartnerNote = z.infer<typeof PartnerNote>;

/** A company that agreed to be a partner of one workspace. */
export const Partner = z.object({
  id: z.string(),
  workspaceId: z.string(),
  name: z.string(),
  /** Registrable domains, the main one first; each belongs to one partner. */
  domains: z.array(z.string()).min(1),
  /** Other names. */
  aliases: z.array(z.string()),
  types: z.array(PartnerType).min(1),
  /** Empty for none. */
  tier: z.string(),
  status: PartnerStatus,
  /** Since when. */
  statusAt: z.date(),
  /** As they were typed; empty when unknown. */
  countries: z.array(z.string()),
  /** Slack user id of the colleague who looks after them. */
  owner: z.string(),
  /** The first who has not left is the main contact. */
  people: z.array(PartnerContact),
  /** Their own Slack workspaces, learned from Slack, never typed; each belongs to one partner. */
  teamIds: z.array(z.string()),
  /** The Slack channel for this partner; null where there is none. */
  channel: z.string().nullable(),
  /** Their main domain's company; what outreach knows of them hangs on it. */
  companyId: z.string(),
  notes: z.array(PartnerNote),
  /** When their first deal was registered. */
  firstRegistrationAt: z.date().nullable(),
  /** Why the partnership ended; empty while it goes on. */
  endedBecause: z.string(),
  createdBy: z.string(),
  createdAt: z.date(),
  /** Rises with every change: the filter of the next one. */
  rev: z.number().int(),
});
export type Partner = z.infer<typeof Partner>;

/** Those of their people who still work there. */
export function presentPeople({ people }: Pick<Partner, 'people'>): PartnerContact[] {
  return people.filter(({ leftAt }) => leftAt === null);
}

/** What two spellings of a name have in common: letters and digits, without case, accents and punctuation; “&” is “and”. */
export function nameKeyOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
