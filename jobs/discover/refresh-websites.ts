import { subDays } from 'date-fns';
import { listShownSince } from '../../src/discover/digest/digest-repository.ts';
import { listStale, SHOWN_DAYS } from '../../src/discover/website/refresh-company.ts';
import { defineSweep } from '../job.ts';
import { readWebsiteJob } from './read-website.ts';

/** Reads anew the websites of companies that a team was shown and whose evidence has grown stale, a few of each workspace at a time. */
export const refreshWebsites = defineSweep({
  name: 'refresh-websites',
  every: '15 minutes',
  find: async (at) => (await listShownSince(subDays(at, SHOWN_DAYS))).map((shown) => ({ ...shown, id: 'companies' })),
  act: async ({ workspaceId, companyIds }, { enqueue, log, now }) => {
    const stale = await listStale(workspaceId, companyIds, now());
    for (const companyId of stale) await enqueue(readWebsiteJob, { workspaceId, companyId });
    if (stale.length > 0) log.info({ workspace: workspaceId, companies: stale.length }, 'stale evidence is read anew');
  },
});
