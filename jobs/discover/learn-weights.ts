import { z } from 'zod';
import { learnWeights } from '../../src/discover/learning/learn-weights.ts';
import { defineJob } from '../job.ts';

/** Lets the latest decisions move the weights of the fit score. */
export const learnWeightsJob = defineJob({
  name: 'learn-weights',
  payload: z.object({ workspaceId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId }, { log, now }) => {
    for (const type of await learnWeights(workspaceId, now())) log.info({ workspace: workspaceId, type }, 'weights learned');
  },
});
