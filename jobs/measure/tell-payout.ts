import { addHours } from 'date-fns';
import { z } from 'zod';
import { paidStatements } from '../../src/measure/payouts/payout.ts';
import { putOffPayout, settleDue } from '../../src/measure/payouts/payout-repository.ts';
import { settlePayout } from '../../src/measure/payouts/settle-payout.ts';
import { tellPaid } from '../../src/slack/measure/tell-paid.ts';
import { defineJob } from '../job.ts';

/** Whoever could not be told is told then. */
const FAILED_HOURS = 1;

/** Tells each partner in a payout that it was paid, or that this was taken back; each is told once. One that cannot be told now is logged and tried again
 *  later, as long as the payout says that it waits, and keeps no other waiting. */
export const tellPayout = defineJob({
  name: 'tell-payout',
  payload: z.object({ workspaceId: z.string(), payoutId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, payoutId }, deps) => {
    const payout = await settlePayout(workspaceId, payoutId, deps.now());
    let failed = 0;
    if (payout.paid) {
      const client = await deps.slackFor(workspaceId);
      for (const statement of paidStatements(payout))
        await tellPaid(client, payout, statement, deps).catch((err: unknown) => {
          failed++;
          deps.log.error(
            { err, workspace: workspaceId, payout: payoutId, partner: statement.partnerId },
            'a partner was not told of a payout',
          );
        });
    }
    if (failed === 0) await settleDue(payout);
    else if (payout.due) await putOffPayout(workspaceId, payoutId, { since: payout.due, until: addHours(deps.now(), FAILED_HOURS) });
  },
});
