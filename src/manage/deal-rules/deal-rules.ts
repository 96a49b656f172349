import { z } from 'zod';
import { PartnerType } from '../../programme/setup/programme.ts';

/** A question of the workspace's own on the form. */
export const FIELD_KINDS = ['text', 'number', 'date', 'select', 'country', 'money'] as const;
export const ExtraField = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(FIELD_KINDS),
  /** Of a `select`. */
  options: z.array(z.string()),
  required: z.boolean(),
  /** Asked of these types of partner; empty for all. */
  types: z.array(PartnerType),
});
export type ExtraField = z.infer<typeof ExtraField>;
/** More is no list that somebody keeps in order. */
export const MOST_FIELDS = 20;

/** What the form itself can ask beside the customer's name and website, in its order. `lines` are products. */
export const OWN_FIELDS = ['country', 'value', 'closeOn', 'lines', 'note'] as const;
export const OwnField = z.enum(OWN_FIELDS);
export type OwnField = z.infer<typeof OwnField>;

/** What a workspace decided about deal registration. Days are whole days of 24 hours unless a name says working days. */
export const DealRules = z.object({
  workspaceId: z.string(),
  /** Where reviews are posted; null: to the partner's owner. */
  channel: z.string().nullable(),
  /** Working days in which a registration should be decided. */
  reviewDays: z.number().int().min(1).max(30),
  /** Days nobody works, `YYYY-MM-DD`. */
  holidays: z.array(z.string()),
  /** Days of protection from approval: by tier where it has one, else by type, else `days`. */
  protection: z.object({
    days: z.number().int(),
    byType: z.partialRecord(PartnerType, z.number().int()),
    byTier: z.record(z.string(), z.number().int()),
  }),
  /** Registrations a partner may have open at once; null for any number. By tier where it has one. */
  openLimit: z.object({ deals: z.number().int().nullable(), byTier: z.record(z.string(), z.number().int()) }),
  /** Countries that sales keep for themselves, ISO 3166-1 alpha-2. */
  territories: z.array(z.string()),
  extraFields: z.array(ExtraField),
  /** Which of the form's own questions are asked, by type; of a type that is not named, `ASKED_BY_DEFAULT`. */
  fields: z.partialRecord(PartnerType, z.array(z.string())),
  rev: z.number().int(),
});
export type DealRules = z.infer<typeof DealRules>;

/** What holds until somebody decides otherwise. Source: the field's published programmes; 90 days from approval, one working day for a review. */
export function defaultRules(workspaceId: string): DealRules {
  return {
    workspaceId,
    channel: null,
    reviewDays: 1,
    holidays: [],
    protection: { days: 90, byType: {}, byTier: {} },
    openLimit: { deals: null, byTier: {} },
    territories: [],
    extraFields: [],
    fields: {},
    rev: 0,
  };
}

/** Days of protection for a partner of these types and this tier: the tier's, else the longest of its types', else the general ones. */
export function protectionDays(
  { protection }: Pick<DealRules, 'protection'>,
  { types, tier }: { types: readonly PartnerType[]; tier: string },
): number {
  const byTier = protection.byTier[tier];
  if (byTier !== undefined) return byTier;
  const byType = types.flatMap((type) => protection.byType[type] ?? []);
  return byType.length > 0 ? Math.max(...byType) : protection.days;
}
