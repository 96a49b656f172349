import { listDueThreads } from '../../src/recruit/outreach/thread-repository.ts';
import { defineSweep } from '../job.ts';
import { startFollowUpJob } from './start-follow-up.ts';

/** Finds threads whose next touch is due. */
export const sweepThreads = defineSweep({
  name: 'sweep-threads',
  every: '1 minute',
  find: (at) => listDueThreads(at),
  act: ({ workspaceId, id }, { enqueue }) => enqueue(startFollowUpJob, { workspaceId, threadId: id }),
});
