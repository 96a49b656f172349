import { findNamed, listNamesByDomain } from '../../programme/companies/company-repository.ts';
import { readAccount, type Said } from './account.ts';
import { isItself, type KnownCompanies } from './find-account.ts';

/** The companies that a workspace has imported, with their other names. */
export function knownCompanies(workspaceId: string): KnownCompanies {
  return {
    ofDomains: async (domains) => (await listNamesByDomain(workspaceId, domains)).map(read),
    ofName: async (name) => (await findNamed(workspaceId, [name])).map(read),
  };
}

/** Other names and domains of the company that is meant, where the workspace knows just one: what a deal is found and held by beside its own. */
export async function aliasesOf(workspaceId: string, said: Said): Promise<string[]> {
  const known = knownCompanies(workspaceId);
  const account = readAccount(said);
  const domains = account.sites.map(({ domain }) => domain);
  const companies =
    domains.length > 0 ? await known.ofDomains(domains) : (await Promise.all(said.names.map((name) => known.ofName(name)))).flat();
  const [company, ...others] = companies;
  if (!company || others.length > 0 || !isItself(account, company.said.names)) return [];
  return [...company.said.names, ...company.said.sites].filter((alias) => !said.names.includes(alias) && !domains.includes(alias));
}

function read({ id, name, domain, aliases }: Awaited<ReturnType<typeof findNamed>>[number]) {
  return { id, said: { names: [name, ...aliases], sites: [domain], country: null, city: null } };
}
