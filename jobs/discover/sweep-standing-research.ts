import { startStanding } from '../../src/discover/research/standing-research.ts';
import { listResearched } from '../../src/programme/setup/programme-repository.ts';
import { defineSweep } from '../job.ts';
import { runResearch } from './run-research.ts';

/** Starts the day's research that nobody asked for. A run that is not queued any more is found by `sweep-research`. */
export const sweepStandingResearch = defineSweep({
  name: 'sweep-standing-research',
  every: '2 minutes',
  find: () => listResearched(),
  act: async ({ workspaceId }, { enqueue, log, now, research }) => {
    const run = await startStanding(workspaceId, research, now());
    if (!run) return;
    await enqueue(runResearch, { workspaceId, researchId: run.id });
    log.info({ workspace: workspaceId, research: run.id }, 'standing research started');
  },
});
