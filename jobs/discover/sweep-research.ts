import { subHours, subSeconds } from 'date-fns';
import { z } from 'zod';
import { QUESTION_MS } from '../../src/discover/research/research.ts';
import { listEndedResearches, listIdleResearches, settleResearchTrails } from '../../src/discover/research/research-repository.ts';
import { isShown } from '../../src/slack/post-repository.ts';
import { defineJob } from '../job.ts';
import { runResearch } from './run-research.ts';

/** Longer than a question may take: whoever worked on it is taken for dead. */
const IDLE_SECONDS = (1.5 * QUESTION_MS) / 1000;

/** Goes on with researches that a dead process left behind, or that waited until the model could be asked again, and shows the end of
 *  those whose card does not. */
export const sweepResearch = defineJob({
  name: 'sweep-research',
  payload: z.object({}),
  every: '20 seconds',
  run: async (_payload, { enqueue, now }) => {
    const at = now();
    for (const { workspaceId, id } of await listIdleResearches(subSeconds(at, IDLE_SECONDS), at)) {
      await enqueue(runResearch, { workspaceId, researchId: id });
    }
    for (const { workspaceId, id, updatedAt } of await listEndedResearches(subHours(at, 1))) {
      if (await isShown(workspaceId, `research:${id}`, updatedAt)) continue;
      await enqueue(runResearch, { workspaceId, researchId: id });
    }
    await settleResearchTrails();
  },
});
