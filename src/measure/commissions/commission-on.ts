import type { DealRole } from '../../manage/deals/deal.ts';
import type { Stage } from '../ledger/record-revenue.ts';
import type { Working } from '../ledger/transaction.ts';
import { converted, percentOf, proportionOf, splitInParts, sumOf, WHOLE_BP } from './exact.ts';
import { type Period, type Plan, periodOf } from './plan.ts';
import { isWithin, rateReached } from './rules.ts';
import {
  capRule,
  flatRule,
  keptOf,
  leastRule,
  marginalRule,
  percentRule,
  type Rule,
  rateRule,
  shareRule,
  stepsFrom,
  togetherRule,
  wholeFigure,
  wholeRule,
} from './working-steps.ts';

/** Revenue of a sale that commissions are a part of. */
export type Sold = {
  source: string;
  saleId: string;
  stage: Stage;
  day: string;
  product: string;
  minor: number;
  currency: string;
  /** All of the sale's revenue of this stage and day. */
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
  /** The rate on the day of the revenue; null while none is known. */
  rateOf: (from: string, to: string) => { rate: string; rateDay: string } | null;
};

/** What each part earns of this revenue, in their order; parts that the plan leaves out have no line. Where a rate is missing nothing is earned yet: then
 *  `waitsFor` says which. */
export function commissionsOn(
  sold: Sold,
  parts: readonly Part[],
  given: Given,
): { lines: Line[]; waitsFor: [from: string, to: string] | null } {
  const drafts: Draft[] = [];
  for (const part of parts.filter((one) => isPaid(sold, one))) {
    const found = sold.currency === part.plan.currency ? 'none-needed' : given.rateOf(sold.currency, part.plan.currency);
    if (!found) return { lines: [], waitsFor: [sold.currency, part.plan.currency] };
    drafts.push(drafted(sold, part, found === 'none-needed' ? null : found, given));
  }
  const lines: Line[] = [];
  const standing: Standing[] = [];
  for (const draft of cappedTogether(sold, drafts, given)) {
    const line = finished(sold, draft, standing, given);
    lines.push(line);
    standing.push(standingOf(sold, line, `now:${lines.length}`));
  }
  return { lines, waitsFor: null };
}

/** What a refund takes back of a commission, below zero or nothing: what is kept is the commission on what was not refunded, at the rates of then. */
export function takenBack(line: Standing, refundMinor: number): { minor: number; working: Working } {
  const keptBase = Math.max(0, line.keptBaseMinor - refundMinor);
  const minor = keptOf(line.working, keptBase, line.currency) - line.keptMinor || 0;
  const steps: Working['steps'] = [{ rule: 'refund', figure: String(keptBase), minor }];
  return { minor, working: { ...line.working, baseMinor: keptBase - line.keptBaseMinor, steps } };
}

/** As it stands when nothing of it is refunded. */
export function standingOf(
  sold: Pick<Sold, 'source' | 'saleId' | 'day'>,
  { partnerId, working, currency, minor }: Pick<Line, 'partnerId' | 'working' | 'currency' | 'minor'>,
  source: string,
): Standing {
  const whose = { source, sold: sold.source, saleId: sold.saleId, day: sold.day, partnerId };
  return { ...whose, working, currency, earnedMinor: minor, keptMinor: minor, keptBaseMinor: working.baseMinor, isRemoved: false };
}

/** What is taken back of a commission whose part was taken away: all that refunds left of it. */
export function removedFrom(line: Standing): { minor: number; working: Working } {
  const minor = -line.keptMinor || 0;
  const steps: Working['steps'] = [{ rule: 'part-removed', figure: '', minor }];
  return { minor, working: { ...line.working, baseMinor: -line.keptBaseMinor || 0, steps } };
}

function isPaid({ stage, day, firstDay }: Sold, { plan, role }: Part): boolean {
  return plan.base === stage && (plan.shares[role] ?? 0) > 0 && isWithin(day, { firstInvoice: firstDay, months: plan.months });
}

/** `isOwn`: its sums are in the plan's currency already. */
type Draft = { part: Part; rate: { rate: string; rateDay: string } | null; rules: Rule[]; isOwn: boolean };

/** By the plan's own rate and the role's share, before what others earn is looked at. */
function drafted(sold: Sold, part: Part, rate: Draft['rate'], given: Given): Draft {
  const { plan, role, before } = part;
  const inPlan = (minor: number) => (rate ? converted(minor, { from: sold.currency, to: plan.currency, rate: rate.rate }) : minor);
  const shareBp = plan.shares[role] ?? 0;
  const share = shareBp === WHOLE_BP ? [] : [shareRule(shareBp)];
  const turned = rate ? [rateRule(rate.rate)] : [];
  if (inPlan(sold.dayMinor) < plan.leastSaleMinor) return { part, rate, rules: [...turned, leastRule(plan.leastSaleMinor)], isOwn: true };
  const own = plan.products.find(({ product }) => product.toLowerCase() === sold.product.toLowerCase());
  if (own || plan.pay.kind === 'percent') {
    const rateBp = own?.rateBp ?? (plan.pay.kind === 'percent' ? plan.pay.rateBp : 0);
    return { part, rate, rules: [percentRule(rateBp), ...share], isOwn: false };
  }
  const rule =
    plan.pay.kind === 'flat' ? flatOf(sold, part, plan.pay.minor) : tierOf(inPlan(sold.minor), sold, part, before, plan.pay, given);
  return { part, rate, rules: [...turned, rule, ...share], isOwn: true };
}

