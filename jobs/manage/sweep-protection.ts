import { listNoticesDue } from '../../src/manage/deals/protection-repository.ts';
import { defineSweep } from '../job.ts';
import { followProtection } from './follow-protection.ts';

/** Finds deals of which something is due: a warning, an end, or news that a crash kept back. */
export const sweepProtection = defineSweep({
  name: 'sweep-protection',
  every: '1 minute',
  find: listNoticesDue,
  act: ({ workspaceId, id }, { enqueue }) => enqueue(followProtection, { workspaceId, dealId: id }),
});
