import { type Company, isStale, NOTHING_KNOWN } from '../../programme/companies/company.ts';
import { getCompany, listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import type { ImportedCompany } from '../../programme/companies/merge-facts.ts';
import type { SaveResult } from '../../programme/companies/save-imported.ts';
import { saveReadFacts } from '../../programme/companies/save-read-facts.ts';
import type { Network } from './network.ts';
import { readWebsite } from './read-website.ts';
import { findWebsite, isKept, saveWebsite, type Website } from './website-repository.ts';

/** Reads a company's website, unless it was read within the last days, and takes what it states into the company's facts, each with
 *  its page and the day it was read. Refuses `company-unknown`; what the site does wrong is in the answer's `problem`. */
export async function refreshCompany(
  workspaceId: string,
  companyId: string,
  network: Network,
  now: Date,
): Promise<{ website: Website; result: SaveResult }> {
  const { domain } = await getCompany(workspaceId, companyId);
  const kept = await findWebsite(workspaceId, domain);
  const website = kept && isKept(kept, now) ? kept : await readWebsite(domain, network, now);
  if (website !== kept) await saveWebsite(workspaceId, website);
  const result = website.problem ? 'unchanged' : await saveReadFacts(workspaceId, factsOf(website), now);
  return { website, result };
}

function factsOf({
  domain,
  home,
  readAt: at,
  name,
  oneLiner,
  description,
  integrations,
  integrationsAt,
  partnerPage,
}: Website): ImportedCompany {
  const origin = { source: home, at };
  return {
    domain,
    facts: { ...NOTHING_KNOWN, name, website: home, oneLiner, description, integrations, partnerPage },
    origin,
    origins: {
      ...(integrationsAt ? { integrations: { source: integrationsAt, at } } : {}),
      ...(partnerPage ? { partnerPage: { source: partnerPage, at } } : {}),
    },
  };
}

/** Companies shown longer ago are nobody's business of today. */
export const SHOWN_DAYS = 30;
/** Sites asked anew at a time for one workspace. */
const A_TIME = 5;

/** Of the companies that a workspace's digests showed, a few that were not turned down and whose evidence is stale, the stalest first. Sites read
 *  within the last days are left alone. */
export async function listStale(workspaceId: string, companyIds: string[], now: Date): Promise<string[]> {
  const companies = (await listCompaniesByIds(workspaceId, companyIds))
    .filter((company) => company.decision?.kind !== 'not-fit' && isStale({ at: oldest(company) }, now))
    .sort((a, b) => oldest(a).getTime() - oldest(b).getTime());
  const stale: string[] = [];
  for (const { id, domain } of companies) {
    if (stale.length === A_TIME) break;
    const website = await findWebsite(workspaceId, domain);
    if (!website || !isKept(website, now)) stale.push(id);
  }
  return stale;
}

/** When the oldest of its facts was read. */
function oldest({ origin, origins }: Company): Date {
  return new Date(Math.min(...[origin, ...Object.values(origins)].map(({ at }) => at.getTime())));
}
