import { atOnce, type Steps } from '../../platform/slices.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { type Among, ASKED, BEFORE, DOUBTS } from './among.ts';
import { type CompanyRows, companyRows } from './company-rows.ts';
import { type CrossMentions, countMentions } from './cross-mentions.ts';
import { staleBefore } from './evidence-age.ts';
import type { Candidate, Fit, FitProfile } from './fit.ts';
import { fitTarget } from './fit-target.ts';
import { gateKeeper, type Named } from './gates.ts';
import { HELD, type Hold, holdsOf, type Opinions } from './holds.ts';
import type { FieldReading } from './read-company.ts';
import { explainFit, type Scales, type Standing, weightsOf } from './score-company.ts';
import { wordsAsked } from './text-criteria.ts';
import { bestType, comparePlaces, type Weighed, weigh } from './weigh-rows.ts';

export type RankedCompany = { id: string; domain: string | null; name: string; holds: Hold[] } & Fit;

/** A company in the ranking, not yet in words; `place` is its row. */
export type Placed = { id: string; domain: string | null; place: number; standing: Standing; held: number };

/** `include`: which of the rows are asked for; all of them still tell who names whom. `of`: the ids of those whose place is asked for.
 *  `type`: only as this one, else each as its best. */
export type Selection = {
  top: number;
  type?: PartnerType | undefined;
  among?: Among | undefined;
  include?: (place: number) => boolean;
  of?: readonly string[];
} & Scales;

/** `candidates` counts every company offered, `gated` those of them that a gate keeps out, `found` those among which the best were sought.
 *  `places`: by id, 1 for the best. */
export type Best = { candidates: number; gated: number; found: number; placed: Placed[]; places: Map<string, number> };

/** Companies read for one profile, to be ranked any number of times: other weights, or a few companies added or read again, cost
 *  no new reading of the rest, and the same question again costs next to nothing. Only numbers are kept of each, so the caller brings the
 *  companies of the top again to have them explained. */
export type Ranking = {
  /** Returns the row that it stands in from now on, and what was read of its texts. */
  add(candidate: Candidate): { place: number; readings: FieldReading[] };
  /** For a profile that differs only in whom it leaves out: looks at the gates of `named`, which are all that were added. */
  regate(profile: FitProfile, named: Iterable<Named & { id: string }>): Steps<void>;
  isGated(place: number): boolean;
  /** What others than the rules say of one that was added; in force at once. */
  hear(id: string, opinions: Opinions): void;
  best(selection: Selection): Steps<Best>;
  /** Ids of some who name it, for `explain`. */
  namersOf(placed: Pick<Placed, 'place'>): string[];
  /** How one company stands: as the type it may be suggested for, or else its best, with what holds it back; null for one never added. */
  standingOf(id: string, scales: Scales): Steps<(Pick<Placed, 'place'> & { type: PartnerType; held: number }) | null>;
  /** The company in sentences; `namers` are those of `namersOf` that can still be found. */
  explain(candidate: Candidate, namers: readonly Candidate[], as?: { type?: PartnerType; held?: number } & Scales): RankedCompany;
};

