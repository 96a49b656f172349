import { z } from 'zod';
import { listStaleShown } from '../../src/discover/website/refresh-company.ts';
import { defineJob } from '../job.ts';
import { readWebsiteJob } from './read-website.ts';

/** Reads anew the websites of companies that the team was shown and whose evidence has grown stale, a few at a time. */
export const refreshWebsites = defineJob({
  name: 'refresh-websites',
  payload: z.object({}),
  every: '15 minutes',
  run: async (_payload, { enqueue, log, now }) => {
    const stale = await listStaleShown(now());
    for (const { workspaceId, companyId } of stale) await enqueue(readWebsiteJob, { workspaceId, companyId });
    if (stale.length > 0) log.info({ companies: stale.length }, 'stale evidence is read anew');
  },
});