/** A fixed sum is for a sale, not for each of its products: it comes once for the revenue of a day. */
function flatOf({ saleId, day }: Sold, { role, before }: Part, minor: number): Rule {
  const isThere = before.some(
    (line) => line.saleId === saleId && line.day === day && line.working.role === role && line.keptMinor > 0 && hasRule(line, 'flat'),
  );
  return flatRule(isThere ? 0 : minor);
}

function tierOf(
  minor: number,
  sold: Sold,
  { plan, role }: Part,
  before: readonly Standing[],
  { per, whole, tiers }: Extract<Plan['pay'], { kind: 'tiered' }>,
  { fiscalYearStart }: Given,
): Rule {
  const period = inPeriod(before, sold.day, per, fiscalYearStart).filter(
    (line) =>
      line.working.planId === plan.planId && line.sold !== sold.source && (hasRule(line, 'tier-marginal') || hasRule(line, 'tier-whole')),
  );
  const volumeMinor = sumOf([...new Map(period.map((line) => [line.sold, ownBase(line)])).values()]);
  if (!whole) return marginalRule(volumeMinor, tiers);
  const rateBp = rateReached(tiers, volumeMinor + minor);
  const inRole = period.filter((line) => line.working.role === role && line.keptBaseMinor > 0);
  const paidBp = Math.max(0, ...inRole.map(({ working }) => wholeFigure(figureOf(working, 'tier-whole')).rateBp));
  const short = inRole.map((line) => percentOf(ownBase(line), rateBp) - percentOf(ownBase(line), paidBp));
  return wholeRule(Math.max(rateBp, paidBp), rateBp > paidBp ? sumOf(short) : 0);
}

/** What is left of the revenue of a commission, in the currency of its plan. */
function ownBase({ working, currency, keptBaseMinor }: Standing): number {
  return working.rate === null ? keptBaseMinor : converted(keptBaseMinor, { from: working.currency, to: currency, rate: working.rate });
}

/** Beyond the cap of all partners it is split in proportion to what each would have earned, counted in the sale's currency. */
function cappedTogether(sold: Sold, drafts: readonly Draft[], { totalCapBp, others }: Given): Draft[] {
  if (totalCapBp === null) return [...drafts];
  const would = drafts.map((draft) => inSale(sold, draft));
  const had = sumOf(others.map((line) => proportionOf(line.earnedMinor, line.working.baseMinor, Math.max(1, wholeOwnBase(line)))));
  const left = Math.max(0, percentOf(sold.minor, totalCapBp) - had);
  if (sumOf(would) <= left) return [...drafts];
  const parts = splitInParts(left, would);
  return drafts.map((draft, place) => ({ ...draft, rules: [...draft.rules, togetherRule(parts[place] ?? 0, would[place] ?? 0)] }));
}

function wholeOwnBase(line: Standing): number {
  return ownBase({ ...line, keptBaseMinor: line.working.baseMinor });
}

function inSale(sold: Sold, { part, rate, rules, isOwn }: Draft): number {
  const minor = stepsFrom(sold.minor, rules, { from: sold.currency, to: part.plan.currency }).at(-1)?.minor ?? 0;
  if (!isOwn || !rate) return minor;
  const own = converted(sold.minor, { from: sold.currency, to: part.plan.currency, rate: rate.rate });
  return own === 0 ? 0 : proportionOf(minor, sold.minor, own);
}

/** In the plan's currency, under the caps of the deal and of the period. */
function finished(sold: Sold, { part, rate, rules: drafted, isOwn }: Draft, now: readonly Standing[], { fiscalYearStart }: Given): Line {
  const { partnerId, role, plan } = part;
  const { capDealMinor, capPeriod } = plan;
  const before = [...part.before, ...now.filter((line) => line.partnerId === partnerId)].filter((line) => line.currency === plan.currency);
  const used = (lines: readonly Standing[]) => sumOf(lines.map((line) => line.keptMinor));
  const rules = [
    ...drafted,
    ...(rate && !isOwn ? [rateRule(rate.rate)] : []),
    ...(capDealMinor === null
      ? []
      : [capRule('cap-deal', left(capDealMinor, used(before.filter(({ saleId }) => saleId === sold.saleId))))]),
    ...(capPeriod ? [capRule('cap-period', left(capPeriod.minor, used(inPeriod(before, sold.day, capPeriod.per, fiscalYearStart))))] : []),
  ];
  const steps = stepsFrom(sold.minor, rules, { from: sold.currency, to: plan.currency });
  const how = { planId: plan.planId, planVersion: plan.version, role, baseMinor: sold.minor, currency: sold.currency };
  const working: Working = { ...how, steps, rate: rate?.rate ?? null, rateDay: rate?.rateDay ?? null };
  return { partnerId, role, plan, minor: steps.at(-1)?.minor ?? 0, currency: plan.currency, working };
}

const left = (cap: number, used: number) => Math.max(0, cap - used);

function inPeriod(lines: readonly Standing[], day: string, per: Period, fiscalYearStart: number): Standing[] {
  const { from, before } = periodOf(day, per, fiscalYearStart);
  return lines.filter((line) => line.day >= from && line.day < before);
}

const figureOf = ({ steps }: Working, rule: Rule['rule']) => steps.find((step) => step.rule === rule)?.figure ?? '';
const hasRule = ({ working }: Standing, rule: Rule['rule']) => working.steps.some((step) => step.rule === rule);
