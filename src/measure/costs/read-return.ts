import { sumOf } from '../commissions/exact.ts';
import type { Stage } from '../ledger/record-revenue.ts';
import { COST_KINDS, type CostKind, type Transaction } from '../ledger/transaction.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { addSums, UNRATED } from '../revenue/measures.ts';
import type { Period, Span } from '../revenue/period.ts';
import { sumRollups } from '../revenue/rollup-repository.ts';
import { stretchesOf } from '../revenue/stretches.ts';
import { listDomainsWonBefore } from '../sales/closed-sale-repository.ts';
import { type ClosedSale, closedSales, instantsOf } from '../sales/closed-sales.ts';
import { listCommissions, listCosts, sumCommissions, sumCosts } from './cost-repository.ts';
import { newCustomers, type ReturnFigures, type ReturnInputs, returnOf } from './return.ts';

export type ReturnReport = {
  period: Period;
  stage: Stage;
  currency: string;
  inputs: ReturnInputs;
  figures: ReturnFigures;
  /** Costs, commissions and revenue that are in no sum, because their worth is in another currency or not known. */
  unrated: { costs: number; commissions: number; revenue: number };
};

/** What a period cost and what it brought, from the ledger, the figures that are kept and the sales. */
export async function returnReport(workspaceId: string, period: Period, stage: Stage): Promise<ReturnReport> {
  return reportOf(workspaceId, period, stage, await customersOf(workspaceId, period));
}

type Customers = { partner: ClosedSale[]; direct: ClosedSale[] };

async function reportOf(workspaceId: string, period: Period, stage: Stage, customers: Customers): Promise<ReturnReport> {
  const [{ currency }, costs, commissions, revenue] = await Promise.all([
    getMeasureRules(workspaceId),
    sumCosts(workspaceId, period),
    sumCommissions(workspaceId, period),
    sumRollups(workspaceId, stretchesOf(period), { dimension: 'all', stage, keys: ['sourced', UNRATED], by: 'at' }),
  ]);
  const ours = costs.filter((one) => one.currency === currency);
  const direct = ours.filter(({ scope }) => scope === 'direct');
  const sumOfKind = (kind: CostKind) => sumOf(ours.flatMap((one) => (one.kind === kind && one.scope !== 'direct' ? [one.minor] : [])));
  const sums = addSums(revenue.map((one) => one.sums));
  const earned = commissions.filter((one) => one.currency === currency);
  const inputs: ReturnInputs = {
    revenueMinor: sums.sourced ?? 0,
    costs: COST_KINDS.map((kind) => ({ kind, minor: sumOfKind(kind) })).filter(({ minor }) => minor !== 0),
    commissionMinor: sumOf(earned.map(({ minor }) => minor)),
    directMinor: direct.some(({ count }) => count > 0) ? sumOf(direct.map(({ minor }) => minor)) : null,
    customers: { partner: customers.partner.length, direct: customers.direct.length },
  };
  const countOther = (all: readonly { currency: string | null; count: number }[]) =>
    sumOf(all.flatMap((one) => (one.currency === currency ? [] : [one.count])));
  const unrated = { costs: countOther(costs), commissions: countOther(commissions), revenue: sums[UNRATED] ?? 0 };
  return { period, stage, currency, inputs, figures: returnOf(inputs), unrated };
}

async function customersOf(workspaceId: string, days: Pick<Span, 'from' | 'to'>): Promise<Customers> {
  const won = (await closedSales(workspaceId, days)).filter(({ state }) => state === 'won');
  const domains = [...new Set(won.flatMap(({ domain }) => domain ?? []))];
  const { from } = await instantsOf(workspaceId, days);
  return newCustomers(won, await listDomainsWonBefore(workspaceId, domains, from));
}

/** What the figures are made of: the largest of each, `more` where there are others. */
export type ReturnBehind = {
  report: ReturnReport;
  costs: Transaction[];
  commissions: Transaction[];
  customers: Customers;
};

/** Transactions of each sort that one page shows. */
const MOST = 200;

export async function returnBehind(workspaceId: string, period: Period, stage: Stage): Promise<ReturnBehind> {
  const customers = await customersOf(workspaceId, period);
  const [report, costs, commissions] = await Promise.all([
    reportOf(workspaceId, period, stage, customers),
    listCosts(workspaceId, period, MOST),
    listCommissions(workspaceId, period, MOST),
  ]);
  return { report, costs, commissions, customers };
}
