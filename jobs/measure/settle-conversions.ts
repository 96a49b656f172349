import { addMinutes, subDays } from 'date-fns';
import { z } from 'zod';
import { listConversionsDue, putOffConversion, settleNotOurs } from '../../src/measure/conversions/conversion-repository.ts';
import { settleConversion } from '../../src/measure/conversions/settle-conversion.ts';
import { defineJob } from '../job.ts';

/** Conversions in one go; then the job makes room and comes again. */
const MOST = 200;
/** One that failed comes again then. */
const AGAIN_MINUTES = 10;
/** Customers who came by no partner are forgotten then, and who brought one of them may be told until then. */
const KEEP_DAYS = 30;

/** Brings sales and ledger to what was told of customers, of all workspaces. A conversion says itself that it waits, so a crash loses none. One
 *  that fails is logged, waits on, and keeps no other waiting. */
export const settleConversions = defineJob({
  name: 'settle-conversions',
  payload: z.object({}),
  every: '1 minute',
  once: 'while-waiting',
  run: async (_payload, { log, now, enqueue }) => {
    const due = await listConversionsDue(now(), MOST);
    for (const conversion of due) {
      const { workspaceId, id } = conversion;
      await settleConversion(conversion, now()).catch((err: unknown) => {
        log.error({ err, workspace: workspaceId, conversion: id }, 'a conversion was not settled');
        return putOffConversion(workspaceId, id, addMinutes(now(), AGAIN_MINUTES));
      });
    }
    await settleNotOurs(subDays(now(), KEEP_DAYS));
    if ((await listConversionsDue(now(), 1)).length > 0) await enqueue(settleConversions, {});
  },
});
