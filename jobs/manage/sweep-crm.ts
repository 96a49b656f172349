import { z } from 'zod';
import { workspaceOfCrm } from '../../src/manage/crm/connect-crm.ts';
import { defineJob } from '../job.ts';
import { syncCrmJob } from './sync-crm.ts';

/** Every ten minutes the CRM is read, where one is configured: by then a worker that died has lost it. */
export const sweepCrm = defineJob({
  name: 'sweep-crm',
  payload: z.object({}),
  every: '10 minutes',
  run: async (_payload, { crm, enqueue }) => {
    const workspaceId = crm && (await workspaceOfCrm(crm));
    if (workspaceId) await enqueue(syncCrmJob, { workspaceId });
  },
});
