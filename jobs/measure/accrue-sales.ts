import { addHours } from 'date-fns';
import { z } from 'zod';
import type { Deps } from '../../src/deps.ts';
import { accrueSale } from '../../src/measure/commissions/accrue-sale.ts';
import { listSalesDue, putOffSale, settleSale, waitForRate } from '../../src/measure/sales/sale-repository.ts';
import { defineJob } from '../job.ts';

/** Sales in one go; then the job makes room and comes again. */
const MOST = 500;
/** A sale that waits for a rate is looked at again then; rates that are uploaded bring it at once. */
const WAIT_HOURS = 6;
/** One that failed is tried again then. */
const FAILED_HOURS = 1;

/** Works out what partners earn of sales, of all workspaces. Each sale says itself that it waits, so nothing is lost by a crash, and what is done twice is
 *  done once. One that fails is logged, put off, and keeps no other waiting. */
export const accrueSales = defineJob({
  name: 'accrue-sales',
  payload: z.object({}),
  every: '20 seconds',
  run: async (_payload, deps) => {
    const due = await listSalesDue('accrueDue', deps.now(), MOST);
    for (const sale of due) {
      await accrueOne(sale, deps).catch(async (err: unknown) => {
        const { workspaceId, id, since } = sale;
        deps.log.error({ err, workspace: workspaceId, sale: id }, 'the commissions of a sale were not worked out');
        await putOffSale(workspaceId, id, 'accrueDue', { since, until: addHours(deps.now(), FAILED_HOURS) });
      });
    }
    if (due.length === MOST) await again(deps);
  },
});

type Due = Awaited<ReturnType<typeof listSalesDue>>[number];

async function accrueOne({ workspaceId, id, since }: Due, { now, log }: Pick<Deps, 'now' | 'log'>): Promise<void> {
  const at = now();
  const rate = await accrueSale(workspaceId, id, at);
  if (!rate) return settleSale(workspaceId, id, 'accrueDue', since);
  log.warn({ workspace: workspaceId, sale: id, ...rate }, 'the commissions of a sale wait for a rate');
  await waitForRate(workspaceId, id, { since, until: addHours(at, WAIT_HOURS), rate });
}

async function again({ enqueue }: Pick<Deps, 'enqueue'>): Promise<void> {
  await enqueue(accrueSales, {});
}
