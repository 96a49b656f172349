import type { DealRole } from '../../manage/deals/deal.ts';
import type { Stage } from '../ledger/record-revenue.ts';
import type { Working } from '../ledger/transaction.ts';
import { converted, sumOf } from './exact.ts';
import { type Period, type Plan, periodOf } from './plan.ts';
import { capRule, type Rule } from './working-steps.ts';

/** Revenue of a sale that commissions are a part of. */
export type Sold = {
  source: string;
  saleId: string;
  stage: Stage;
  day: string;
  product: string;
  minor: number;
  currency: string;
  /** All of the sale's revenue of this stage and day, less what was reversed as a whole. */
  dayMinor: number;
  /** The first day of its revenue of this stage. */
  firstDay: string;
};

/** A commission that was earned, and what refunds left of it. `isRemoved`: the part that it was earned by was taken away, so nothing is. */
export type Standing = {
  source: string;
  /** The revenue it is a part of. */
  sold: string;
  saleId: string;
  day: string;
  partnerId: string;
  working: Working;
  currency: string;
  earnedMinor: number;
  keptMinor: number;
  /** Of the revenue. */
  keptBaseMinor: number;
  isRemoved: boolean;
};

/** Who has which part in a sale, the plan that holds for it, and what this partner has earned so far. */
export type Part = { partnerId: string; role: DealRole; plan: Plan; before: readonly Standing[] };
export type Line = { partnerId: string; role: DealRole; plan: Plan; minor: number; currency: string; working: Working };

export type Given = {
  /** What all partners together get of a sale at most; null for no such cap. */
  totalCapBp: number | null;
  /** 1–12. */
  fiscalYearStart: number;
  /** What other partners have of this revenue already, before refunds of it. */
  others: readonly Standing[];
  /** Partner and role of all parts of the sale, in its order: by it single units go when a cap is split. */
  order: readonly string[];
  /** The rate on the day of the revenue; null while none is known. */
  rateOf: (from: string, to: string) => { rate: string; rateDay: string } | null;
};

/** As it stands when nothing of it is refunded. */
export function standingOf(
  sold: Pick<Sold, 'source' | 'saleId' | 'day'>,
  { partnerId, working, currency, minor }: Pick<Line, 'partnerId' | 'working' | 'currency' | 'minor'>,
  source: string,
): Standing {
  const whose = { source, sold: sold.source, saleId: sold.saleId, day: sold.day, partnerId };
  return { ...whose, working, currency, earnedMinor: minor, keptMinor: minor, keptBaseMinor: working.baseMinor, isRemoved: false };
}

/** What is left of the revenue of a commission, in the currency of its plan. */
export function ownBase({ working, currency, keptBaseMinor }: Pick<Standing, 'working' | 'currency' | 'keptBaseMinor'>): number {
  return working.rate === null ? keptBaseMinor : converted(keptBaseMinor, { from: working.currency, to: currency, rate: working.rate });
}

/** What may still be earned of a sale, and in a period, by the plan of a partner that has `before` of it. */
export function ownCaps(
  { capDealMinor, capPeriod, currency }: Plan,
  { saleId, day }: { saleId: string; day: string },
  before: readonly Standing[],
  fiscalYearStart: number,
): Rule[] {
  const counted = before.filter((line) => line.currency === currency);
  const used = (lines: readonly Standing[]) => sumOf(lines.map((line) => line.keptMinor));
  return [
    ...(capDealMinor === null ? [] : [capRule('cap-deal', left(capDealMinor, used(counted.filter((line) => line.saleId === saleId))))]),
    ...(capPeriod ? [capRule('cap-period', left(capPeriod.minor, used(inPeriod(counted, day, capPeriod.per, fiscalYearStart))))] : []),
  ];
}

const left = (cap: number, used: number) => Math.max(0, cap - used);

export function inPeriod(lines: readonly Standing[], day: string, per: Period, fiscalYearStart: number): Standing[] {
  const { from, before } = periodOf(day, per, fiscalYearStart);
  return lines.filter((line) => line.day >= from && line.day < before);
}

/** Of a rule that it was worked out by; null for none. */
export const figureOf = ({ steps }: Pick<Working, 'steps'>, rule: Rule['rule']) => steps.find((step) => step.rule === rule)?.figure ?? null;
export const hasRule = ({ working }: Pick<Standing, 'working'>, rule: Rule['rule']) => figureOf(working, rule) !== null;
