import { addMonths, format, startOfMonth, subMonths } from 'date-fns';
import { z } from 'zod';
import { DEAL_ROLES, type DealRole } from '../../manage/deals/deal.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { isCurrency } from '../../platform/money.ts';
import { percentOf, WHOLE_BP } from './exact.ts';

export const PERIODS = ['month', 'quarter', 'year'] as const;
export const Period = z.enum(PERIODS);
export type Period = z.infer<typeof Period>;

/** What a commission is a part of: the stage of revenue that counts. */
export const BASES = ['booked', 'invoiced', 'collected'] as const;

const minor = z.number().int().min(0);
const rateBp = z.number().int().min(0).max(WHOLE_BP);
const day = z.iso.date();

/** For whom a plan is: everybody, or those `names` name: types, tiers, or ids of partners. The closest one wins: a partner's own before its tier's, its
 *  tier's before its type's. */
export const Audience = z.object({ kind: z.enum(['everybody', 'types', 'tiers', 'partners']), names: z.array(z.string()) });
export type Audience = z.infer<typeof Audience>;

export const Pay = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), rateBp }),
  z.object({ kind: z.literal('flat'), minor }),
  z.object({
    kind: z.literal('tiered'),
    /** In which the volume is counted. */
    per: Period,
    /** Whether the tier reached holds for all of the period, else each part of the volume has its own tier's rate. */
    whole: z.boolean(),
    tiers: z
      .array(z.object({ fromMinor: minor, rateBp }))
      .min(1)
      .max(20),
  }),
]);
export type Pay = z.infer<typeof Pay>;

/** By what rules partners earn. All sums are in `currency`, in which it is paid too. */
export const PlanTerms = z.object({
  name: z.string().min(1).max(80),
  audience: Audience,
  base: z.enum(BASES),
  pay: Pay,
  /** Of these products another rate holds, whatever `pay` says. */
  products: z.array(z.object({ product: z.string(), rateBp })),
  /** For how long a customer earns, counted from the first revenue: 0 for that day only, null without end. */
  months: z.number().int().min(0).max(120).nullable(),
  /** Sales whose revenue of a day is less earn nothing. */
  leastSaleMinor: minor,
  capDealMinor: minor.nullable(),
  capPeriod: z.object({ per: Period, minor }).nullable(),
  /** Of the commission, by role: 10000 for all of it. */
  shares: z.record(z.enum(DEAL_ROLES), rateBp),
  holdDays: z.number().int().min(0).max(365),
  leastPayoutMinor: minor,
  currency: z.string().refine(isCurrency),
  /** It is for revenue of these days; null without end. */
  startsOn: day,
  endsOn: day.nullable(),
});
export type PlanTerms = z.infer<typeof PlanTerms>;

/** One version of a plan, which never changes: another save is another version. */
export const Plan = PlanTerms.extend({
  workspaceId: z.string(),
  planId: z.string(),
  version: z.number().int().min(1),
  by: z.string(),
  at: z.date(),
});
export type Plan = z.infer<typeof Plan>;

/** What whoever brings or closes a sale gets, unless somebody decides otherwise; who only helps gets none. */
export const DEFAULT_SHARES: Record<DealRole, number> = {
  ...{ source: WHOLE_BP, refer: WHOLE_BP, resell: WHOLE_BP },
  ...{ influence: 0, implement: 0, service: 0 },
};

export type Whom = Pick<Partner, 'types' | 'tier'> & {
  /** Its own, and those of records that were merged into it. */ ids: readonly string[];
};

/** The version of the closest plan that holds for a partner on a day; of two as close the one that began later. Null when nothing is earned. */
export function planFor(versions: readonly Plan[], whom: Whom, on: string): Plan | null {
  const inForce = new Map<string, Plan>();
  for (const plan of versions) {
    const known = inForce.get(plan.planId);
    if (plan.startsOn <= on && plan.version > (known?.version ?? 0)) inForce.set(plan.planId, plan);
  }
  const [closest = null] = [...inForce.values()]
    .filter((plan) => (plan.endsOn === null || on <= plan.endsOn) && isFor(plan.audience, whom))
    .sort((a, b) => closeness(b) - closeness(a) || b.startsOn.localeCompare(a.startsOn) || a.planId.localeCompare(b.planId));
  return closest;
}

const closeness = ({ audience: { kind } }: Plan) => ['everybody', 'types', 'tiers', 'partners'].indexOf(kind);

function isFor({ kind, names }: Audience, { ids, types, tier }: Whom): boolean {
  switch (kind) {
    case 'everybody':
      return true;
    case 'types':
      return types.some((type) => names.includes(type));
    case 'tiers':
      return tier !== '' && names.some((name) => name.toLowerCase() === tier.toLowerCase());
    case 'partners':
      return ids.some((id) => names.includes(id));
  }
}

/** The most that one partner can earn of a sale, in basis points of it; null where it is a fixed sum. */
export function mostBp({ pay, products, shares }: Pick<PlanTerms, 'pay' | 'products' | 'shares'>): number | null {
  const rates = [
    ...products.map((product) => product.rateBp),
    ...(pay.kind === 'percent' ? [pay.rateBp] : []),
    ...(pay.kind === 'tiered' ? pay.tiers.map((tier) => tier.rateBp) : []),
  ];
  return rates.length === 0 ? null : percentOf(Math.max(...rates), Math.max(...Object.values(shares)));
}

const MONTHS: Record<Period, number> = { month: 1, quarter: 3, year: 12 };

/** The days of the period in which a day lies: from the first, to before the first of the next. Quarters and years begin with the year of accounts. */
export function periodOf(on: string, per: Period, fiscalYearStart: number): { from: string; before: string } {
  const month = startOfMonth(new Date(`${on}T12:00:00`));
  const since = (month.getMonth() + 1 - fiscalYearStart + 12) % MONTHS[per];
  const from = subMonths(month, since);
  return { from: format(from, 'yyyy-MM-dd'), before: format(addMonths(from, MONTHS[per]), 'yyyy-MM-dd') };
}
