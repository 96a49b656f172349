import { listVersionsDue } from '../../src/onboard/agreements/agreement-repository.ts';
import { OVER_DAYS } from '../../src/onboard/agreements/open-agreements.ts';
import { defineSweep } from '../job.ts';
import { askAgreement } from './ask-agreement.ts';

const DAY_MS = 86_400_000;

/** Finds versions with a day to come, or just past, and those just published without one, and asks whoever was not asked at this stage. */
export const sweepAgreements = defineSweep({
  name: 'sweep-agreements',
  every: '1 hour',
  find: (at) => listVersionsDue(new Date(at.getTime() - OVER_DAYS * DAY_MS)),
  act: ({ workspaceId, id: versionId }, { enqueue }) => enqueue(askAgreement, { workspaceId, versionId }),
});
