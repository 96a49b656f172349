import { z } from 'zod';
import { listPayoutsDue, settleDue } from '../../src/measure/payouts/payout-repository.ts';
import { settlePayout } from '../../src/measure/payouts/settle-payout.ts';
import { defineJob } from '../job.ts';
import { tellPayout } from './tell-payout.ts';

/** Payouts in one go; what is left comes with the next. */
const MOST = 100;

/** Brings the ledger and the lines of payouts to what was decided, where a crash came between, and has those told who were paid. A payout says itself that it waits. One that cannot be brought
 *  there is logged, waits on, and keeps no other waiting. */
export const settlePayouts = defineJob({
  name: 'settle-payouts',
  payload: z.object({}),
  every: '1 minute',
  run: async (_payload, { log, now, enqueue }) => {
    for (const { workspaceId, id } of await listPayoutsDue(MOST))
      await settlePayout(workspaceId, id, now())
        .then((payout) => (payout.paid ? enqueue(tellPayout, { workspaceId, payoutId: id }) : settleDue(payout)))
        .catch((err: unknown) => log.error({ err, workspace: workspaceId, payout: id }, 'a payout was not settled'));
  },
});
