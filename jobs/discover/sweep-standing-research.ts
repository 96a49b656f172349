import { addMinutes } from 'date-fns';
import { startStanding } from '../../src/discover/research/standing-research.ts';
import { listResearched, setNextResearch } from '../../src/programme/setup/programme-repository.ts';
import { defineSweep } from '../job.ts';
import { runResearch } from './run-research.ts';

/** Workspaces of one sweep. */
const AT_ONCE = 1_000;
/** What was saved in set-up or on Home is looked at with the next sweep all the same. */
const AGAIN_MINUTES = 10;

/** Starts the day's research that nobody asked for. A run that is not queued any more is found by `sweep-research`. */
export const sweepStandingResearch = defineSweep({
  name: 'sweep-standing-research',
  every: '2 minutes',
  find: (at) => listResearched(at, AT_ONCE),
  act: async ({ workspaceId }, { enqueue, log, now, research }) => {
    if (!research) return;
    // Before it is looked at: one that cannot be read must not stand first in every sweep.
    await setNextResearch(workspaceId, addMinutes(now(), AGAIN_MINUTES));
    const run = await startStanding(workspaceId, research, now());
    if (!run) return;
    await enqueue(runResearch, { workspaceId, researchId: run.id });
    log.info({ workspace: workspaceId, research: run.id }, 'standing research started');
  },
});
