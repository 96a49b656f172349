import { z } from 'zod';
import { listUnbalanced, listWorkspacesMeasured } from '../../src/measure/ledger/ledger-repository.ts';
import { checkRevenue } from '../../src/measure/revenue/check-revenue.ts';
import { defineJob } from '../job.ts';
import { creditSales } from './credit-sales.ts';

/** Transactions that are named when they do not add up; there should be none. */
const MOST = 100;

/** Every night: whether all postings of the ledger add up, and whether the figures of each day are what the ledger says. What is wrong is logged for whoever runs
 *  this; figures are made anew. */
export const checkLedger = defineJob({
  name: 'check-ledger',
  payload: z.object({}),
  every: '1 day',
  once: true,
  run: async (_payload, { log, now, enqueue }) => {
    for (const { workspaceId, source } of await listUnbalanced(MOST))
      log.error({ workspace: workspaceId, source }, 'a transaction of the ledger does not add up');
    for (const workspaceId of await listWorkspacesMeasured()) {
      const wrong = await checkRevenue(workspaceId, now());
      if (!wrong) {
        log.warn({ workspace: workspaceId }, 'figures could not be compared with the ledger: some are still to be worked out');
        continue;
      }
      for (const figure of wrong)
        log.error({ workspace: workspaceId, ...figure }, 'a figure was not what the ledger says; it is made anew');
      if (wrong.length > 0) await enqueue(creditSales, {});
    }
  },
});
