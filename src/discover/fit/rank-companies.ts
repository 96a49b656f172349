import type { PartnerType } from '../../programme/setup/programme.ts';
import { BLOCK, bitsOf, type CompanyRows, companyRows, FLAG, KEY, KEYS } from './company-rows.ts';
import { CRITERION_IDS } from './criteria.ts';
import { type CrossMentions, countMentions } from './cross-mentions.ts';
import { AGELESS, staleBefore } from './evidence-age.ts';
import type { Candidate, Fit, FitProfile } from './fit.ts';
import { fitTarget } from './fit-target.ts';
import { gateKeeper } from './gates.ts';
import { namedShare } from './mentions.ts';
import { type CustomWeights, compareStandings, explainFit, type Scales, type Standing, standing, weightsOf } from './score-company.ts';
import { atOnce, type Steps } from './slices.ts';
import { wordsShare } from './text-criteria.ts';

export type RankedCompany = { id: string; domain: string | null; name: string } & Fit;

/** A company in the ranking, not yet in words; `place` is its row. */
export type Placed = { id: string; domain: string | null; place: number; standing: Standing };

/** `include`: which of the companies are asked for; all of them still tell who names whom. `of`: those whose place is asked for. */
export type Selection = { top: number; include?: (id: string) => boolean; of?: readonly string[] } & Scales;

/** Companies read for one profile, to be ranked any number of times: other weights, or a few companies added, read again or dropped, cost
 *  no new reading of the rest. Only numbers are kept of each, so the caller brings the companies of the top again to have them explained. */
export type Ranking = {
  add(candidate: Candidate): void;
  drop(isGone: (id: string) => boolean): void;
  /** `candidates` counts every company offered, `gated` those of them that a gate keeps out. `places`: by id, 1 for the best. */
  best(selection: Selection): Steps<{ candidates: number; gated: number; placed: Placed[]; places: Map<string, number> }>;
  /** Ids of some who name it, for `explain`. */
  namersOf(placed: Pick<Placed, 'place'>): string[];
  namersOfId(id: string): Steps<string[]>;
  /** The company in sentences; `namers` are those of `namersOf` that can still be found. */
  explain(candidate: Candidate, namers: readonly Candidate[], scales?: Scales): RankedCompany;
};

export function createRanking(profile: FitProfile, types: readonly PartnerType[] = profile.partnerTypesWanted): Ranking {
  const target = fitTarget(profile);
  const gate = gateKeeper(profile);
  const companies = companyRows(target, types);
  let around: CrossMentions | null = null;
  function* mentionsOfAll(): Steps<CrossMentions> {
    around ??= yield* countMentions(companies, target.ownWords.words.length);
    return around;
  }
  return {
    add(candidate) {
      companies.put(candidate, gate(candidate) !== null);
      around = null;
    },
    drop(isGone) {
      companies.drop(isGone);
      around = null;
    },
    *best({ top, weights = {}, include = () => true, of = [], now }) {
      const others = yield* mentionsOfAll();
      const best = topList<Placed>(top, comparePlaced);
      const stale = staleBefore(now);
      const placedAt = (place: number, id: string): Placed => ({
        id,
        domain: companies.domains[place] ?? null,
        place,
        standing: bestStanding({ companies, place, types, others }, weights, stale),
      });
      const isGated = (place: number) => ((companies.blockOf(place).keys[(place % BLOCK) * KEYS] ?? 0) & FLAG.gated) !== 0;
      const asked = of.flatMap((id) => {
        const place = companies.placeOf(id);
        return place === undefined || isGated(place) ? [] : [placedAt(place, id)];
      });
      const places = new Map(asked.map(({ id }) => [id, 1]));
      let [candidates, gated] = [0, 0];
      for (let place = 0; place < companies.ids.length; place++) {
        if (place % STEP === STEP - 1) yield;
        const id = companies.ids[place];
        if (!id || !include(id)) continue;
        candidates++;
        if (isGated(place)) {
          gated++;
          continue;
        }
        const placed = placedAt(place, id);
        best.offer(placed);
        for (const one of asked) if (comparePlaced(placed, one) < 0) places.set(one.id, (places.get(one.id) ?? 1) + 1);
      }
      return { candidates, gated, placed: best.sorted(), places };
    },
    *namersOfId(id) {
      const others = yield* mentionsOfAll();
      return (others.namers.get(companies.placeOf(id) ?? -1) ?? []).flatMap((namer) => companies.ids[namer] ?? []);
    },
    namersOf: ({ place }) => (around?.namers.get(place) ?? []).flatMap((namer) => companies.ids[namer] ?? []),
    explain(candidate, namers, scales = {}) {
      const others = atOnce(mentionsOfAll());
      const place = companies.placeOf(candidate.id) ?? -1;
      const naming = { by: others.by[place] ?? 0, inField: others.inField[place] ?? 0, namers };
      const fit = explainFit(target, candidate, types, scales, { naming, wordWeights: others.wordWeights });
      return { id: candidate.id, domain: candidate.domain, name: candidate.name, ...fit };
    },
  };
}

