import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { z } from 'zod';
import { companyRows } from '../../src/discover/fit/company-rows.ts';
import { countMentions } from '../../src/discover/fit/cross-mentions.ts';
import { type Candidate, FitProfile } from '../../src/discover/fit/fit.ts';
import { fitTarget } from '../../src/discover/fit/fit-target.ts';
import { createRanking } from '../../src/discover/fit/rank-companies.ts';
import { readCandidates } from '../../src/discover/fit/read-candidates.ts';
import type { CustomWeights } from '../../src/discover/fit/score-company.ts';
import { atOnce } from '../../src/platform/slices.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import type { BenchRow } from './bench-row.ts';

/** Quality of one ranking: gain 1 for a known partner, else 0. */
export type Quality = { ndcg20: number; p20: number; r100: number; map: number };

/** The rankings compared: ours, the bare count of how many companies name one, chance, team size, BM25 of profile and text, and the last
 *  two fused. */
export const RANKINGS = ['ours', 'naming', 'random', 'popularity', 'bm25', 'fused'] as const;
export type QueryQuality = { query: string } & Record<(typeof RANKINGS)[number], Quality>;

/** The words of the lists for types of partners, in ours. */
const TYPE_WORDS: Record<string, PartnerType> = {
  technology: 'technology',
  'solution-services': 'consultant',
  'managed-services': 'reseller',
  member: 'co-marketing',
  'member-sponsor': 'co-marketing',
};

const Lists = z.object({
  queries: z.array(
    z.object({
      id: z.string(),
      profile: z.looseObject({ sells: z.string(), customers: z.string(), partnerTypesWanted: z.array(z.string()) }),
      positives: z.array(z.object({ id: z.string() })),
      exclude: z.array(z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])),
    }),
  ),
});
type Query = z.infer<typeof Lists>['queries'][number];

const BAND_PEOPLE = { '1-10': 5, '11-50': 30, '51-500': 200, '500+': 2_000 } as const;
/** The usual constant of reciprocal rank fusion. */
const FUSION = 60;

/** Nothing is learned from any list, so that none has to be left out. */
const LISTS = 'discovery-train.json';

export type QualityData = { queries: Query[]; companies: Candidate[] };

export async function readQualityData(dataDir: string): Promise<QualityData> {
  const { queries } = Lists.parse(JSON.parse(await readFile(join(dataDir, LISTS), 'utf8')));
  return { queries, companies: await readCompanies(dataDir) };
}

export async function readCompanies(dataDir: string): Promise<Candidate[]> {
  const companies: Candidate[] = [];
  for await (const company of readCandidates(join(dataDir, 'companies.jsonl.gz'), console.error)) companies.push(company);
  return companies;
}

/** Ranks the companies for every list of known partners in `dataDir`, with ours and with plain rankings of the same text. */
export async function measureRankQuality(dataDir: string): Promise<QueryQuality[]> {
  const { queries, companies } = await readQualityData(dataDir);
  const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'] });
  index.addAll(companies.map((company) => ({ id: company.id, text: searchText(company) })));
  const popular = [...companies].sort((a, b) => people(b) - people(a)).map(({ id }) => id);
  const shuffled = [...companies].sort((a, b) => shuffleKey(a.id) - shuffleKey(b.id)).map(({ id }) => id);
  return queries.map((query) => {
    const bm25 = index.search(`${query.profile.sells} ${query.profile.customers}`).map(({ id }) => String(id));
    return {
      query: query.id,
      ours: qualityOf(query, ourRanking(query, companies)),
      naming: qualityOf(query, byNaming(query, companies)),
      random: qualityOf(query, shuffled),
      popularity: qualityOf(query, popular),
      bm25: qualityOf(query, bm25),
      fused: qualityOf(query, fuse(bm25, popular)),
    };
  });
}

/** The mean over the lists. */
export function meanOf(rows: readonly QueryQuality[], ranking: (typeof RANKINGS)[number]): Quality {
  const all = rows.map((row) => row[ranking]);
  const mean = (of: keyof Quality) => all.reduce((sum, quality) => sum + quality[of], 0) / all.length;
  return { ndcg20: mean('ndcg20'), p20: mean('p20'), r100: mean('r100'), map: mean('map') };
}

/** The means beside their peers, nDCG@20 against the bare count of naming and R@100 against BM25; then nDCG@20 of every other ranking and
 *  of every list. */
