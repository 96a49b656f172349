import { subDays } from 'date-fns';
import type { Company } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { isStale } from '../../programme/companies/freshness.ts';
import { listShownSince } from '../digest/digest-repository.ts';
import { isKept } from './website.ts';
import { findWebsite } from './website-repository.ts';

/** Companies shown longer ago are nobody's business of today. */
const SHOWN_DAYS = 30;
/** Sites asked anew at a time for one workspace. */
const A_TIME = 5;

/** Companies that a digest showed lately, that were not turned down, and whose evidence is stale, the stalest first: a few of each
 *  workspace. Sites read within the last days are left alone. */
export async function listStaleShown(now: Date): Promise<{ workspaceId: string; companyId: string }[]> {
  const stale: { workspaceId: string; companyId: string }[] = [];
  for (const { workspaceId, companyIds } of await listShownSince(subDays(now, SHOWN_DAYS))) {
    const companies = (await listCompaniesByIds(workspaceId, companyIds))
      .filter((company) => company.decision?.kind !== 'not-fit' && isStale({ at: oldest(company) }, now))
      .sort((a, b) => oldest(a).getTime() - oldest(b).getTime());
    let chosen = 0;
    for (const { id, domain } of companies) {
      if (chosen === A_TIME) break;
      const website = await findWebsite(workspaceId, domain);
      if (website && isKept(website, now)) continue;
      stale.push({ workspaceId, companyId: id });
      chosen++;
    }
  }
  return stale;
}

/** When the oldest of its facts was read. */
function oldest({ origin, origins }: Company): Date {
  return new Date(Math.min(...[origin, ...Object.values(origins)].map(({ at }) => at.getTime())));
}
