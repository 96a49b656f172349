import { atOnce, type Steps } from '../../platform/slices.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { type CompanyRows, companyRows } from './company-rows.ts';
import { type CrossMentions, countMentions } from './cross-mentions.ts';
import { staleBefore } from './evidence-age.ts';
import type { Candidate, Fit, FitProfile } from './fit.ts';
import { fitTarget } from './fit-target.ts';
import { gateKeeper, type Named } from './gates.ts';
import type { FieldReading } from './read-company.ts';
import { explainFit, type Scales, type Standing, weightsOf } from './score-company.ts';
import { comparePlaces, type Weighed, weigh } from './weigh-rows.ts';

export type RankedCompany = { id: string; domain: string | null; name: string } & Fit;

/** A company in the ranking, not yet in words; `place` is its row. */
export type Placed = { id: string; domain: string | null; place: number; standing: Standing };

/** `include`: which of the rows are asked for; all of them still tell who names whom. `of`: the ids of those whose place is asked for. */
export type Selection = { top: number; include?: (place: number) => boolean; of?: readonly string[] } & Scales;

/** `candidates` counts every company offered, `gated` those of them that a gate keeps out. `places`: by id, 1 for the best. */
export type Best = { candidates: number; gated: number; placed: Placed[]; places: Map<string, number> };

/** Companies read for one profile, to be ranked any number of times: other weights, or a few companies added or read again, cost
 *  no new reading of the rest, and the same question again costs next to nothing. Only numbers are kept of each, so the caller brings the
 *  companies of the top again to have them explained. */
export type Ranking = {
  /** Returns the row that it stands in from now on, and what was read of its texts. */
  add(candidate: Candidate): { place: number; readings: FieldReading[] };
  /** For a profile that differs only in whom it leaves out: looks at the gates of `named`, which are all that were added. */
  regate(profile: FitProfile, named: Iterable<Named & { id: string }>): Steps<void>;
  isGated(place: number): boolean;
  best(selection: Selection): Steps<Best>;
  /** Ids of some who name it, for `explain`. */
  namersOf(placed: Pick<Placed, 'place'>): string[];
  namersOfId(id: string): Steps<string[]>;
  /** The company in sentences; `namers` are those of `namersOf` that can still be found. */
  explain(candidate: Candidate, namers: readonly Candidate[], scales?: Scales): RankedCompany;
};

export function createRanking(profile: FitProfile, types: readonly PartnerType[] = profile.partnerTypesWanted): Ranking {
  const target = fitTarget(profile);
  let gate = gateKeeper(profile);
  const companies = companyRows(target, types);
  let mentions: CrossMentions | null = null;
  let weighed: Weighed | null = null;
  const forget = () => {
    mentions = null;
    weighed = null;
  };
  function* mentionsOfAll(): Steps<CrossMentions> {
    mentions ??= yield* countMentions(companies, target.ownWords.words.length);
    return mentions;
  }
  function* weighedFor({ weights = {}, now }: Scales): Steps<Weighed> {
    const key = JSON.stringify(types.map((type) => weightsOf(type, weights)));
    const stale = staleBefore(now);
    if (weighed?.key === key && weighed.from <= stale && stale <= weighed.until) return weighed;
    weighed = yield* weigh({ companies, types, others: yield* mentionsOfAll() }, { key, weights, stale });
    return weighed;
  }
  return {
    add(candidate) {
      forget();
      return companies.put(candidate, gate(candidate) !== null);
    },
    *regate(changed, named) {
      gate = gateKeeper(changed);
      let seen = 0;
      for (const company of named) {
        if (++seen % STEP === 0) yield;
        const place = companies.placeOf(company.id);
        if (place !== undefined) companies.setGated(place, gate(company) !== null);
      }
    },
    isGated: companies.isGated,
    *best({ top, include, of, ...scales }) {
      return yield* bestOf(companies, types, yield* weighedFor(scales), { top, include, of });
    },
    *namersOfId(id) {
      const others = yield* mentionsOfAll();
      return (others.namers.get(companies.placeOf(id) ?? -1) ?? []).flatMap((namer) => companies.ids[namer] ?? []);
    },
    namersOf: ({ place }) => (mentions?.namers.get(place) ?? []).flatMap((namer) => companies.ids[namer] ?? []),
    explain(candidate, namers, scales = {}) {
      const others = atOnce(mentionsOfAll());
      const place = companies.placeOf(candidate.id) ?? -1;
      const naming = { by: others.by[place] ?? 0, inField: others.inField[place] ?? 0, namers };
      const fit = explainFit(target, candidate, types, scales, { naming, wordWeights: others.wordWeights });
      return { id: candidate.id, domain: candidate.domain, name: candidate.name, ...fit };
    },
  };
}

function* bestOf(
  companies: CompanyRows,
  types: readonly PartnerType[],
  standings: Weighed,
  { top, include = () => true, of = [] }: Omit<Selection, keyof Scales>,
): Steps<Best> {
  const compare = (a: number, b: number) => comparePlaces(companies, standings, a, b);
  const best = topList<number>(top, compare);
  const asked = of.flatMap((id) => {
    const place = companies.placeOf(id);
    return place === undefined || companies.isGated(place) ? [] : [{ id, place, better: 0 }];
  });
  let [candidates, gated] = [0, 0];
  for (let place = 0; place < companies.ids.length; place++) {
    if (place % STEP === STEP - 1) yield;
    const id = companies.ids[place];
    if (!id || !include(place)) continue;
    candidates++;
    if (companies.isGated(place)) {
      gated++;
      continue;
    }
    best.offer(place);
    for (const one of asked) if (compare(place, one.place) < 0) one.better++;
  }
  const placed = best.sorted().map((place) => placedAt(companies, standings, types, place));
  return { candidates, gated, placed, places: new Map(asked.map(({ id, better }) => [id, better + 1])) };
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

function placedAt({ ids, domains }: CompanyRows, { exact, known, type }: Weighed, types: readonly PartnerType[], place: number): Placed {
  const standing = { type: types[type[place] ?? 0] as PartnerType, exact: exact[place] ?? 0, known: known[place] ?? 0 }; // as it was weighed
  return { id: ids[place] ?? '', domain: domains[place] ?? null, place, standing };
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
    for (let at = 0; at < heap.length; ) {
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
