import type { DealRole } from '../../manage/deals/deal.ts';
import type { Working } from '../ledger/transaction.ts';
import { hadOf } from './cap-together.ts';
import { figureOf, type Given, hasRule, inPeriod, type Line, ownBase, ownCaps, type Sold, type Standing } from './commission-line.ts';
import { percentOf, proportionOf, sumOf } from './exact.ts';
import type { Period, Plan } from './plan.ts';
import { raiseFigure, raiseRule, rateRule, shareRule, stepsFrom, togetherRule, wholeFigure } from './working-steps.ts';

const TIERS = ['tier-marginal', 'tier-whole', 'tier-raise'] as const;

/** What a partner has earned by the tiers of a plan in the period of a revenue, without that one. */
export function earnedByTiers(
  { source, day }: Pick<Sold, 'source' | 'day'>,
  { planId }: Pick<Plan, 'planId'>,
  before: readonly Standing[],
  { per, fiscalYearStart }: { per: Period; fiscalYearStart: number },
): Standing[] {
  return inPeriod(before, day, per, fiscalYearStart).filter(
    (line) => line.working.planId === planId && line.sold !== source && TIERS.some((rule) => hasRule(line, rule)),
  );
}

/** The volume of a period, each revenue once, in the currency of the plan. */
export function volumeOf(lines: readonly Standing[]): number {
  return sumOf([...new Map(lines.map((line) => [line.sold, ownBase(line)])).values()]);
}

/** The rate by which each revenue of a period is paid in a role, where a tier holds for all of it; revenue that was refunded as a whole counts no more.
 *  Lines of earlier versions hold the raise of all revenue before them in a sum of their own. */
export function paidRates(period: readonly Standing[], role: DealRole): Map<string, number> {
  const kept = period.filter(({ working, keptBaseMinor }) => working.role === role && keptBaseMinor > 0);
  const together = Math.max(0, ...kept.map(wholeOf).map(({ rateBp, backMinor }) => (backMinor > 0 ? rateBp : 0)));
  const rates = new Map<string, number>();
  for (const line of kept)
    rates.set(
      line.sold,
      Math.max(together, rates.get(line.sold) ?? 0, wholeOf(line).rateBp, raiseFigure(figureOf(line.working, 'tier-raise') ?? '').toBp),
    );
  return rates;
}

const wholeOf = ({ working }: Standing) => wholeFigure(figureOf(working, 'tier-whole') ?? '');

/** An earlier commission whose revenue earns more by the tier that is reached now. */
export type Raise = { line: Standing; plan: Plan; partnerId: string; role: DealRole; fromBp: number; toBp: number };

/** What the tier that a commission reaches for all of its period makes of what was earned in it before. */
export function raisesBy(
  sold: Sold,
  { plan, partnerId, role, working }: Line,
  before: readonly Standing[],
  { fiscalYearStart }: Pick<Given, 'fiscalYearStart'>,
): Raise[] {
  const reached = figureOf(working, 'tier-whole');
  if (plan.pay.kind !== 'tiered' || reached === null) return [];
  const toBp = wholeFigure(reached).rateBp;
  const period = earnedByTiers(sold, plan, before, { per: plan.pay.per, fiscalYearStart });
  const paid = paidRates(period, role);
  return period
    .filter(
      (line) => line.working.role === role && line.keptBaseMinor > 0 && line.currency === plan.currency && hasRule(line, 'tier-whole'),
    )
    .map((line) => ({ line, plan, partnerId, role, fromBp: paid.get(line.sold) ?? toBp, toBp }))
    .filter(({ fromBp }) => fromBp < toBp);
}

/** What a raise comes to: a commission on the earlier revenue, which refunds of that one take back. `ofSale`: all commissions on its sale; `before`: all of
 *  the partner. It counts for the period of `day`. */
export function raised(
  { line, plan, partnerId, role, fromBp, toBp }: Raise,
  day: string,
  { ofSale, before }: { ofSale: readonly Standing[]; before: readonly Standing[] },
  { totalCapBp, fiscalYearStart }: Pick<Given, 'totalCapBp' | 'fiscalYearStart'>,
): Line {
  const { working: of, keptBaseMinor: baseMinor, saleId, sold } = line;
  const currencies = { from: of.currency, to: plan.currency };
  const share = figureOf(of, 'role-share');
  const rules = [
    ...(of.rate === null ? [] : [rateRule(of.rate)]),
    raiseRule(fromBp, toBp),
    ...(share === null ? [] : [shareRule(Number(share))]),
  ];
  const minor = stepsFrom(baseMinor, rules, currencies).at(-1)?.minor ?? 0;
  const would = of.rate === null ? minor : proportionOf(minor, baseMinor, Math.max(1, ownBase(line)));
  const had = hadOf(
    ofSale.filter((one) => one.sold === sold),
    'keptMinor',
  );
  const left = totalCapBp === null ? would : Math.max(0, percentOf(baseMinor, totalCapBp) - had);
  const together = left < would ? [togetherRule(left, would)] : [];
  const theirs = [...before, ...ofSale.filter((one) => one.partnerId === partnerId)];
  const known = [...new Map(theirs.map((one) => [one.source, one])).values()];
  const steps = stepsFrom(baseMinor, [...rules, ...together, ...ownCaps(plan, { saleId, day }, known, fiscalYearStart)], currencies);
  const how = { planId: plan.planId, planVersion: plan.version, role, baseMinor, currency: of.currency };
  const working: Working = { ...how, steps, rate: of.rate, rateDay: of.rateDay };
  return { partnerId, role, plan, minor: steps.at(-1)?.minor ?? 0, currency: plan.currency, working };
}

/** The source of a raise: of the commission that it raises, and to which rate. */
export const raiseSource = ({ line, toBp }: Pick<Raise, 'line' | 'toBp'>) => `${line.source}:${toBp}`;
export const isRaiseOf = (raise: Standing, line: Standing) => hasRule(raise, 'tier-raise') && raise.source.startsWith(`${line.source}:`);