export function createRanking(profile: FitProfile, types: readonly PartnerType[] = profile.partnerTypesWanted): Ranking {
  const target = fitTarget(profile);
  let gate = gateKeeper(profile);
  const companies = companyRows(target, types);
  const asked = types.map((type) => wordsAsked(target, type));
  let mentions: CrossMentions | null = null;
  let weighed: Weighed | null = null;
  const heard = new Map<string, Opinions>();
  const forget = () => {
    mentions = null;
    weighed = null;
  };
  function* mentionsOfAll(): Steps<CrossMentions> {
    mentions ??= yield* countMentions(companies, target.ownWords.words.length);
    return mentions;
  }
  function* weighedFor({ weights = {}, now, likeness }: Scales): Steps<Weighed> {
    const key = JSON.stringify([types.map((type) => weightsOf(type, weights)), likeness?.key]);
    const stale = staleBefore(now);
    if (weighed?.key === key && weighed.from <= stale && stale <= weighed.until) return weighed;
    weighed = yield* weigh({ companies, types, asked, others: yield* mentionsOfAll() }, { key, weights, stale, likeness });
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
    hear(id, opinions) {
      const place = companies.placeOf(id);
      if (place === undefined) return;
      heard.set(id, opinions);
      for (const [index, type] of types.entries()) {
        companies.setSaid(place, index, (opinions.isCleared ? HELD.rival : 0) | (opinions.objections[type] ? HELD.reader : 0));
        const at = place * types.length + index;
        // What was weighed stays: to weigh all again for a word about one would cost too much.
        if (weighed) weighed.held[at] = ((weighed.held[at] ?? 0) & ~DOUBTS) | (companies.heldOf(place, index) & DOUBTS);
      }
    },
    *best({ weights, now, likeness, ...selection }) {
      return yield* bestOf(companies, types, yield* weighedFor({ weights, now, likeness }), selection);
    },
    *standingOf(id, scales) {
      const place = companies.placeOf(id);
      if (place === undefined) return null;
      const standings = yield* weighedFor(scales);
      const suggested = bestType(standings, place, types.length, ASKED.suggested);
      const index = suggested >= 0 ? suggested : bestType(standings, place, types.length, ASKED.all);
      return { place, type: types[index] as PartnerType, held: standings.held[place * types.length + index] ?? 0 }; // a ranking has a type
    },
    namersOf: ({ place }) => (mentions?.namers.get(place) ?? []).flatMap((namer) => companies.ids[namer] ?? []),
    explain(candidate, namers, { type, held = 0, ...scales } = {}) {
      const others = atOnce(mentionsOfAll());
      const place = companies.placeOf(candidate.id) ?? -1;
      const naming = { by: others.by[place] ?? 0, near: others.near[place] ?? 0, areNear: others.areNear[place] ?? 0, namers };
      const fit = explainFit(target, candidate, type ? [type] : types, scales, { naming, wordWeights: others.wordWeights });
      const holds = holdsOf(held, target, candidate, heard.get(candidate.id)?.objections[fit.type]);
      return { id: candidate.id, domain: candidate.domain, name: candidate.name, ...fit, holds };
    },
  };
}

function* bestOf(
  companies: CompanyRows,
  types: readonly PartnerType[],
  weighed: Weighed,
  { top, type, among = 'all', include = () => true, of = [] }: Omit<Selection, keyof Scales>,
): Steps<Best> {
  const isAsked = ASKED[among];
  const before = BEFORE[among] ?? [];
  const only = type ? types.indexOf(type) : -1;
  /** Where the row stands in `weighed`: with its best type, or with the one that is asked for; −1 where it is not offered. */
  const standingOf = (place: number): number => {
    if (before.some((other) => bestType(weighed, place, types.length, ASKED[other]) >= 0)) return -1;
    const suggested = among === 'any' ? bestType(weighed, place, types.length, ASKED.suggested) : -1;
    const own = suggested >= 0 ? suggested : bestType(weighed, place, types.length, isAsked);
    const index = only < 0 ? own : only;
    const at = place * types.length + index;
    return index < 0 || !isAsked(weighed.held[at] ?? 0) ? -1 : at;
  };
  const compare = (a: number, b: number) => comparePlaces(companies, weighed, types.length, a, b);
  const best = topList<number>(top, compare);
  const asked = of.flatMap((id) => {
    const place = companies.placeOf(id);
    const at = place === undefined || companies.isGated(place) ? -1 : standingOf(place);
    return at < 0 ? [] : [{ id, at, better: 0 }];
  });
  let [candidates, gated, found] = [0, 0, 0];
  for (let place = 0; place < companies.ids.length; place++) {
    if (place % STEP === STEP - 1) yield;
    const id = companies.ids[place];
    if (!id || !include(place)) continue;
    candidates++;
    if (companies.isGated(place)) {
      gated++;
      continue;
    }
    const at = standingOf(place);
    if (at < 0) continue;
    found++;
    best.offer(at);
    for (const one of asked) if (compare(at, one.at) < 0) one.better++;
  }
  const placed = best.sorted().map((at) => placedAt(companies, weighed, types, at));
  return { candidates, gated, found, placed, places: new Map(asked.map(({ id, better }) => [id, better + 1])) };
}

/** `type`: only this one, else each company counts with its best among those wanted. */
export type RankOptions = { type?: PartnerType; top: number; among?: Among } & Scales;

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
    const as = { type: company.standing.type, held: company.held, ...scales };
    return candidate ? [ranking.explain(candidate, namers, as)] : [];
  });
}

const STEP = 500;

function placedAt({ ids, domains }: CompanyRows, { exact, known, held }: Weighed, types: readonly PartnerType[], at: number): Placed {
  const place = Math.floor(at / types.length);
  const standing = { type: types[at % types.length] as PartnerType, exact: exact[at] ?? 0, known: known[at] ?? 0 }; // as it was weighed
  return { id: ids[place] ?? '', domain: domains[place] ?? null, place, standing, held: held[at] ?? 0 };
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
