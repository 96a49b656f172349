import { subHours } from 'date-fns';
import { listEndedResearches } from '../../src/discover/research/research-repository.ts';
import { isShown } from '../../src/slack/post-repository.ts';
import { defineSweep } from '../job.ts';
import { runResearch } from './run-research.ts';

/** Shows the end of researches whose card does not. */
export const sweepResearchCards = defineSweep({
  name: 'sweep-research-cards',
  every: '20 seconds',
  find: (at) => listEndedResearches(subHours(at, 1)),
  act: async ({ workspaceId, id, updatedAt }, { enqueue }) => {
    if (!(await isShown(workspaceId, `research:${id}`, updatedAt))) await enqueue(runResearch, { workspaceId, researchId: id });
  },
});
