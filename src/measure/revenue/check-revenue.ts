import { ALL } from '../attribution/contributions.ts';
import { listSalesOfDay, sumRevenueByDay } from '../ledger/ledger-repository.ts';
import { STAGES, type Stage } from '../ledger/record-revenue.ts';
import { getMeasureRules } from '../measure-rules/measure-rules-repository.ts';
import { isAnyDue, markAllSalesDue, markSaleDue } from '../sales/sale-repository.ts';
import { askAllRollups, askRollups, isRollupDue, listDaysOfAll } from './rollup-repository.ts';

/** A figure of a day that is not what the ledger says. */
export type Wrong = { day: string; stage: Stage; ledger: number; figure: number };

/** Compares the figures of every day with plain sums over the ledger, and has those that differ made anew. Nothing is compared while sales or figures wait, and
 *  no day whose transactions were worth something in another currency: its figure is converted. */
export async function checkRevenue(workspaceId: string, now: Date): Promise<Wrong[]> {
  if ((await isAnyDue(workspaceId, 'creditDue')) || (await isRollupDue(workspaceId))) return [];
  const { currency } = await getMeasureRules(workspaceId);
  const [said, found] = await Promise.all([sumRevenueByDay(workspaceId, STAGES), listDaysOfAll(workspaceId)]);
  const elsewhere = new Set(said.flatMap((sum) => (sum.currency !== null && sum.currency !== currency ? [sum.day] : [])));
  const figures = new Map(found.map(({ day, sums }) => [day, sums]));
  const ledger = new Map(
    said.flatMap(({ currency: own, account, day, minor }) => (own === currency ? [[`${day} ${account}`, minor]] : [])),
  );
  const days = [...new Set([...figures.keys(), ...said.map(({ day }) => day)])].filter((day) => !elsewhere.has(day)).sort();
  const wrong = days.flatMap((day) =>
    STAGES.map((stage) => ({ day, stage, ledger: ledger.get(`${day} ${stage}`) ?? 0, figure: figures.get(day)?.[stage]?.all ?? 0 })).filter(
      (one) => one.ledger !== one.figure,
    ),
  );
  for (const { day } of wrong) {
    for (const saleId of await listSalesOfDay(workspaceId, day)) await markSaleDue(workspaceId, saleId, now);
    await askRollups([{ workspaceId, grain: 'day', at: day, of: ALL }], now);
  }
  return wrong;
}

/** Has everything made anew from the ledger, the touches and the rules. */
export async function rebuildRevenue(workspaceId: string, now: Date): Promise<void> {
  await askAllRollups(workspaceId, now);
  await markAllSalesDue(workspaceId, 'creditDue', now);
}