export async function rankQualityRows(dataDir: string): Promise<BenchRow[]> {
  const rows = await measureRankQuality(dataDir);
  const [ours, naming, bm25] = [meanOf(rows, 'ours'), meanOf(rows, 'naming'), meanOf(rows, 'bm25')];
  const row = (name: string, unit: string, own: number, peer: number, n = rows.length): BenchRow => ({
    name,
    ours: own,
    peer,
    ratio: own / peer,
    unit,
    n,
  });
  return [
    row('rank-quality', `nDCG@20, ours less naming ${differenceWords(rows)}`, ours.ndcg20, naming.ndcg20),
    row('rank-quality-precision', 'P@20', ours.p20, naming.p20),
    row('rank-quality-recall', 'R@100', ours.r100, bm25.r100),
    row('rank-quality-map', 'MAP', ours.map, bm25.map),
    ...RANKINGS.slice(1).map((ranking) => row(`rank-quality-beside-${ranking}`, 'nDCG@20', ours.ndcg20, meanOf(rows, ranking).ndcg20)),
    ...rows.map(({ query, ours: own, naming: peer }) => row(`rank-quality-${query}`, 'nDCG@20', own.ndcg20, peer.ndcg20, 1)),
  ];
}

export function ourRanking({ profile }: Query, companies: readonly Candidate[], weights?: CustomWeights): string[] {
  const partnerTypesWanted = profile.partnerTypesWanted.map((word) => TYPE_WORDS[word] ?? word);
  const ranking = createRanking(FitProfile.parse({ ...profile, partnerTypesWanted }));
  for (const company of companies) ranking.add(company);
  return atOnce(ranking.best({ top: companies.length, ...(weights && { weights }) })).placed.map(({ id }) => id);
}

/** Companies by how many others name them. */
function byNaming({ profile }: Query, companies: readonly Candidate[]): string[] {
  const target = fitTarget(FitProfile.parse({ ...profile, partnerTypesWanted: ['technology'] }));
  const rows = companyRows(target, ['technology']);
  for (const company of companies) rows.put(company, false);
  const { by } = atOnce(countMentions(rows, target.ownWords.words.length));
  return [...rows.ids.keys()].sort((a, b) => (by[b] ?? 0) - (by[a] ?? 0)).map((place) => rows.ids[place] ?? '');
}

/** The mean of the paired differences in nDCG@20, with its standard error. */
function differenceWords(rows: readonly QueryQuality[]): string {
  const differences = rows.map(({ ours, naming }) => ours.ndcg20 - naming.ndcg20);
  const mean = differences.reduce((sum, value) => sum + value, 0) / rows.length;
  const spread = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (rows.length - 1);
  return `${mean.toFixed(3)} ± ${Math.sqrt(spread / rows.length).toFixed(3)}`;
}

export function qualityOf({ positives, exclude }: Query, ranking: readonly string[]): Quality {
  const left = new Set(exclude);
  const known = new Set(positives.map(({ id }) => id));
  const hits = ranking.filter((id) => !left.has(id)).map((id) => known.has(id));
  const gain = (place: number) => 1 / Math.log2(place + 2);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const ideal = sum(Array.from({ length: Math.min(20, known.size) }, (_, place) => gain(place)));
  let found = 0;
  const precisions = hits.flatMap((hit, place) => (hit ? [++found / (place + 1)] : []));
  return {
    ndcg20: sum(hits.slice(0, 20).map((hit, place) => (hit ? gain(place) : 0))) / ideal,
    p20: hits.slice(0, 20).filter(Boolean).length / 20,
    r100: hits.slice(0, 100).filter(Boolean).length / known.size,
    map: sum(precisions) / known.size,
  };
}

/** Reciprocal rank fusion; what a ranking leaves out counts as behind its last. */
function fuse(...rankings: readonly string[][]): string[] {
  const scores = new Map<string, number>();
  for (const ranking of rankings) {
    ranking.forEach((id, place) => {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (FUSION + place + 1));
    });
  }
  return [...scores].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}

function people({ teamSize, sizeBand }: Candidate): number {
  return teamSize ?? (sizeBand ? BAND_PEOPLE[sizeBand] : 0);
}

/** What a plain search would index of a company. */
export function searchText({ name, oneLiner, description, industries, tags }: Candidate): string {
  return [name, oneLiner, description, ...industries, ...tags].join(' ');
}

/** Chance, the same each time: ids in the order of their hash. */
function shuffleKey(id: string): number {
  return [...id].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0, 0x811c9dc5);
}
