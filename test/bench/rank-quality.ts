import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { z } from 'zod';
import { type Candidate, FitProfile } from '../../src/discover/fit/fit.ts';
import { createRanking } from '../../src/discover/fit/rank-companies.ts';
import { readCandidates } from '../../src/discover/fit/read-candidates.ts';
import type { CustomWeights } from '../../src/discover/fit/score-company.ts';
import { atOnce } from '../../src/platform/slices.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import type { BenchRow } from './bench-row.ts';

/** Quality of one ranking: gain 1 for a known partner, else 0. */
export type Quality = { ndcg20: number; p20: number; r100: number; map: number };

/** The rankings compared: ours, chance, team size, BM25 of profile and text, and the last two fused. */
export const RANKINGS = ['ours', 'random', 'popularity', 'bm25', 'fused'] as const;
export type QueryQuality = { query: string; core: boolean } & Record<(typeof RANKINGS)[number], Quality>;

/** The words of the lists for types of partners, in ours. */
const TYPE_WORDS: Record<string, PartnerType> = {
  technology: 'technology',
  'solution-services': 'consultant',
  'managed-services': 'reseller',
  'member-sponsor': 'co-marketing',
};

const Lists = z.object({
  queries: z.array(
    z.object({
      id: z.string(),
      textOrigin: z.string(),
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

export type QualityData = { queries: Query[]; companies: Candidate[] };

export async function readQualityData(dataDir: string): Promise<QualityData> {
  const { queries } = Lists.parse(JSON.parse(await readFile(join(dataDir, 'discovery-dev.json'), 'utf8')));
  const companies: Candidate[] = [];
  for await (const company of readCandidates(join(dataDir, 'companies.jsonl.gz'), console.error)) companies.push(company);
  return { queries, companies };
}

/** Ranks the companies for every list of known partners in `dataDir`, with ours and with plain rankings of the same text. */
export async function measureRankQuality(dataDir: string): Promise<QueryQuality[]> {
  const { queries, companies } = await readQualityData(dataDir);
  const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'] });
  index.addAll(companies.map((company) => ({ id: company.id, text: textOf(company) })));
  const popular = [...companies].sort((a, b) => people(b) - people(a)).map(({ id }) => id);
  const shuffled = [...companies].sort((a, b) => shuffleKey(a.id) - shuffleKey(b.id)).map(({ id }) => id);
  return queries.map((query) => {
    const bm25 = index.search(`${query.profile.sells} ${query.profile.customers}`).map(({ id }) => String(id));
    return {
      query: query.id,
      core: query.textOrigin === 'independent',
      ours: qualityOf(query, ourRanking(query, companies)),
      random: qualityOf(query, shuffled),
      popularity: qualityOf(query, popular),
      bm25: qualityOf(query, bm25),
      fused: qualityOf(query, fuse(bm25, popular)),
    };
  });
}

/** The mean over the core lists, whose texts are independent of the lists. */
export function coreMean(rows: readonly QueryQuality[], ranking: (typeof RANKINGS)[number]): Quality {
  const core = rows.filter(({ core }) => core).map((row) => row[ranking]);
  const mean = (of: keyof Quality) => core.reduce((sum, quality) => sum + quality[of], 0) / core.length;
  return { ndcg20: mean('ndcg20'), p20: mean('p20'), r100: mean('r100'), map: mean('map') };
}

/** The core means beside their peers, nDCG@20 against BM25 fused with popularity and R@100 against BM25; then nDCG@20 of every other
 *  ranking and of every list. */
export async function rankQualityRows(dataDir: string): Promise<BenchRow[]> {
  const rows = await measureRankQuality(dataDir);
  const [ours, fused, bm25] = [coreMean(rows, 'ours'), coreMean(rows, 'fused'), coreMean(rows, 'bm25')];
  const row = (name: string, unit: string, own: number, peer: number, n = rows.length): BenchRow => ({
    name,
    ours: own,
    peer,
    ratio: own / peer,
    unit,
    n,
  });
  return [
    row('rank-quality', 'nDCG@20', ours.ndcg20, fused.ndcg20),
    row('rank-quality-precision', 'P@20', ours.p20, fused.p20),
    row('rank-quality-recall', 'R@100', ours.r100, bm25.r100),
    row('rank-quality-map', 'MAP', ours.map, bm25.map),
    ...RANKINGS.slice(1).map((ranking) => row(`rank-quality-beside-${ranking}`, 'nDCG@20', ours.ndcg20, coreMean(rows, ranking).ndcg20)),
    ...rows.map(({ query, ours: own, fused: peer }) => row(`rank-quality-${query}`, 'nDCG@20', own.ndcg20, peer.ndcg20, 1)),
  ];
}

export function ourRanking({ profile }: Query, companies: readonly Candidate[], weights?: CustomWeights): string[] {
  const partnerTypesWanted = profile.partnerTypesWanted.map((word) => TYPE_WORDS[word] ?? word);
  const ranking = createRanking(FitProfile.parse({ ...profile, partnerTypesWanted }));
  for (const company of companies) ranking.add(company);
  return atOnce(ranking.best({ top: companies.length, ...(weights && { weights }) })).placed.map(({ id }) => id);
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

function textOf({ name, oneLiner, description, industries, tags }: Candidate): string {
  return [name, oneLiner, description, ...industries, ...tags].join(' ');
}

/** Chance, the same each time: ids in the order of their hash. */
function shuffleKey(id: string): number {
  return [...id].reduce((hash, letter) => Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0, 0x811c9dc5);
}
