import { subSeconds } from 'date-fns';
import { LOST_MS } from '../../src/discover/research/research.ts';
import { listIdleResearches } from '../../src/discover/research/research-repository.ts';
import { defineSweep } from '../job.ts';
import { runResearch } from './run-research.ts';

/** Whoever worked on it is taken for dead. */
const IDLE_SECONDS = (1.1 * LOST_MS) / 1000;

/** Goes on with researches that a dead process left behind, or that waited until the model could be asked again. */
export const sweepResearch = defineSweep({
  name: 'sweep-research',
  every: '20 seconds',
  find: (at) => listIdleResearches(subSeconds(at, IDLE_SECONDS), at),
  act: ({ workspaceId, id }, { enqueue }) => enqueue(runResearch, { workspaceId, researchId: id }),
});
