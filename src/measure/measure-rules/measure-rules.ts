import { z } from 'zod';
import { DEAL_ROLES } from '../../manage/deals/deal.ts';
import { isCurrency } from '../../platform/money.ts';

/** What a workspace decided about how partners' part is measured. Days are of 24 hours. */
export const MeasureRules = z.object({
  workspaceId: z.string(),
  /** In which figures are told, ISO 4217. */
  currency: z.string().refine(isCurrency),
  /** The month in which the year of accounts begins, 1–12. */
  fiscalYearStart: z.number().int().min(1).max(12),
  /** Days after an opportunity was created in which a partner can still claim to have sourced it. */
  claimDays: z.number().int().min(0).max(90),
  /** Days before our sales first had it in which a touch still counts; while it is open every touch does. */
  lookBackDays: z.number().int().min(1).max(1095),
  /** Days in which a touch's weight halves, in the model `decay`. */
  halfLifeDays: z.number().int().min(1).max(365),
  /** What each role weighs in the model `roles`. */
  roleWeights: z.record(z.enum(DEAL_ROLES), z.number().int().min(0).max(100)),
  /** What all partners together earn of a sale at most, in basis points of it; null for no such cap. */
  totalCapBp: z.number().int().min(1).max(10_000).nullable().default(null),
  /** Payouts of more than this, in `currency`, are approved by two different people; of less by one. */
  secondApprovalMinor: z.number().int().min(0).default(100_000),
  /** Who raised that sum last, who did before, and from what the first of them did; null when nobody did, or it is as low again. */
  limitRaised: z
    .object({ by: z.string(), at: z.date(), fromMinor: z.number().int(), alsoBy: z.array(z.string()).default([]) })
    .nullable()
    .default(null),
  /** What an hour of our people costs, in `currency`, where nobody says it with the hours; null for no such rate. */
  hourMinor: z.number().int().positive().nullable().default(null),
  /** Whether the team channel reads each Monday, and after each quarter, what partners brought in. */
  weeklySummary: z.boolean().default(true),
  quarterlySummary: z.boolean().default(true),
  rev: z.number().int(),
});
export type MeasureRules = z.infer<typeof MeasureRules>;

/** Everybody who raised the sum above which two people approve, as far as it still stands. */
export function whoRaised(raised: MeasureRules['limitRaised']): string[] {
  return raised ? [raised.by, ...raised.alsoBy] : [];
}

/** What holds until somebody decides otherwise. Source: the field's written definitions; claims lock 14 days after the opportunity is created. */
export function defaultMeasureRules(workspaceId: string): MeasureRules {
  return {
    workspaceId,
    currency: 'EUR',
    fiscalYearStart: 1,
    claimDays: 14,
    lookBackDays: 90,
    halfLifeDays: 30,
    roleWeights: { source: 40, refer: 20, influence: 10, resell: 40, implement: 20, service: 10 },
    totalCapBp: null,
    secondApprovalMinor: 100_000,
    limitRaised: null,
    hourMinor: null,
    ...{ weeklySummary: true, quarterlySummary: true },
    rev: 0,
  };
}
