import { z } from 'zod';
import { CRM_SOURCES } from './crm-record.ts';

/** What we write of a deal into the CRM. */
export const PUSHED_FIELDS = ['name', 'amount', 'currency', 'closeOn', 'partnerName', 'dealId', 'protectedUntil'] as const;
export type PushedField = (typeof PUSHED_FIELDS)[number];
/** As texts: an amount with a point and no zeros behind it, days as `2027-03-31`; empty for none. */
export type PushedFields = Partial<Record<PushedField, string>>;

/** Why the CRM did not take a deal: fields that it demands or does not know, or a record that is gone. */
export const PUSH_PROBLEMS = ['fields', 'refused', 'gone'] as const;

export const Push = z.object({
  dealId: z.string(),
  workspaceId: z.string(),
  source: z.enum(CRM_SOURCES),
  /** Null until the CRM has taken it. */
  opportunityId: z.string().nullable(),
  /** Of the state that was last dealt with; empty before. */
  hash: z.string(),
  written: z.partialRecord(z.enum(PUSHED_FIELDS), z.string()),
  /** What somebody changed in the CRM since we wrote it, and was left as they changed it. */
  conflicts: z.array(z.object({ field: z.enum(PUSHED_FIELDS), ours: z.string(), theirs: z.string() })),
  problem: z.object({ code: z.enum(PUSH_PROBLEMS), fields: z.array(z.string()) }).nullable(),
  at: z.date(),
});
/** What became of one deal in the CRM. */
export type Push = z.infer<typeof Push>;
