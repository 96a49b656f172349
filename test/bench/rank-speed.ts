import MiniSearch from 'minisearch';
import { FitProfile } from '../../src/fit/fit.ts';
import { createRanking } from '../../src/fit/rank-companies.ts';
import { type BenchRow, lessIsBetter } from './bench-row.ts';
import { madeUpCompanies, textOf } from './made-up-companies.ts';

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
  ];
}

function rankAlone(count: number): { ms: number; megabytes: number } {
  const ranking = createRanking(PROFILE, { top: TOP });
  let [ms, resident] = [0, 0];
  for (const slice of madeUpCompanies(count, SLICE)) {
    ms += elapsed(() => slice.forEach(ranking.add));
    resident = Math.max(resident, process.memoryUsage().rss);
  }
  ms += elapsed(ranking.result);
  return { ms, megabytes: resident / 2 ** 20 };
}

function rankInTurn(count: number): { ours: number; peer: number } {
  const ranking = createRanking(PROFILE, { top: TOP });
  const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'] });
  let [ours, peer] = [0, 0];
  for (const slice of madeUpCompanies(count, SLICE)) {
    const documents = slice.map((company) => ({ id: company.id, text: textOf(company) }));
    ours += elapsed(() => slice.forEach(ranking.add));
    peer += elapsed(() => index.addAll(documents));
  }
  ours += elapsed(ranking.result);
  peer += elapsed(() => index.search(`${PROFILE.sells} ${PROFILE.customers}`).slice(0, TOP));
  return { ours, peer };
}

function elapsed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
