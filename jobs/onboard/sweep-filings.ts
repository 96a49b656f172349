import { listFilingsDue } from '../../src/onboard/agreements/acceptance-repository.ts';
import { defineSweep } from '../job.ts';
import { fileCopy } from './file-acceptance.ts';

/** Finds acceptances without a copy in the partner's channel: it was not connected then, or a process died in between. */
export const sweepFilings = defineSweep({
  name: 'sweep-filings',
  every: '10 minutes',
  find: () => listFilingsDue(),
  act: ({ workspaceId, id }, deps) => fileCopy(workspaceId, id, deps),
});