/** `type`: only this one, else each company counts with its best among those wanted. */
export type RankOptions = { type?: PartnerType; top: number } & Scales;

/** Ranks companies that are all at hand. */
export function rankCompanies(
  profile: FitProfile,
  candidates: readonly Candidate[],
  { type, ...selection }: RankOptions,
): { candidates: number; gated: number; ranked: RankedCompany[] } {
  const ranking = createRanking(profile, type ? [type] : undefined);
  for (const candidate of candidates) ranking.add(candidate);
  const byId = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  const { candidates: offered, gated, placed } = atOnce(ranking.best(selection));
  return { candidates: offered, gated, ranked: explainPlaced(ranking, placed, byId, selection) };
}

/** In sentences those of the placed that `byId` has, with what their namers in it say. */
export function explainPlaced(
  ranking: Ranking,
  placed: readonly Placed[],
  byId: ReadonlyMap<string, Candidate>,
  scales?: Scales,
): RankedCompany[] {
  return placed.flatMap((company) => {
    const candidate = byId.get(company.id);
    const namers = ranking.namersOf(company).flatMap((id) => byId.get(id) ?? []);
    return candidate ? [ranking.explain(candidate, namers, scales)] : [];
  });
}

const STEP = 500;
const NAMED = CRITERION_IDS.indexOf('named-by-others');
const WORDS = CRITERION_IDS.indexOf('shared-words');
/** That of the company at hand. */
const judged = { shares: new Float32Array(CRITERION_IDS.length), read: new Uint32Array(CRITERION_IDS.length) };

type Row = { companies: CompanyRows; place: number; types: readonly PartnerType[]; others: CrossMentions };

function bestStanding({ companies, place, types, others }: Row, weights: CustomWeights, stale: number): Standing {
  const { by, inField, wordWeights } = others;
  const isFresh = (companies.blockOf(place).oldest[place % BLOCK] ?? 0) >= stale;
  const named = namedShare({ by: by[place] ?? 0, inField: inField[place] ?? 0 });
  const { keys } = companies.blockOf(place);
  const start = (place % BLOCK) * KEYS;
  const hasWords = wordWeights.length > 0 && (keys[start] ?? 0) & FLAG.hasText;
  const shared = hasWords ? wordsShare(bitsOf(keys[start + KEY.low] ?? 0, keys[start + KEY.high] ?? 0), wordWeights) : Number.NaN;
  let best: Standing | null = null;
  for (let index = 0; index < types.length; index++) {
    const type = types[index] as PartnerType; // the loop stays inside
    companies.copyShares(place, index, judged.shares);
    judged.shares[NAMED] = named;
    judged.shares[WORDS] = shared;
    if (!isFresh) companies.copyRead(place, index, judged.read);
    judged.read[NAMED] = AGELESS;
    const next = standing(type, weightsOf(type, weights), judged, isFresh ? 0 : stale);
    if (!best || compareStandings(next, best) < 0) best = next;
  }
  if (!best) throw new Error('a ranking needs a partner type');
  return best;
}

/** A total order: the order in which companies arrive never matters. */
function comparePlaced(a: Placed, b: Placed): number {
  return compareStandings(a.standing, b.standing) || compareText(a.domain ?? '', b.domain ?? '') || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The best `size` of any number of items, in memory for `size` only. */
export type TopList<Item> = { offer(item: Item): void; sorted(): Item[] };

/** `compare` is negative when `a` is better. A heap with the worst kept item on top. */
export function topList<Item>(size: number, compare: (a: Item, b: Item) => number): TopList<Item> {
  const heap: Item[] = [];
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b] as Item, heap[a] as Item]; // both are places inside the heap
  };
  /** Whether the item at `a` is worse than the one at `b`; nothing is worse than a place outside. */
  const isWorse = (a: number, b: number): boolean => {
    const [first, second] = [heap[a], heap[b]];
    return first !== undefined && second !== undefined && compare(first, second) > 0;
  };
  const rise = (from: number) => {
    for (let at = from, parent = (at - 1) >> 1; at > 0 && isWorse(at, parent); at = parent, parent = (at - 1) >> 1) swap(at, parent);
  };
  const sink = () => {
    for (let at = 0; ; ) {
      const worse = isWorse(2 * at + 2, 2 * at + 1) ? 2 * at + 2 : 2 * at + 1;
      if (!isWorse(worse, at)) return;
      swap(at, worse);
      at = worse;
    }
  };
  return {
    offer(item) {
      const worst = heap[0];
      if (heap.length < size) {
        heap.push(item);
        rise(heap.length - 1);
      } else if (worst !== undefined && compare(item, worst) < 0) {
        heap[0] = item;
        sink();
      }
    },
    sorted: () => [...heap].sort(compare),
  };
}
