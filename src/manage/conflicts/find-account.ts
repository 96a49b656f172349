import { type Account, readAccount, type Said } from './account.ts';
import { compareNames } from './compare-names.ts';
import { lookupKeys } from './match-keys.ts';
import { type Rarity, type Weighed, weighAccounts } from './weigh.ts';

/** A stored record that a registration can meet. */
export type Recorded = { id: string; said: Said };

/** Records that have one of these match keys, at most `limit` of them. */
export type Asked = { keys: readonly string[]; limit: number };
/** Where records are looked up: for each that is asked, its records. */
export type Records<R extends Recorded> = (asked: readonly Asked[]) => Promise<R[][]>;

/** The companies that are known beside the records: which one a domain belongs to, and which have a name, or had it. */
export type KnownCompanies = {
  ofDomains(domains: readonly string[]): Promise<{ id: string; said: Said }[]>;
  ofName(name: string): Promise<{ id: string; said: Said }[]>;
};
export const NO_COMPANIES: KnownCompanies = { ofDomains: async () => [], ofName: async () => [] };

export type Found<R extends Recorded> = Weighed & { record: R };
/** A record that was found, with its account as it is compared: read once, as many are. */
type Candidate<R extends Recorded> = { record: R; account: Account };

/** Words and halves of names that stand in so many records point nowhere. */
const COMMON_FROM = 30;
const MOST_RECORDS = 100;
/** A name that more companies have than this tells none of them. */
const MOST_NAMESAKES = 3;

/** The records that may be the account that is meant, the likeliest first; those that are surely others are left out. */
export async function findAccounts<R extends Recorded>(
  said: Said,
  sources: readonly Records<R>[],
  known: KnownCompanies = NO_COMPANIES,
): Promise<Found<R>[]> {
  const [meant, ...others] = await meantBy(said, known);
  const accounts = [meant, ...others].map(({ account }) => account);
  const candidates = await candidatesFor(accounts, sources);
  const owners = await ownersOf(candidates.found, meant, known);
  const weighed = candidates.found.map((candidate) => {
    const their = owners.get(candidate.record.id) ?? [];
    const ways = [meant, ...others].map(({ account, companies }) => {
      const areOthers = companies.length > 0 && their.length > 0 && !their.some((id) => companies.includes(id));
      const isOnlyOne = meant.namesake !== null && their.includes(meant.namesake);
      return weighAccounts(account, candidate.account, { rarity: candidates.rarity, areOthers, isOnlyOne });
    });
    return { ...candidate, ...ways.reduce((first, way) => (rank(way) > rank(first) ? way : first)) };
  });
  const found = settled(weighed.filter(({ verdict }) => verdict !== 'different').sort((a, b) => rank(b) - rank(a)));
  return found.map(({ account, ...one }) => one);
}

/** `namesake`: where the website is nobody's that we know, the one company that has this name. */
type Meant = { account: Account; companies: string[]; namesake: string | null };

/** What may be meant: what was said, and where only a name was said, the companies that have it or had it. */
async function meantBy(said: Said, known: KnownCompanies): Promise<[Meant, ...Meant[]]> {
  const account = readAccount(said);
  const domains = account.sites.map(({ domain }) => domain);
  const [owners, ...ofNames] = await Promise.all([known.ofDomains(domains), ...said.names.map((name) => known.ofName(name))]);
  const namesakes = ofNames.flat();
  if (domains.length > 0) {
    const [namesake, ...more] = owners.length > 0 ? [] : namesakes;
    const names = owners.flatMap((owner) => owner.said.names);
    const meant = isItself(account, names) ? readAccount({ ...said, names: [...said.names, ...names] }) : account;
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

/** Whether a company that is known by these names is the one that is meant, and not a unit of it: its name is one of them, or like none of them, as the one
 *  it had before. */
export function isItself(account: Account, names: readonly string[]): boolean {
  const known = names.flatMap((name) => readAccount({ names: [name], sites: [], country: null, city: null }).names);
  const ties = account.names.flatMap((ours) => known.map((theirs) => compareNames(ours, theirs)?.kind));
  return ties.includes('same') || ties.every((kind) => kind === undefined);
}

async function candidatesFor<R extends Recorded>(
  accounts: readonly Account[],
  sources: readonly Records<R>[],
): Promise<{ found: Candidate<R>[]; rarity: Rarity }> {
  const keys = accounts.map(lookupKeys);
  const sure = unique(keys.flatMap((key) => key.sure));
  const loose = unique(keys.flatMap((key) => key.loose));
  const [sites, names] = [sure.filter(isOfSite), sure.filter((key) => !isOfSite(key))];
  const asked = [
    // Alone, so that no crowd of one name hides the one of its domain.
    { keys: sites, limit: MOST_RECORDS },
    { keys: names, limit: MOST_RECORDS },
    ...loose.map((key) => ({ keys: [key], limit: COMMON_FROM })),
  ];
  const answers = await Promise.all(sources.map((records) => records(asked)));
  const [bySite = [], byName = [], ...byLoose] = asked.map((_, at) => answers.flatMap((answer) => answer[at] ?? []));
  const counts = new Map(loose.map((key, at) => [key, byLoose[at]?.length ?? 0]));
  const candidates = [...bySite, ...byName, ...byLoose.filter((records) => records.length < COMMON_FROM).flat()];
  const records = [...new Map(candidates.map((record) => [record.id, record])).values()];
  const found = records.map((record) => ({ record, account: readAccount(record.said) }));
  const rarity: Rarity = (word) => Math.max(0, 1 - Math.log(Math.max(1, counts.get(`w:${word}`) ?? 1)) / Math.log(COMMON_FROM));
  return { found, rarity };
}

/** By record, the companies that its websites are known as; looked up only where ours is known as one. */
async function ownersOf<R extends Recorded>(
  found: readonly Candidate<R>[],
  meant: Meant,
  known: KnownCompanies,
): Promise<Map<string, string[]>> {
  if (meant.companies.length === 0 && !meant.namesake) return new Map();
  const sites = new Map(found.map(({ record, account }) => [record.id, account.sites.map(({ domain }) => domain)]));
  const owners = await known.ofDomains(unique([...sites.values()].flat()));
  const byDomain = new Map(owners.flatMap(({ id, said }) => readAccount(said).sites.map(({ domain }): [string, string] => [domain, id])));
  return new Map([...sites].map(([id, domains]) => [id, domains.flatMap((domain) => byDomain.get(domain) ?? [])]));
}

/** A name that several accounts have, each with a website of its own, does not tell which is meant: a person is asked. */
function settled<One extends Weighed & { account: Account }>(found: One[]): One[] {
  const same = found.filter(({ verdict }) => verdict === 'same');
  const byName = same.filter(({ weights }) => !weights.some(({ code }) => code === 'domain-same' || code === 'label-same'));
  const domains = byName.map(({ account }) => account.sites.map(({ domain }) => domain).sort());
  const sites = new Set(domains.map((own) => own.join(' ')));
  if (byName.length < same.length || sites.size < 2) return found;
  return found.map((one) => (one.verdict === 'same' ? { ...one, verdict: 'ask' as const } : one));
}

function rank({ verdict, score }: Weighed): number {
  return score + (verdict === 'same' ? 1_000 : 0);
}

function isOfSite(key: string): boolean {
  return key.startsWith('d:') || key.startsWith('l:');
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
