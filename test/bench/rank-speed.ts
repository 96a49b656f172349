import MiniSearch from 'minisearch';
import { AREAS, areaIds } from '../../src/fit/areas.ts';
import { type Candidate, FitProfile } from '../../src/fit/fit.ts';
import { createRanking } from '../../src/fit/rank-companies.ts';
import { SEGMENTS } from '../../src/fit/segments.ts';

/** One measured figure beside its peer; `ratio` is better the further it is from 1 in our favour. */
export type BenchRow = { name: string; ours: number; peer: number; ratio: number; unit: string; n: number };

const TOP = 20;
const SLICE = 1_000;
const MEMORY_GOAL_MB = 300;
const PROFILE = FitProfile.parse({
  name: 'Bench',
  sells: 'Product analytics for web and mobile apps, with session replay, feature flags and an API.',
  customers: 'Product teams, developers and marketing teams at software companies and retailers.',
  geography: 'Europe and the USA',
  partnerTypesWanted: ['technology', 'agency'],
});

/** Ranks `count` made-up companies and finds the top 20 with reasons; then lets MiniSearch index and search the same text. The making of
 *  the companies is not counted. Ours runs first, so that the peer's index does not count as our memory. */
export function measureRankSpeed(count = 100_000): BenchRow[] {
  const ranking = createRanking(PROFILE, { top: TOP });
  const before = process.memoryUsage().rss;
  let peak = before;
  let ours = 0;
  for (const slice of slices(count)) {
    ours += elapsed(() => slice.forEach(ranking.add));
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  ours += elapsed(ranking.result);

  const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'] });
  let peer = 0;
  for (const slice of slices(count)) {
    const documents = slice.map((company) => ({ id: company.id, text: textOf(company) }));
    peer += elapsed(() => index.addAll(documents));
  }
  peer += elapsed(() => index.search(`${PROFILE.sells} ${PROFILE.customers}`).slice(0, TOP));
  const megabytes = peak / 2 ** 20;
  return [
    { name: 'rank-speed', ours: Math.round(ours), peer: Math.round(peer), ratio: peer / ours, unit: 'ms', n: count },
    {
      name: 'rank-speed-memory',
      ours: Math.round(megabytes),
      peer: MEMORY_GOAL_MB,
      ratio: MEMORY_GOAL_MB / megabytes,
      unit: 'MB resident',
      n: count,
    },
  ];
}

function elapsed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function textOf({ name, oneLiner, description, industries, tags }: Candidate): string {
  return [name, oneLiner, description, ...industries, ...tags].join(' ');
}

function* slices(count: number): Generator<Candidate[]> {
  const random = generator(20_261_123);
  for (let made = 0; made < count; made += SLICE) {
    yield Array.from({ length: Math.min(SLICE, count - made) }, (_, index) => madeUpCompany(made + index, random));
  }
}

const PHRASES = [...areaIds().flatMap((id) => AREAS[id].signs), ...Object.values(SEGMENTS).flatMap(({ signs }) => signs)];
const SYLLABLES = 'ba ke lo mi nu pra ste vor lin dex ora tem qui zan fel gor hy ix jun wa'.split(' ');

/** About as long as real ones: a line of 8 words, a description of 80, of which one in twelve means something to the score. */
function madeUpCompany(number: number, random: () => number): Candidate {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const word = () => (random() < 1 / 12 ? pick(PHRASES) : pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES));
  const words = (length: number) => Array.from({ length }, word).join(' ');
  return {
    id: `c${number}`,
    domain: `company-${number}.example`,
    name: words(2),
    website: `https://company-${number}.example`,
    oneLiner: words(8),
    description: Array.from({ length: 8 }, () => `${words(10)}.`).join(' '),
    industries: [pick(PHRASES)],
    tags: [pick(PHRASES), word()],
    teamSize: Math.ceil(10 ** (random() * 4)),
    sizeBand: null,
    locations: [pick(['Berlin, Germany', 'Paris, France', 'Austin, TX, USA', 'Lagos, Nigeria', 'Remote'])],
    founded: 1990 + Math.floor(random() * 35),
    status: 'Active',
    aliases: [],
    origin: { source: `made-up.jsonl:${number + 1}`, at: new Date('2026-11-23T00:00:00Z') },
    origins: {},
  };
}

/** A small seeded generator (mulberry32): the same companies on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
