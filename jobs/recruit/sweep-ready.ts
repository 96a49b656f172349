import { subMinutes } from 'date-fns';
import { listReadyDrafts } from '../../src/recruit/outreach/outbox-repository.ts';
import { defineSweep } from '../job.ts';
import { sendDraft } from './send-draft.ts';

/** Goes on with approved drafts whose hold is over, or whose worker died before it began. */
export const sweepReady = defineSweep({
  name: 'sweep-ready',
  every: '1 minute',
  find: (at) => listReadyDrafts(at, subMinutes(at, 1)),
  act: ({ workspaceId, id, approvalId }, { enqueue }) => enqueue(sendDraft, { workspaceId, draftId: id, approvalId }),
});
