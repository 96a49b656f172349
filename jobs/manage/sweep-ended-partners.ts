import { listHeldByEnded } from '../../src/manage/deals/protection-repository.ts';
import { defineSweep } from '../job.ts';
import { followProtection } from './follow-protection.ts';

/** Finds deals that still hold an account though their partnership has ended. */
export const sweepEndedPartners = defineSweep({
  name: 'sweep-ended-partners',
  every: '5 minutes',
  find: () => listHeldByEnded(),
  act: ({ workspaceId, id }, { enqueue }) => enqueue(followProtection, { workspaceId, dealId: id }),
});
