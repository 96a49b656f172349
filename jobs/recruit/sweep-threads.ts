import { z } from 'zod';
import { settleSuppressionTrails } from '../../src/programme/suppression/suppression-repository.ts';
import { listDueThreads, settleThreadTrails } from '../../src/recruit/outreach/thread-repository.ts';
import { defineJob } from '../job.ts';
import { startFollowUpJob } from './start-follow-up.ts';

/** Finds threads whose next touch is due. */
export const sweepThreads = defineJob({
  name: 'sweep-threads',
  payload: z.object({}),
  every: '1 minute',
  run: async (_payload, { enqueue, now }) => {
    for (const { workspaceId, id } of await listDueThreads(now())) await enqueue(startFollowUpJob, { workspaceId, threadId: id });
    await Promise.all([settleThreadTrails(), settleSuppressionTrails()]);
  },
});
