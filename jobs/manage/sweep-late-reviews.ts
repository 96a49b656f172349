import { listEscalationsDue } from '../../src/manage/deals/deal-review-repository.ts';
import { defineSweep } from '../job.ts';
import { escalateDeal } from './escalate-deal.ts';

/** Finds reviews whose time is nearly over. */
export const sweepLateReviews = defineSweep({
  name: 'sweep-late-reviews',
  every: '1 minute',
  find: (at) => listEscalationsDue(at),
  act: ({ workspaceId, id }, { enqueue }) => enqueue(escalateDeal, { workspaceId, dealId: id }),
});
