import { listMergesDue } from '../../src/onboard/partners/partner-merge-repository.ts';
import { defineSweep } from '../job.ts';
import { mergePartnersJob } from './merge-partners.ts';

/** Goes on with merges of partner records whose process died. */
export const sweepMerges = defineSweep({
  name: 'sweep-merges',
  every: '1 minute',
  find: listMergesDue,
  act: ({ workspaceId, id }, { enqueue }) => enqueue(mergePartnersJob, { workspaceId, partnerId: id }),
});
