import { lapseDraft, listLapsing } from '../../src/recruit/outreach/lapse-drafts.ts';
import { defineSweep } from '../job.ts';
import { showDraftJob } from './show-draft.ts';

/** Closes drafts that nobody decided on for 14 days. */
export const sweepLapsed = defineSweep({
  name: 'sweep-lapsed',
  every: '1 minute',
  find: listLapsing,
  act: async ({ workspaceId, id }, { enqueue, now }) => {
    if (await lapseDraft(workspaceId, id, now())) await enqueue(showDraftJob, { workspaceId, draftId: id });
  },
});
