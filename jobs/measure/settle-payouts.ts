import { addHours } from 'date-fns';
import { z } from 'zod';
import { listPayoutsDue, putOffPayout, settleDue } from '../../src/measure/payouts/payout-repository.ts';
import { settlePayout } from '../../src/measure/payouts/settle-payout.ts';
import { defineJob } from '../job.ts';
import { tellPayout } from './tell-payout.ts';

/** Payouts in one go; what is left comes with the next. */
const MOST = 100;
/** One that failed is tried again then. */
const FAILED_HOURS = 1;

/** Brings the ledger and the lines of payouts to what was decided, where a crash came between, and has those told who were paid. A payout says itself that it waits.
 *  One that cannot be brought there is logged, is tried again later, and keeps no other waiting. */
export const settlePayouts = defineJob({
  name: 'settle-payouts',
  payload: z.object({}),
  every: '1 minute',
  run: async (_payload, { log, now, enqueue }) => {
    for (const { workspaceId, id, since } of await listPayoutsDue(now(), MOST))
      await settlePayout(workspaceId, id, now())
        .then((payout) => (payout.paid ? enqueue(tellPayout, { workspaceId, payoutId: id }) : settleDue(payout)))
        .catch(async (err: unknown) => {
          log.error({ err, workspace: workspaceId, payout: id }, 'a payout was not settled');
          await putOffPayout(workspaceId, id, { since, until: addHours(now(), FAILED_HOURS) });
        });
  },
});
