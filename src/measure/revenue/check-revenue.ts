import { ALL } from '../attribution/contributions.ts';
import { contributionsTo, deleteCredits, hasOtherModels } from '../attribution/credit-repository.ts';
import { listSalesOfDay, sumRevenueByDay } from '../ledger/ledger-repository.ts';
import { STAGES, type Stage } from '../ledger/record-revenue.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { isAnyDue, markAllSalesDue, markSaleDue } from '../sales/sale-repository.ts';
import { addStages, type StageSums } from './measures.ts';
import { askAllRollups, askRollups, deleteRollups, isRollupDue, listFigures, listRolledUp } from './rollup-repository.ts';

/** A figure of a day (`2026-03-31`) or month (`2026-03`) that is not what it is made of; `sum` is the name of the sum that differs. */
export type Wrong = { of: string; at: string; stage: Stage; sum: string; should: number; is: number };

/** Compares the figures of every day with plain sums over the ledger, every figure with what sales add to it, and months with their days; what differs is made
 *  anew, as is all that older models made. Null while sales or figures wait: what is read one after the other would differ. */
export async function checkRevenue(workspaceId: string, now: Date): Promise<Wrong[] | null> {
  if (await hasOtherModels(workspaceId)) await markAllSalesDue(workspaceId, 'creditDue', now);
  if (await isBehind(workspaceId)) return null;
  const wrong = await unlikeLedger(workspaceId);
  const { length: ofLedger } = wrong;
  for (const of of await listRolledUp(workspaceId)) wrong.push(...(await unlikeSales(workspaceId, of)));
  if (await isBehind(workspaceId)) return null;
  for (const { at: day } of wrong.slice(0, ofLedger))
    for (const saleId of await listSalesOfDay(workspaceId, day)) await markSaleDue(workspaceId, saleId, now);
  const keys = wrong.map(({ of, at }) => ({ workspaceId, grain: at.length === 7 ? ('month' as const) : ('day' as const), of, at }));
  await askRollups([...new Map(keys.map((key) => [`${key.of}|${key.at}`, key])).values()], now);
  return wrong;
}

async function isBehind(workspaceId: string): Promise<boolean> {
  return (await isAnyDue(workspaceId, 'creditDue')) || (await isRollupDue(workspaceId));
}

/** Of no day with transactions that were worth something in another currency, or nothing at the time: its figure is converted. */
async function unlikeLedger(workspaceId: string): Promise<Wrong[]> {
  const { currency } = await getMeasureRules(workspaceId);
  const [said, found] = await Promise.all([sumRevenueByDay(workspaceId, STAGES), listFigures(workspaceId, ALL)]);
  const elsewhere = new Set(said.flatMap((sum) => (sum.currency === currency ? [] : [sum.day])));
  const figures = new Map(found.flatMap(({ grain, at, sums }) => (grain === 'day' ? [[at, sums]] : [])));
  const ledger = new Map(
    said.flatMap(({ currency: own, account, day, minor }) => (own === currency ? [[`${day} ${account}`, minor]] : [])),
  );
  const days = [...new Set([...figures.keys(), ...said.map(({ day }) => day)])].filter((day) => !elsewhere.has(day)).sort();
  return days.flatMap((at) =>
    STAGES.map((stage) => {
      const [should, is] = [ledger.get(`${at} ${stage}`) ?? 0, figures.get(at)?.[stage]?.all ?? 0];
      return { of: ALL, at, stage, sum: 'all', should, is };
    }).filter(({ should, is }) => should !== is),
  );
}

async function unlikeSales(workspaceId: string, of: string): Promise<Wrong[]> {
  const should = new Map<string, StageSums>();
  for await (const { day, stage, sums } of contributionsTo(workspaceId, { of }))
    for (const at of [day, day.slice(0, 7)]) should.set(at, addStages([should.get(at) ?? {}, { [stage]: sums }]));
  const is = new Map((await listFigures(workspaceId, of)).map(({ at, sums }) => [at, sums]));
  return [...new Set([...should.keys(), ...is.keys()])].sort().flatMap((at) =>
    STAGES.flatMap((stage) => {
      const [made, figure] = [should.get(at)?.[stage] ?? {}, is.get(at)?.[stage] ?? {}];
      const sum = Object.keys({ ...made, ...figure }).find((name) => (made[name] ?? 0) !== (figure[name] ?? 0));
      return sum === undefined ? [] : [{ of, at, stage, sum, should: made[sum] ?? 0, is: figure[sum] ?? 0 }];
    }),
  );
}

/** Lets go of all figures and of what they are made of, which are to be made anew. */
export async function forgetFigures(workspaceId: string): Promise<void> {
  await deleteCredits(workspaceId);
  await deleteRollups(workspaceId);
}

/** Has everything made anew from the ledger, the touches and the rules. */
export async function rebuildRevenue(workspaceId: string, now: Date): Promise<void> {
  await askAllRollups(workspaceId, now);
  await markAllSalesDue(workspaceId, 'creditDue', now);
}
