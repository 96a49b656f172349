import MiniSearch from 'minisearch';
import { type Candidate, FitProfile } from '../../src/discover/fit/fit.ts';
import { createRanking, explainPlaced, type Ranking } from '../../src/discover/fit/rank-companies.ts';
import { atOnce, inSlices, type Steps } from '../../src/platform/slices.ts';
import { type BenchRow, lessIsBetter } from './bench-row.ts';
import { turnsOf } from './longest-turn.ts';
import { madeUpCompanies, textOf } from './made-up-companies.ts';

const TOP = 20;
const SLICE = 1_000;
const MEMORY_GOAL_MB = 300;
const TURN_GOAL_MS = 50;
const PROFILE = FitProfile.parse({
  name: 'Bench',
  sells: 'Product analytics for web and mobile apps, with session replay, feature flags and an API.',
  customers: 'Product teams, developers and marketing teams at software companies and retailers.',
  geography: 'Europe and the USA',
  partnerTypesWanted: ['technology', 'agency'],
});

/** The longest that anything else would have waited while `count` companies were read and ranked in slices, as the product does. */
export async function measureRankTurns(count = 100_000): Promise<BenchRow[]> {
  const ranking = createRanking(PROFILE);
  let longest = 0;
  for (const slice of madeUpCompanies(count, SLICE))
    longest = Math.max(longest, (await turnsOf(() => inSlices(readAll(ranking, slice)))).longest);
  longest = Math.max(longest, (await turnsOf(() => inSlices(ranking.best({ top: TOP })))).longest);
  return [lessIsBetter({ name: 'rank-turn', ours: Math.round(longest), peer: TURN_GOAL_MS, unit: 'ms, longest turn', n: count })];
}

function* readAll(ranking: Ranking, slice: readonly Candidate[]): Steps<void> {
  for (const company of slice) {
    ranking.add(company);
    yield;
  }
}

/** Ranks `count` made-up companies and finds the top 20 with reasons; MiniSearch indexes and searches the same text, slice by slice in
 *  turn with us, so that whatever else the machine does hits both. Memory and growth are measured before, without the peer's index.
 *  The making of the companies is never counted. */
export function measureRankSpeed(count = 100_000): BenchRow[] {
  // The first pass is for the compiler to warm up; it is not counted.
  const [, small] = [rankAlone(count / 10), rankAlone(count / 10)];
  const whole = rankAlone(count);
  const { ours, peer } = rankInTurn(count);
  const [ms, microseconds] = [(value: number) => Math.round(value), (value: number) => Math.round(value * 10_000) / 10];
  return [
    lessIsBetter({ name: 'rank-speed', ours: ms(ours), peer: ms(peer), unit: 'ms', n: count }),
    lessIsBetter({ name: 'rank-speed-memory', ours: Math.round(whole.megabytes), peer: MEMORY_GOAL_MB, unit: 'MB resident', n: count }),
    lessIsBetter({
      name: 'rank-speed-growth',
      ours: microseconds(whole.ms / count),
      peer: microseconds(small.ms / (count / 10)),
      unit: 'µs a company, among ten times as many',
      n: count,
    }),
    lessIsBetter({ name: 'rank-again-changed', ours: ms(whole.changedMs), peer: ms(whole.ms), unit: 'ms, 1,000 changed', n: count }),
    lessIsBetter({ name: 'rank-again-weights', ours: ms(whole.weightsMs), peer: ms(whole.ms), unit: 'ms, other weights', n: count }),
  ];
}

/** `ms` reads and ranks, `changedMs` ranks again after 1,000 companies changed, `weightsMs` after the weights did. */
function rankAlone(count: number): { ms: number; changedMs: number; weightsMs: number; megabytes: number } {
  const ranking = createRanking(PROFILE);
  let [ms, resident] = [0, 0];
  for (const slice of madeUpCompanies(count, SLICE)) {
    ms += elapsed(() => slice.forEach(ranking.add));
    resident = Math.max(resident, process.memoryUsage().rss);
  }
  ms += elapsed(() => atOnce(ranking.best({ top: TOP })));
  const shown = shownOf(ranking, count);
  ms += elapsed(() => explainTop(ranking, shown));
  const weightsMs = elapsed(() => explainTop(ranking, shown));
  resident = Math.max(resident, process.memoryUsage().rss);
  const [changed = []] = madeUpCompanies(SLICE, SLICE);
  const changedMs = elapsed(() => {
    changed.forEach(ranking.add);
    explainTop(ranking, shown);
  });
  return { ms, changedMs, weightsMs, megabytes: resident / 2 ** 20 };
}

/** The few that are shown are made beforehand: fetching them is not ranking. */
function explainTop(ranking: Ranking, made: Map<string, Candidate>): void {
  const { placed } = atOnce(ranking.best({ top: TOP }));
  explainPlaced(ranking, placed, made);
}

/** The companies that ranking in `count` of them will show. */
function shownOf(ranking: Ranking, count: number): Map<string, Candidate> {
  const { placed } = atOnce(ranking.best({ top: TOP }));
  const ids = new Set(placed.flatMap((company) => [company.id, ...ranking.namersOf(company)]));
  const shown = new Map<string, Candidate>();
  for (const slice of madeUpCompanies(count, SLICE)) for (const company of slice) if (ids.has(company.id)) shown.set(company.id, company);
  return shown;
}

function rankInTurn(count: number): { ours: number; peer: number } {
  const ranking = createRanking(PROFILE);
  const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'] });
  let [ours, peer] = [0, 0];
  for (const slice of madeUpCompanies(count, SLICE)) {
    const documents = slice.map((company) => ({ id: company.id, text: textOf(company) }));
    ours += elapsed(() => slice.forEach(ranking.add));
    peer += elapsed(() => index.addAll(documents));
  }
  ours += elapsed(() => atOnce(ranking.best({ top: TOP })));
  const shown = shownOf(ranking, count);
  ours += elapsed(() => explainTop(ranking, shown));
  peer += elapsed(() => index.search(`${PROFILE.sells} ${PROFILE.customers}`).slice(0, TOP));
  return { ours, peer };
}

function elapsed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
