import { endOfMonth, getDate } from 'date-fns';
import { contributionsTo } from '../attribution/credit-repository.ts';
import { STAGES } from '../ledger/record-revenue.ts';
import { addStages, addSums, type StageSums, type Sums } from './measures.ts';
import { askRollups, type DueRollup, keepRollup, listRollups, listRollupsDue, settleRollup } from './rollup-repository.ts';

/** Figures in one go. */
const MOST = 500;

/** Adds up every figure that waits, days before the months that are made of them. Whatever stops it, what was not settled waits still; two at once come to
 *  the same. Returns how many were done, at most `MOST` of each. */
export async function rollUp(now: Date): Promise<{ done: number; isMore: boolean }> {
  const days = await listRollupsDue('day', MOST);
  for (const day of days) await rollUpDay(day, now);
  const months = days.length === MOST ? [] : await listRollupsDue('month', MOST);
  for (const month of months) if (await keepRollup(month, await sumsOfMonth(month))) await settleRollup(month);
  return { done: days.length + months.length, isMore: days.length === MOST || months.length === MOST };
}

async function rollUpDay(due: DueRollup, now: Date): Promise<void> {
  const { workspaceId, at, of } = due;
  if (!(await keepRollup(due, await sumsOfDay(due)))) return;
  await askRollups([{ workspaceId, grain: 'month', at: at.slice(0, 7), of }], now);
  await settleRollup(due);
}

async function sumsOfDay({ workspaceId, at: day, of }: DueRollup): Promise<StageSums> {
  const found = new Map<string, Sums[]>(STAGES.map((stage) => [stage, []]));
  for await (const { stage, sums } of contributionsTo(workspaceId, { of, day })) found.get(stage)?.push(sums);
  return addStages(STAGES.map((stage) => ({ [stage]: addSums(found.get(stage) ?? []) })));
}

async function sumsOfMonth({ workspaceId, at, of }: DueRollup): Promise<StageSums> {
  const days = getDate(endOfMonth(new Date(`${at}-01T12:00:00`)));
  const keys = Array.from({ length: days }, (_, place) => `${at}-${String(place + 1).padStart(2, '0')}`);
  const found = await listRollups(keys.map((day) => ({ workspaceId, grain: 'day', at: day, of })));
  return addStages(found.map(({ sums }) => sums));
}
