import { listFilingPartnersDue, listFilingsDue } from '../../src/onboard/agreements/acceptance-repository.ts';
import { listReachableDue } from '../../src/onboard/partners/partner-repository.ts';
import { defineSweep } from '../job.ts';
import { fileAcceptance } from './file-acceptance.ts';

/** Finds acceptances without a copy in the partner's channel: it was not connected then, or a process died in between. */
export const sweepFilings = defineSweep({
  name: 'sweep-filings',
  every: '10 minutes',
  find: async () => listFilingsDue(await listReachableDue(await listFilingPartnersDue())),
  act: ({ workspaceId, id: acceptanceId }, { enqueue }) => enqueue(fileAcceptance, { workspaceId, acceptanceId }),
});
