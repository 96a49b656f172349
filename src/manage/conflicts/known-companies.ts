import { findNamed, idsByDomain, listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import type { KnownCompanies } from './find-account.ts';

/** The companies that a workspace has imported, with their other names. */
export function knownCompanies(workspaceId: string): KnownCompanies {
  return {
    ofDomains: async (domains) => read(workspaceId, [...(await idsByDomain(workspaceId, domains)).values()]),
    ofName: async (name) => {
      const namesakes = await findNamed(workspaceId, [name]);
      return read(
        workspaceId,
        namesakes.map(({ id }) => id),
      );
    },
  };
}

async function read(workspaceId: string, ids: string[]) {
  const companies = ids.length > 0 ? await listCompaniesByIds(workspaceId, ids) : [];
  return companies.map(({ id, name, domain, aliases }) => ({
    id,
    said: { names: [name, ...aliases], sites: [domain], country: null, city: null },
  }));
}
