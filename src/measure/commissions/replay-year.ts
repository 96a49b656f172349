import { subYears } from 'date-fns';
import { listPartnersByIds } from '../../onboard/partners/partner-repository.ts';
import { inSlices } from '../../platform/slices.ts';
import { listAgainst, listEarnedBetween, listOfSales, listSalesSince } from '../ledger/ledger-repository.ts';
import { dayIn } from '../ledger/record-revenue.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { findRate } from '../rates/rate-repository.ts';
import { listSalesByIds } from '../sales/sale-repository.ts';
import { partsOf } from './accrue-sale.ts';
import type { Standing } from './commission-line.ts';
import { type Plan, type PlanTerms, periodOf } from './plan.ts';
import { listPlanVersions } from './plan-repository.ts';
import { type Has, replay } from './replay.ts';
import { type Happened, happenedOf, standingAmong } from './standing.ts';

/** What a partner earned in the last twelve months, and what it would have earned. */
export type Compared = { partnerId: string; name: string; currency: string; earnedMinor: number; wouldMinor: number };
export type YearReplayed = { from: string; compared: Compared[]; sales: number /** Revenue without a rate. */; waiting: number };

/** Sales that are read in one go. */
const AT_ONCE = 200;

/** The last twelve months under a plan that nobody has saved yet, as if it had held all along; other plans hold as they do. Writes nothing. */
export async function replayYear(
  workspaceId: string,
  { planId, terms }: { planId: string; terms: PlanTerms },
  now: Date,
): Promise<YearReplayed> {
  const [rules, known, from] = await Promise.all([
    getMeasureRules(workspaceId),
    listPlanVersions(workspaceId),
    dayIn(workspaceId, subYears(now, 1)),
  ]);
  const { totalCapBp, fiscalYearStart } = rules;
  const candidate: Plan = { ...terms, workspaceId, planId, version: 1, by: 'system', at: now, startsOn: '0001-01-01' };
  const versions = [...known.filter((plan) => plan.planId !== planId), candidate];
  // Tiers and caps of the year in which it begins count what came before.
  const since = periodOf(from, 'year', fiscalYearStart).from;
  const { happened, parts, sales } = await readHistory(workspaceId, since);
  const rates = await readRates(workspaceId, happened, versions);
  const rateOf = (of: string, to: string, day: string) => rates.get(`${of}>${to} ${day}`) ?? null;
  const partsOfSale = (saleId: string) => parts.get(saleId) ?? [];
  const history = { happened, partsOf: partsOfSale, versions, rateOf, totalCapBp, fiscalYearStart };
  const { lines, waiting } = await inSlices(replay(history));
  const ids = new Map([...parts.values()].flat().flatMap(({ id, whom }) => whom.ids.map((one) => [one, id] as const)));
  const earned = await earnedSince(workspaceId, [...ids.keys()], from);
  const would = lines.filter(({ day }) => day >= from);
  return { from, compared: await compare(workspaceId, earned, would, ids), sales, waiting };
}

async function readHistory(workspaceId: string, since: string) {
  const ids = await listSalesSince(workspaceId, since);
  const happened: Happened[] = [];
  const parts = new Map<string, Has[]>();
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const [transactions, sales] = await Promise.all([listOfSales(workspaceId, some), listSalesByIds(workspaceId, some)]);
    for (const sale of sales.filter(({ partners }) => partners.length > 0)) {
      parts.set(sale.id, await partsOf(sale));
      happened.push(
        ...happenedOf(transactions.filter(({ saleId }) => saleId === sale.id)).filter(
          (one) => one.kind === 'back' || one.sold.day >= since,
        ),
      );
    }
  }
  return { happened, parts, sales: parts.size };
}

async function readRates(workspaceId: string, happened: readonly Happened[], versions: readonly Plan[]) {
  const into = [...new Set(versions.map(({ currency }) => currency))];
  const wanted = new Map(
    happened.flatMap((one) =>
      one.kind === 'sold' ? into.map((to) => [`${one.sold.currency}>${to} ${one.sold.day}`, { ...one.sold, to }] as const) : [],
    ),
  );
  const rates = new Map<string, { rate: string; rateDay: string }>();
  for (const [key, { currency, to, day }] of wanted) {
    const rate = await findRate(workspaceId, currency, to, day);
    if (rate) rates.set(key, rate);
  }
  return rates;
}

async function earnedSince(workspaceId: string, ids: readonly string[], from: string): Promise<Standing[]> {
  const earned = await listEarnedBetween(workspaceId, ids, { from, before: '9999-12-31' });
  const sources = earned.map(({ source }) => source);
  return standingAmong([...earned, ...(await listAgainst(workspaceId, sources))]);
}

async function compare(
  workspaceId: string,
  earned: readonly Standing[],
  would: readonly Standing[],
  ids: ReadonlyMap<string, string>,
): Promise<Compared[]> {
  const sums = new Map<string, Omit<Compared, 'name'>>();
  const rowOf = (line: Standing) => {
    const partnerId = ids.get(line.partnerId) ?? line.partnerId;
    const key = `${partnerId} ${line.currency}`;
    const row = sums.get(key) ?? { partnerId, currency: line.currency, earnedMinor: 0, wouldMinor: 0 };
    sums.set(key, row);
    return row;
  };
  for (const line of earned) rowOf(line).earnedMinor += line.keptMinor;
  for (const line of would) rowOf(line).wouldMinor += line.keptMinor;
  const rows = [...sums.values()];
  const named = await listPartnersByIds(
    workspaceId,
    rows.map(({ partnerId }) => partnerId),
  );
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return rows
    .map((row) => ({ ...row, name: names.get(row.partnerId) ?? '' }))
    .sort((a, b) => Math.abs(b.wouldMinor - b.earnedMinor) - Math.abs(a.wouldMinor - a.earnedMinor) || a.name.localeCompare(b.name));
}
