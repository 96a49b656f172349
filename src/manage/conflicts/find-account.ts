import { type Account, readAccount, type Said } from './account.ts';
import { compareNames } from './compare-names.ts';
import { lookupKeys } from './match-keys.ts';
import { type Rarity, type Weighed, weighAccounts } from './weigh.ts';

/** A stored record that a registration can meet. */
export type Recorded = { id: string; said: Said };

/** Where records are looked up by their match keys. */
export type Records<R extends Recorded> = {
  /** At most `limit` records that have one of the keys. */
  withKeys(keys: readonly string[], limit: number): Promise<R[]>;
  /** How many records have each key, counted to `most`. */
  count(keys: readonly string[], most: number): Promise<Map<string, number>>;
};

/** The companies that are known beside the records: which one a domain belongs to, and which have a name, or had it. */
export type KnownCompanies = {
  ofDomains(domains: readonly string[]): Promise<{ id: string; said: Said }[]>;
  ofName(name: string): Promise<{ id: string; said: Said }[]>;
};
export const NO_COMPANIES: KnownCompanies = { ofDomains: async () => [], ofName: async () => [] };

export type Found<R extends Recorded> = Weighed & { record: R };

/** Words in more records than this point nowhere. */
const COMMON_FROM = 100;
const COUNT_TO = 1_000;
const MOST_RECORDS = 200;
/** A name that more companies have than this tells none of them. */
const MOST_NAMESAKES = 3;

/** The records that may be the account that is meant, the likeliest first; those that are surely others are left out. */
export async function findAccounts<R extends Recorded>(
  said: Said,
  records: Records<R>,
  known: KnownCompanies = NO_COMPANIES,
): Promise<Found<R>[]> {
  const [meant, ...others] = await meantBy(said, known);
  const candidates = await candidatesFor(
    [meant, ...others].flatMap(({ account }) => account),
    records,
  );
  const owners = await ownersOf(candidates.found, meant, known);
  const weighed = candidates.found.map((record): Found<R> => {
    const theirs = readAccount(record.said);
    const ways = [meant, ...others].map(({ account, companies }) => {
      const their = owners.get(record.id) ?? [];
      const areOthers = companies.length > 0 && their.length > 0 && !their.some((id) => companies.includes(id));
      const isOnlyOne = meant.namesake !== null && their.includes(meant.namesake);
      return weighAccounts(account, theirs, { rarity: candidates.rarity, areOthers, isOnlyOne });
    });
    const best = ways.reduce((first, way) => (rank(way) > rank(first) ? way : first));
    return { ...best, record };
  });
  return settled(weighed.filter(({ verdict }) => verdict !== 'different').sort((a, b) => rank(b) - rank(a)));
}

/** `namesake`: where the website is nobody's that we know, the one company that has this name. */
type Meant = { account: Account; companies: string[]; namesake: string | null };

/** What may be meant: what was said, and where only a name was said, the companies that have it or had it. */
async function meantBy(said: Said, known: KnownCompanies): Promise<[Meant, ...Meant[]]> {
  const account = readAccount(said);
  const domains = account.sites.map(({ domain }) => domain);
  const namesakes = (await Promise.all(said.names.map((name) => known.ofName(name)))).flat();
  if (domains.length > 0) {
    const owners = await known.ofDomains(domains);
    const [namesake, ...more] = owners.length > 0 ? [] : namesakes;
    const names = owners.flatMap((owner) => owner.said.names);
    // A name that is like the known one may be that of a unit: only a wholly other name is the one they had before.
    const isOther = !readAccount({ ...said, names }).names.some((name) => account.names.some((ours) => compareNames(ours, name)));
    const meant = isOther ? readAccount({ ...said, names: [...said.names, ...names] }) : account;
    return [{ account: meant, companies: owners.map(({ id }) => id), namesake: namesake && more.length === 0 ? namesake.id : null }];
  }
  const others = namesakes.length > MOST_NAMESAKES ? [] : namesakes;
  return [
    { account, companies: [], namesake: null },
    ...others.map(({ id, said: { names, sites } }) => ({
      account: readAccount({ ...said, names, sites }),
      companies: [id],
      namesake: null,
    })),
  ];
}

async function candidatesFor<R extends Recorded>(
  accounts: readonly Account[],
  records: Records<R>,
): Promise<{ found: R[]; rarity: Rarity }> {
  const keys = accounts.map(lookupKeys);
  const [sure, words] = [unique(keys.flatMap((key) => key.sure)), unique(keys.flatMap((key) => key.words))];
  const [bySure, counts] = await Promise.all([records.withKeys(sure, MOST_RECORDS), records.count(words, COUNT_TO)]);
  const rare = words.filter((word) => (counts.get(word) ?? 0) > 0 && (counts.get(word) ?? 0) <= COMMON_FROM);
  const byWords = rare.length > 0 ? await records.withKeys(rare, MOST_RECORDS) : [];
  const found = [...new Map([...bySure, ...byWords].map((record) => [record.id, record])).values()];
  const rarity: Rarity = (word) => 1 - Math.log(Math.max(1, counts.get(`w:${word}`) ?? 1)) / Math.log(COUNT_TO);
  return { found, rarity };
}

/** By record, the companies that its websites are known as; looked up only where ours is known as one. */
async function ownersOf<R extends Recorded>(records: readonly R[], meant: Meant, known: KnownCompanies): Promise<Map<string, string[]>> {
  if (meant.companies.length === 0 && !meant.namesake) return new Map();
  const sites = new Map(records.map(({ id, said }) => [id, readAccount(said).sites.map(({ domain }) => domain)]));
  const owners = await known.ofDomains(unique([...sites.values()].flat()));
  const byDomain = new Map(owners.flatMap(({ id, said }) => readAccount(said).sites.map(({ domain }): [string, string] => [domain, id])));
  return new Map([...sites].map(([id, domains]) => [id, domains.flatMap((domain) => byDomain.get(domain) ?? [])]));
}

/** A name that several accounts have, each with a website of its own, does not tell which is meant: a person is asked. */
function settled<R extends Recorded>(found: Found<R>[]): Found<R>[] {
  const same = found.filter(({ verdict }) => verdict === 'same');
  const byName = same.filter(({ weights }) => !weights.some(({ code }) => code === 'domain-same' || code === 'label-same'));
  const sites = new Set(
    byName.map(({ record }) =>
      readAccount(record.said)
        .sites.map(({ domain }) => domain)
        .sort()
        .join(' '),
    ),
  );
  if (byName.length < same.length || sites.size < 2) return found;
  return found.map((one) => (one.verdict === 'same' ? { ...one, verdict: 'ask' as const } : one));
}

function rank({ verdict, score }: Weighed): number {
  return score + (verdict === 'same' ? 1_000 : 0);
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
