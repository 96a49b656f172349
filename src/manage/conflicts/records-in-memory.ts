import { readAccount } from './account.ts';
import type { KnownCompanies, Recorded, Records } from './find-account.ts';
import { storedKeys } from './match-keys.ts';

/** Records that a file brings, looked up as the stored ones are. */
export function recordsInMemory<R extends Recorded>(records: Iterable<R>): Records<R> {
  const byKey = new Map<string, R[]>();
  for (const record of records) {
    for (const key of storedKeys(readAccount(record.said))) {
      const known = byKey.get(key);
      if (known) known.push(record);
      else byKey.set(key, [record]);
    }
  }
  return async (asked) => asked.map(({ keys, limit }) => [...new Set(keys.flatMap((key) => byKey.get(key) ?? []))].slice(0, limit));
}

/** Companies of a file. */
export function companiesInMemory(companies: Iterable<Recorded>): KnownCompanies {
  const byKey = new Map<string, Recorded[]>();
  const keep = (key: string, company: Recorded) => byKey.set(key, [...(byKey.get(key) ?? []), company]);
  for (const company of companies) {
    const { names, sites } = readAccount(company.said);
    for (const domain of new Set(sites.map((site) => site.domain))) keep(`d:${domain}`, company);
    for (const compact of new Set(names.map((name) => name.compact))) keep(`c:${compact}`, company);
  }
  return {
    ofDomains: async (domains) => [...new Set(domains.flatMap((domain) => byKey.get(`d:${domain}`) ?? []))],
    ofName: async (name) => {
      const compacts = readAccount({ names: [name], sites: [], country: null, city: null }).names.map(({ compact }) => compact);
      return [...new Set(compacts.flatMap((compact) => byKey.get(`c:${compact}`) ?? []))];
    },
  };
}
