import { keepLastUsed } from '../../platform/last-used.ts';
import { inSlices } from '../../platform/slices.ts';
import { cleanText } from './clean-text.ts';
import { type Company, CompanyFacts } from './company.ts';
import { nothingRead, type ReadSoFar, readChanges, type StoredCompany, shareRuns } from './company-changes.ts';
import { CompanyModel, listCompaniesByIds } from './company-repository.ts';
import { registrableDomain } from './domain-name.ts';

/** What tells a company from others. */
export type Named = Pick<Company, 'id' | 'name' | 'domain' | 'aliases'>;

/** `spelled`: name, domain and aliases in lower case, each on a line of its own, with one before and one behind. */
type Spelled = Named & { spelled: string };

type KeptNames = { companies: Map<string, Spelled>; readSoFar: ReadSoFar; refresh: () => Promise<void> };

/** Of all workspaces together; about 300 bytes each. */
const MOST_KEPT = 400_000;
const FIELDS = { name: 1, domain: 1, aliases: 1 } as const;
const Stored = CompanyFacts.pick({ name: true, aliases: true });
/** Longer search words are cut: no name is longer. */
const MAX_WORDS = 200;
const STEP = 2_000;

const kept = keepLastUsed<KeptNames>(MOST_KEPT, ({ companies }) => companies.size);

/** The names of all companies of a workspace by id, as they are now. Kept from one question to the next, so that each reads only what has
 *  changed: a search among 100,000 names then takes milliseconds, and no database has to look through texts. */
export async function namesOf(workspaceId: string): Promise<ReadonlyMap<string, Named>> {
  return (await freshNames(workspaceId)).companies;
}

async function freshNames(workspaceId: string): Promise<KeptNames> {
  const entry = kept.get(workspaceId) ?? newNames(workspaceId);
  kept.set(workspaceId, entry);
  await entry.refresh();
  // Others may have to go, now that it has grown.
  kept.get(workspaceId);
  return entry;
}

function newNames(workspaceId: string): KeptNames {
  const readSoFar = nothingRead();
  const refresh = shareRuns(async () => {
    for await (const batch of readChanges(workspaceId, readSoFar, FIELDS)) {
      // Another map: whoever walks through the one before meets all that were in it.
      if (batch.anew) entry.companies = new Map();
      for (const stored of batch.companies) entry.companies.set(String(stored._id), spell(stored));
    }
  });
  const entry: KeptNames = { companies: new Map(), readSoFar, refresh };
  return entry;
}

function spell({ _id, domain: stored, ...facts }: StoredCompany): Spelled {
  const { name, aliases } = Stored.parse(facts);
  const domain = String(stored);
  return { id: String(_id), name, domain, aliases, spelled: `\n${[name, domain, ...aliases].join('\n').toLowerCase()}\n` };
}

/** For companies that went to another workspace: what is kept of this one is read anew. */
export function forgetNames(workspaceId: string): void {
  kept.forget(workspaceId);
}

/** Where the names are not kept, the database counts: to read them all only for that would keep the Home tab waiting. */
export async function countCompanies(workspaceId: string): Promise<number> {
  if (kept.get(workspaceId)?.readSoFar.witness) return (await namesOf(workspaceId)).size;
  return await CompanyModel.countDocuments({ workspaceId });
}

/** Companies a person may mean by `text`, in any case: first those whose name, domain or alias is exactly that, then those that contain it. */
export async function findCompaniesByName(workspaceId: string, text: string, limit: number): Promise<Company[]> {
  const words = cleanText(text.slice(0, 10 * MAX_WORDS))
    .slice(0, MAX_WORDS)
    .trim()
    .toLowerCase();
  if (words === '' || limit < 1) return [];
  const asDomain = registrableDomain(words);
  const lines = [`\n${words}\n`, ...('domain' in asDomain ? [`\n${asDomain.domain}\n`] : [])];
  const { companies } = await freshNames(workspaceId);
  const [exact, containing]: [Named[], Named[]] = [[], []];
  function* look() {
    let seen = 0;
    for (const company of companies.values()) {
      if (++seen % STEP === 0) yield;
      if (lines.some((line) => company.spelled.includes(line))) exact.push(company);
      else if (company.spelled.includes(words)) containing.push(company);
    }
  }
  await inSlices(look());
  const found = [...firstNames(exact, limit), ...firstNames(containing, limit)].slice(0, limit);
  return listCompaniesByIds(
    workspaceId,
    found.map(({ id }) => id),
  );
}

/** By name, then domain. Many may match: all are looked through for the first, and only those are sorted. */
function firstNames(companies: readonly Named[], limit: number): Named[] {
  const first: Named[] = [];
  for (const company of companies) {
    const last = first.at(-1);
    if (first.length === limit && last && !comesBefore(company, last)) continue;
    const at = first.findIndex((other) => comesBefore(company, other));
    first.splice(at < 0 ? first.length : at, 0, company);
    first.length = Math.min(first.length, limit);
  }
  return first;
}

function comesBefore(a: Named, b: Named): boolean {
  return a.name === b.name ? a.domain < b.domain : a.name < b.name;
}

/** Names less alike than this are other names. */
const LEAST = 0.35;

/** Companies whose name or domain is spelled most like `text`, the likest first: by the share of letter pairs in common (Dice). */
export async function findNearNames(
  workspaceId: string,
  text: string,
  limit: number,
  isShown: (company: Named) => boolean,
): Promise<Named[]> {
  const wanted = pairsOf(lettersOf(text));
  if (wanted.size === 0) return [];
  const companies = await namesOf(workspaceId);
  let near: { company: Named; likeness: number }[] = [];
  function* look() {
    let seen = 0;
    for (const company of companies.values()) {
      if (++seen % (STEP / 10) === 0) yield;
      const spellings = [company.name, company.domain.replace(/\.[^.]+$/, ''), ...company.aliases];
      const likeness = Math.max(...spellings.map((spelling) => dice(wanted, lettersOf(spelling))));
      const worst = near.length < limit ? LEAST : (near.at(-1)?.likeness ?? LEAST);
      if (likeness < worst || (near.length === limit && likeness === worst) || !isShown(company)) continue;
      near = [...near, { company, likeness }].sort((a, b) => b.likeness - a.likeness).slice(0, limit);
    }
  }
  await inSlices(look());
  return near.map(({ company }) => company);
}

function lettersOf(text: string): string {
  const lower = text.slice(0, 200).toLowerCase();
  if (/^[a-z0-9]*$/.test(lower)) return lower;
  return lower.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, '');
}

/** The first and the last letter count once more, with the edge beside them. */
function pairsOf(letters: string): Set<number> {
  const pairs = new Set<number>();
  if (letters !== '') for (let at = 0; at <= letters.length; at++) pairs.add(pairAt(letters, at));
  return pairs;
}

const EDGE = 32;

function pairAt(letters: string, at: number): number {
  const [first, second] = [at === 0 ? EDGE : letters.charCodeAt(at - 1), at === letters.length ? EDGE : letters.charCodeAt(at)];
  return first * 65_536 + second;
}

function dice(wanted: ReadonlySet<number>, letters: string): number {
  let most = 0;
  for (let at = 0; at <= letters.length; at++) if (wanted.has(pairAt(letters, at))) most++;
  // Nearly all names end here: with so few pairs in common they cannot be alike enough.
  if ((2 * most) / (wanted.size + most) < LEAST) return 0;
  const pairs = pairsOf(letters);
  let both = 0;
  for (const pair of pairs) if (wanted.has(pair)) both++;
  return (2 * both) / Math.max(1, wanted.size + pairs.size);
}
