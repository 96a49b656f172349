import { addHours } from 'date-fns';
import { z } from 'zod';
import { workOutCredit } from '../../src/measure/attribution/credit-sale.ts';
import { listSalesDue, putOffSale, settleSale } from '../../src/measure/sales/sale-repository.ts';
import { defineJob } from '../job.ts';
import { rollUpRevenue } from './roll-up-revenue.ts';

/** Sales in one go; then the job makes room and comes again. */
const MOST = 500;
/** One that failed is tried again then. */
const FAILED_HOURS = 1;

/** Works out who has which part in the sales that wait for it, and what they add to which figures. A sale says itself that it waits, so nothing is lost by
 *  a crash, and what is done twice is done once. One that cannot be worked out is logged, put off, and keeps no other from being worked out. */
export const creditSales = defineJob({
  name: 'credit-sales',
  payload: z.object({}),
  every: '20 seconds',
  run: async (_payload, { log, now, enqueue }) => {
    const sales = await listSalesDue('creditDue', now(), MOST);
    for (const { workspaceId, id, since } of sales) {
      const work = workOutCredit(workspaceId, id, now()).then(() => settleSale(workspaceId, id, 'creditDue', since));
      await work.catch(async (err: unknown) => {
        log.error({ err, workspace: workspaceId, sale: id }, 'the credits of a sale were not worked out');
        await putOffSale(workspaceId, id, 'creditDue', { since, until: addHours(now(), FAILED_HOURS) });
      });
    }
    if (sales.length > 0) await enqueue(rollUpRevenue, {});
    if (sales.length === MOST) await enqueue(creditSales, {});
  },
});
