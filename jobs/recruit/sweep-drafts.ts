import { subMinutes } from 'date-fns';
import { listStuckDrafts } from '../../src/recruit/outreach/draft-repository.ts';
import { defineSweep } from '../job.ts';
import { writeDraftJob } from './write-draft.ts';

/** Picks up texts that nobody is writing any more. */
export const sweepDrafts = defineSweep({
  name: 'sweep-drafts',
  every: '1 minute',
  find: (at) => listStuckDrafts('writing', subMinutes(at, 2)),
  act: ({ workspaceId, id }, { enqueue }) => enqueue(writeDraftJob, { workspaceId, draftId: id }),
});
