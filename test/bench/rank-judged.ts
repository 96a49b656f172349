import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { z } from 'zod';
import { type Band, bandOf } from '../../src/discover/fit/criteria.ts';
import { type Candidate, FitProfile } from '../../src/discover/fit/fit.ts';
import { createRanking } from '../../src/discover/fit/rank-companies.ts';
import { atOnce } from '../../src/platform/slices.ts';
import { PartnerType } from '../../src/programme/setup/programme.ts';
import type { BenchRow } from './bench-row.ts';
import { readCompanies, searchText } from './rank-quality.ts';

const DEPTH = 10;
const SHOWN = 20;
const MOST_BAD = 0.05;
const MOST_WRONG = 0.45;
/** Given with the lists: plain BM25, and a pattern for the role times the field. */
const ROLE_TIMES_FIELD = 0.19;

const Label = z.enum(['good', 'possible', 'giant', 'competitor', 'wrong-role', 'irrelevant', 'dead']);
type Label = z.infer<typeof Label>;
const Judgements = z.object({
  profiles: z.array(z.object({ profile: FitProfile, judgements: z.array(z.object({ id: z.string(), type: PartnerType, label: Label })) })),
});

/** What a lead would say of the first ten that have a label; `best` is the gain over the best ten that the labels allow. */
type Judged = { type: PartnerType; p: number; best: number | null; shares: Record<Label, number> };
type Shown = { band: Band; label: Label | undefined };

/** Ranks every judged list; says why and measures nothing where the judgements are absent. */
export async function rankJudgedRows(dataDir: string): Promise<BenchRow[]> {
  const file = join(dataDir, 'judgements-dev.json');
  if (!existsSync(file)) {
    process.stderr.write(`rank-judged is left out: there are no judgements in ${dataDir}.\n`);
    return [];
  }
  const { profiles } = Judgements.parse(JSON.parse(await readFile(file, 'utf8')));
  const companies = await readCompanies(dataDir);
  const index = new MiniSearch<{ id: string; text: string }>({ fields: ['text'] });
  index.addAll(companies.map((company) => ({ id: company.id, text: searchText(company) })));
  const [ours, bm25, shown]: [Judged[], Judged[], Shown[]] = [[], [], []];
  for (const { profile, judgements } of profiles) {
    const found = index.search(`${profile.sells} ${profile.customers}`).slice(0, SHOWN);
    const ranking = readAll(profile, companies);
    for (const type of profile.partnerTypesWanted) {
      const labels = new Map(judgements.filter((judgement) => judgement.type === type).map(({ id, label }) => [id, label]));
      const { placed } = atOnce(ranking.best({ top: SHOWN, type, among: 'suggested' }));
      shown.push(
        ...placed.map(({ id, standing }) => ({ band: bandOf({ type, score: Math.round(standing.exact) }), label: labels.get(id) })),
      );
      const idsOf = (list: readonly { id: unknown }[]) => list.map(({ id }) => String(id));
      ours.push(judge(type, idsOf(placed), labels));
      bm25.push(judge(type, idsOf(found), labels));
    }
  }
  return [...wholeRows(ours, bm25), ...typeRows(ours, bm25), ...bandRows(shown)];
}

function readAll(profile: FitProfile, companies: readonly Candidate[]) {
  const ranking = createRanking(profile);
  for (const company of companies) ranking.add(company);
  return ranking;
}

/** As `judge-score.mjs`, which comes with the data, counts it. */
function judge(type: PartnerType, ids: readonly string[], labels: ReadonlyMap<string, Label>): Judged {
  const first = ids.flatMap((id) => labels.get(id) ?? []).slice(0, DEPTH);
  const all = [...labels.values()];
  const [goods, possibles] = [all.filter((label) => label === 'good').length, all.filter((label) => label === 'possible').length];
  const most = Math.min(DEPTH, goods) + 0.5 * Math.min(DEPTH - Math.min(DEPTH, goods), possibles);
  const gain = first.reduce((sum, label) => sum + (GAIN[label] ?? 0), 0);
  const share = (label: Label) => (first.length === 0 ? 0 : first.filter((other) => other === label).length / first.length);
  const shares = Object.fromEntries(Label.options.map((label) => [label, share(label)])) as Judged['shares']; // one for each label
  return { type, p: first.length === 0 ? 0 : gain / first.length, best: most === 0 ? null : gain / most, shares };
}

