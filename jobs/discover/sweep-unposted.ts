import { subMinutes } from 'date-fns';
import { listUnposted } from '../../src/discover/digest/digest-repository.ts';
import { defineSweep } from '../job.ts';
import { showDigestJob } from './show-digest.ts';

/** Picks up digests that were made and never reached their channel. */
export const sweepUnposted = defineSweep({
  name: 'sweep-unposted',
  every: '20 seconds',
  find: (at) => listUnposted(at, subMinutes(at, 2)),
  act: ({ workspaceId, id }, { enqueue }) => enqueue(showDigestJob, { workspaceId, digestId: id }),
});
