import { subMinutes } from 'date-fns';
import { listWorkspacesToMeet } from '../../src/manage/crm/meet-repository.ts';
import { defineSweep } from '../job.ts';
import { meetOpportunities } from './meet-opportunities.ts';

/** Finds where a crash, or a trouble, kept changed opportunities from being compared with our deals. */
export const sweepOpportunities = defineSweep({
  name: 'sweep-opportunities',
  every: '1 minute',
  find: async (at) => (await listWorkspacesToMeet(subMinutes(at, 1))).map((id) => ({ workspaceId: id, id })),
  act: ({ workspaceId }, { enqueue }) => enqueue(meetOpportunities, { workspaceId }),
});
