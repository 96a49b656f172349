import { z } from 'zod';
import { refreshCompany } from '../../src/discover/website/refresh-company.ts';
import { defineJob } from '../job.ts';

/** Reads one company's website into its facts. Run twice, it asks the site once. */
export const readWebsiteJob = defineJob({
  name: 'read-website',
  payload: z.object({ workspaceId: z.string(), companyId: z.string() }),
  once: true,
  run: async ({ workspaceId, companyId }, { log, network, now }) => {
    const { website, result } = await refreshCompany(workspaceId, companyId, network, now());
    log.info({ workspace: workspaceId, company: companyId, problem: website.problem, result }, 'website read');
  },
});