const GAIN: Partial<Record<Label, number>> = { good: 1, possible: 0.5 };

function wholeRows(ours: readonly Judged[], bm25: readonly Judged[]): BenchRow[] {
  const n = ours.length;
  const bad = mean(ours, ({ shares }) => shares.competitor + shares.giant);
  const wrong = mean(ours, ({ shares }) => shares['wrong-role'] + shares.irrelevant + shares.dead);
  const [own, peer] = [mean(ours, ({ p }) => p), mean(bm25, ({ p }) => p)];
  const [best, peerBest] = [mean(ours, (list) => list.best), mean(bm25, (list) => list.best)];
  return [
    { name: 'rank-judged', ours: own, peer, ratio: own / peer, unit: `P@10 ± ${errorOf(ours, ({ p }) => p)}, beside BM25`, n },
    { name: 'rank-judged-role-times-field', ours: own, peer: ROLE_TIMES_FIELD, ratio: own / ROLE_TIMES_FIELD, unit: 'P@10', n },
    { name: 'rank-judged-best', ours: best, peer: peerBest, ratio: best / peerBest, unit: 'of the best possible', n },
    { name: 'rank-judged-competitors-and-giants', ours: bad, peer: MOST_BAD, ratio: MOST_BAD / bad, unit: 'of the first ten', n },
    { name: 'rank-judged-other-wrong', ours: wrong, peer: MOST_WRONG, ratio: MOST_WRONG / wrong, unit: 'of the first ten', n },
  ];
}

function typeRows(ours: readonly Judged[], bm25: readonly Judged[]): BenchRow[] {
  return PartnerType.options.flatMap((type) => {
    const [own, peer] = [ours, bm25].map((lists) => lists.filter((list) => list.type === type));
    if (!own || !peer || own.length === 0) return [];
    const percent = (label: Label) => `${Math.round(100 * mean(own, ({ shares }) => shares[label]))} % ${label}`;
    const wrong = (['competitor', 'giant', 'wrong-role', 'irrelevant', 'dead'] as const).map(percent).join(', ');
    const unit = `P@10; ${mean(own, ({ best }) => best).toFixed(2)} of the best possible; ${wrong}`;
    return [
      { name: `rank-judged-${type}`, ours: mean(own, ({ p }) => p), peer: mean(peer, ({ p }) => p), ratio: null, unit, n: own.length },
    ];
  });
}

/** Of those shown in each band, how many a lead would write to: the good ones and the possible ones, of those with a label. */
function bandRows(shown: readonly Shown[]): BenchRow[] {
  return (['strong', 'good', 'worth-a-look'] as const).map((band) => {
    const labels = shown.flatMap((one) => (one.band === band ? (one.label ?? []) : []));
    const useful = labels.filter((label) => label === 'good' || label === 'possible').length;
    const unit = `good or possible; ${labels.filter((label) => label === 'good').length} good`;
    return { name: `rank-judged-band-${band}`, ours: useful / labels.length, peer: null, ratio: null, unit, n: labels.length };
  });
}

function mean(lists: readonly Judged[], of: (list: Judged) => number | null): number {
  const values = lists.flatMap((list) => of(list) ?? []);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard error over the lists, two decimals. */
function errorOf(lists: readonly Judged[], of: (list: Judged) => number): string {
  const middle = mean(lists, of);
  const spread = lists.reduce((sum, list) => sum + (of(list) - middle) ** 2, 0) / (lists.length - 1);
  return Math.sqrt(spread / lists.length).toFixed(2);
}
