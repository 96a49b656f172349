import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { z } from 'zod';
import { type Candidate, FitProfile } from '../../src/fit/fit.ts';
import { rankCompanies } from '../../src/fit/rank-companies.ts';
import { readCandidates } from '../../src/fit/read-candidates.ts';
import type { PartnerType } from '../../src/programme/partner-type.ts';
import type { BenchRow } from './bench-row.ts';

/** Quality of one ranking: gain 1 for a known partner, else 0. */
export type Quality = { ndcg20: number; p20: number; r100: number };
export type QueryQuality = { query: string; ours: Quality; bm25: Quality; fused: Quality };

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

/** Ranks the companies for every list of known partners in `dataDir`, with ours and with two plain rankings on the same text. The
 *  mean over the core lists, whose texts are independent of the lists, comes last as `core`. */
export async function measureRankQuality(dataDir: string): Promise<QueryQuality[]> {
  const { queries } = Lists.parse(JSON.parse(await readFile(join(dataDir, 'discovery-dev.json'), 'utf8')));
  const companies: Candidate[] = [];
  for await (const company of readCandidates(join(dataDir, 'companies.jsonl.gz'), console.error)) companies.push(company);
  const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'] });
  index.addAll(companies.map((company) => ({ id: company.id, text: textOf(company) })));
  const popular = [...companies].sort((a, b) => people(b) - people(a)).map(({ id }) => id);

  const rows = queries.map((query) => {
    const bm25 = index.search(`${query.profile.sells} ${query.profile.customers}`).map(({ id }) => String(id));
    return {
      query: query.id,
      ours: qualityOf(query, ourRanking(query, companies)),
      bm25: qualityOf(query, bm25),
      fused: qualityOf(query, fuse(bm25, popular)),
    };
  });
  const core = rows.filter((_, place) => queries[place]?.textOrigin === 'independent');
  const mean = (of: 'ours' | 'bm25' | 'fused') => meanOf(core.map((row) => row[of]));
  return [...rows, { query: 'core', ours: mean('ours'), bm25: mean('bm25'), fused: mean('fused') }];
}

/** The core means beside their peers: nDCG@20 against BM25 fused with popularity, R@100 against BM25. */
export async function rankQualityRows(dataDir: string): Promise<BenchRow[]> {
  const rows = await measureRankQuality(dataDir);
  const core = rows.at(-1);
  if (!core) return [];
  const row = (name: string, unit: string, ours: number, peer: number): BenchRow => ({
    name,
    ours,
    peer,
    ratio: ours / peer,
    unit,
    n: rows.length - 1,
  });
  return [
    row('rank-quality', 'nDCG@20', core.ours.ndcg20, core.fused.ndcg20),
    row('rank-quality-recall', 'R@100', core.ours.r100, core.bm25.r100),
  ];
}

function ourRanking({ profile }: Query, companies: readonly Candidate[]): string[] {
  const partnerTypesWanted = profile.partnerTypesWanted.map((word) => TYPE_WORDS[word] ?? word);
  return rankCompanies(FitProfile.parse({ ...profile, partnerTypesWanted }), companies, { top: companies.length }).ranked.map(
    ({ id }) => id,
  );
}

function qualityOf({ positives, exclude }: Query, ranking: readonly string[]): Quality {
  const left = new Set(exclude);
  const known = new Set(positives.map(({ id }) => id));
  const hits = ranking.filter((id) => !left.has(id)).map((id) => known.has(id));
  const gain = (place: number) => 1 / Math.log2(place + 2);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const ideal = sum(Array.from({ length: Math.min(20, known.size) }, (_, place) => gain(place)));
  return {
    ndcg20: sum(hits.slice(0, 20).map((hit, place) => (hit ? gain(place) : 0))) / ideal,
    p20: hits.slice(0, 20).filter(Boolean).length / 20,
    r100: hits.slice(0, 100).filter(Boolean).length / known.size,
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

function meanOf(qualities: readonly Quality[]): Quality {
  const mean = (of: keyof Quality) => qualities.reduce((sum, quality) => sum + quality[of], 0) / qualities.length;
  return { ndcg20: mean('ndcg20'), p20: mean('p20'), r100: mean('r100') };
}

function people({ teamSize, sizeBand }: Candidate): number {
  return teamSize ?? (sizeBand ? BAND_PEOPLE[sizeBand] : 0);
}

function textOf({ name, oneLiner, description, industries, tags }: Candidate): string {
  return [name, oneLiner, description, ...industries, ...tags].join(' ');
}
