import type { Working } from '../ledger/transaction.ts';
import { cappedTogether } from './cap-together.ts';
import { type Given, hasRule, type Line, ownCaps, type Part, type Sold, type Standing, standingOf } from './commission-line.ts';
import { converted, proportionOf, WHOLE_BP } from './exact.ts';
import type { Plan } from './plan.ts';
import { isWithin, rateReached } from './rules.ts';
import { earnedByTiers, paidRates, volumeOf } from './tier-period.ts';
import { flatRule, marginalRule, percentRule, type Rule, rateRule, shareRule, stepsFrom, wholeRule } from './working-steps.ts';

/** What each part earns of this revenue, in their order; parts that the plan leaves out have no line, nor has any while the sale is less than what the
 *  plan pays for: more of it may come for that day. Where a rate is missing nothing is earned yet: then `waitsFor` says which. */
export function commissionsOn(
  sold: Sold,
  parts: readonly Part[],
  given: Given,
): { lines: Line[]; waitsFor: [from: string, to: string] | null } {
  const drafts: Draft[] = [];
  for (const part of parts.filter((one) => isPaid(sold, one))) {
    const found = sold.currency === part.plan.currency ? 'none-needed' : given.rateOf(sold.currency, part.plan.currency);
    if (!found) return { lines: [], waitsFor: [sold.currency, part.plan.currency] };
    const rate = found === 'none-needed' ? null : found;
    if (inPlan(sold.dayMinor, sold, part, rate) >= part.plan.leastSaleMinor) drafts.push(drafted(sold, part, rate, given));
  }
  const lines: Line[] = [];
  const standing: Standing[] = [];
  const would = drafts.map((draft) => ({ partnerId: draft.part.partnerId, role: draft.part.role, minor: inSale(sold, draft) }));
  for (const [place, rules] of cappedTogether(sold, would, given).entries()) {
    const draft = drafts[place];
    if (!draft) continue;
    const line = finished(sold, { ...draft, rules: [...draft.rules, ...rules] }, standing, given);
    lines.push(line);
    standing.push(standingOf(sold, line, `now:${lines.length}`));
  }
  return { lines, waitsFor: null };
}

function isPaid({ stage, day, firstDay }: Sold, { plan, role }: Part): boolean {
  return plan.base === stage && (plan.shares[role] ?? 0) > 0 && isWithin(day, { firstInvoice: firstDay, months: plan.months });
}

type Rate = { rate: string; rateDay: string } | null;
/** `isOwn`: its sums are in the plan's currency already. */
type Draft = { part: Part; rate: Rate; rules: Rule[]; isOwn: boolean };

function inPlan(minor: number, { currency }: Sold, { plan }: Part, rate: Rate): number {
  return rate ? converted(minor, { from: currency, to: plan.currency, rate: rate.rate }) : minor;
}

/** By the plan's own rate and the role's share, before what others earn is looked at. */
function drafted(sold: Sold, part: Part, rate: Rate, given: Given): Draft {
  const { plan, role } = part;
  const shareBp = plan.shares[role] ?? 0;
  const share = shareBp === WHOLE_BP ? [] : [shareRule(shareBp)];
  const turned = rate ? [rateRule(rate.rate)] : [];
  const own = plan.products.find(({ product }) => product.toLowerCase() === sold.product.toLowerCase());
  if (own || plan.pay.kind === 'percent') {
    const rateBp = own?.rateBp ?? (plan.pay.kind === 'percent' ? plan.pay.rateBp : 0);
    return { part, rate, rules: [percentRule(rateBp), ...share], isOwn: false };
  }
  const rule =
    plan.pay.kind === 'flat'
      ? flatOf(sold, part, plan.pay.minor)
      : tierOf(inPlan(sold.minor, sold, part, rate), sold, part, plan.pay, given);
  return { part, rate, rules: [...turned, rule, ...share], isOwn: true };
}

/** A fixed sum is for a sale, however many products and invoices it has: it comes once. */
function flatOf({ saleId }: Sold, { role, before }: Part, minor: number): Rule {
  const isThere = before.some(
    (line) => line.saleId === saleId && line.working.role === role && line.keptMinor > 0 && hasRule(line, 'flat'),
  );
  return flatRule(isThere ? 0 : minor);
}

function tierOf(
  minor: number,
  sold: Sold,
  { plan, role, before }: Part,
  { per, whole, tiers }: Extract<Plan['pay'], { kind: 'tiered' }>,
  { fiscalYearStart }: Pick<Given, 'fiscalYearStart'>,
): Rule {
  const period = earnedByTiers(sold, plan, before, { per, fiscalYearStart });
  const volumeMinor = volumeOf(period);
  if (!whole) return marginalRule(volumeMinor, tiers);
  // A rate that was reached stays for the period, also when refunds make its volume smaller.
  return wholeRule(Math.max(rateReached(tiers, volumeMinor + minor), ...paidRates(period, role).values()));
}

function inSale(sold: Sold, { part, rate, rules, isOwn }: Draft): number {
  const minor = stepsFrom(sold.minor, rules, { from: sold.currency, to: part.plan.currency }).at(-1)?.minor ?? 0;
  if (!isOwn || !rate) return minor;
  const own = inPlan(sold.minor, sold, part, rate);
  return own === 0 ? 0 : proportionOf(minor, sold.minor, own);
}

/** In the plan's currency, under the caps of the deal and of the period. */
function finished(sold: Sold, { part, rate, rules: drafted, isOwn }: Draft, now: readonly Standing[], { fiscalYearStart }: Given): Line {
  const { partnerId, role, plan } = part;
  const before = [...part.before, ...now.filter((line) => line.partnerId === partnerId)];
  const rules = [...drafted, ...(rate && !isOwn ? [rateRule(rate.rate)] : []), ...ownCaps(plan, sold, before, fiscalYearStart)];
  const steps = stepsFrom(sold.minor, rules, { from: sold.currency, to: plan.currency });
  const how = { planId: plan.planId, planVersion: plan.version, role, baseMinor: sold.minor, currency: sold.currency };
  const working: Working = { ...how, steps, rate: rate?.rate ?? null, rateDay: rate?.rateDay ?? null };
  return { partnerId, role, plan, minor: steps.at(-1)?.minor ?? 0, currency: plan.currency, working };
}
