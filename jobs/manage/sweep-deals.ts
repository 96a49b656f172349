import { subMinutes } from 'date-fns';
import { listAnnouncementsDue } from '../../src/manage/deals/deal-repository.ts';
import { defineSweep } from '../job.ts';
import { announceDeal } from './announce-deal.ts';

/** Finds registrations of which a crash kept the owner from hearing. */
export const sweepDeals = defineSweep({
  name: 'sweep-deals',
  every: '1 minute',
  find: async (at) => listAnnouncementsDue(subMinutes(at, 1)),
  act: ({ workspaceId, id }, { enqueue }) => enqueue(announceDeal, { workspaceId, dealId: id }),
});
