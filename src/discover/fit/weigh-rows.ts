import type { Steps } from '../../platform/slices.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { BLOCK, bitsOf, type CompanyRows, FLAG, KEY, KEYS } from './company-rows.ts';
import { CRITERION_IDS, type Weights } from './criteria.ts';
import type { CrossMentions } from './cross-mentions.ts';
import { AGELESS } from './evidence-age.ts';
import { namedShare } from './mentions.ts';
import { type CustomWeights, compareStandings, ENOUGH_KNOWN, type Standing, standing, weightsOf } from './score-company.ts';
import { wordsShare } from './text-criteria.ts';

const STEP = 500;
const NAMED = CRITERION_IDS.indexOf('named-by-others');
const WORDS = CRITERION_IDS.indexOf('shared-words');
/** Of the company at hand; filled anew for each, so that a hundred thousand need no memory of their own. */
const atHand = { shares: new Float32Array(CRITERION_IDS.length), read: new Uint32Array(CRITERION_IDS.length) };

type Row = { companies: CompanyRows; place: number; types: readonly PartnerType[]; others: CrossMentions };

/** How every row stands under the weights of `key`, by row: the score before rounding, how much is known, and the place of its best type.
 *  Holds for every moment whose stale evidence began `from`–`until`: nothing was read in between. */
export type Weighed = { key: string; from: number; until: number; exact: Float64Array; known: Float64Array; type: Uint8Array };

export function* weigh(
  rows: Omit<Row, 'place'>,
  { key, weights, stale }: { key: string; weights: CustomWeights; stale: number },
): Steps<Weighed> {
  const { companies, types } = rows;
  const { length } = companies.ids;
  const custom = types.map((type) => weightsOf(type, weights));
  const [exact, known, type] = [new Float64Array(length), new Float64Array(length), new Uint8Array(length)];
  const weighed = { key, from: stale, until: stale === 0 ? 0 : AGELESS, exact, known, type };
  for (let place = 0; place < length; place++) {
    if (place % STEP === STEP - 1) yield;
    const { standing, type: index } = bestStanding({ ...rows, place }, custom, stale);
    exact[place] = standing.exact;
    known[place] = standing.known;
    type[place] = index;
    if (stale > 0) weighed.until = Math.min(weighed.until, nextRead(companies, place, types.length, stale));
  }
  return weighed;
}

/** The first moment from `stale` on in which something of the row was read. */
function nextRead(companies: CompanyRows, place: number, types: number, stale: number): number {
  const oldest = companies.blockOf(place).oldest[place % BLOCK] ?? 0;
  if (oldest >= stale) return oldest;
  let next = AGELESS;
  for (let index = 0; index < types; index++) {
    companies.copyRead(place, index, atHand.read);
    for (const second of atHand.read) if (second >= stale && second < next) next = second;
  }
  return next;
}

function bestStanding(
  { companies, place, types, others }: Row,
  weights: readonly Weights[],
  stale: number,
): { standing: Standing; type: number } {
  const { by, inField, wordWeights } = others;
  const isFresh = (companies.blockOf(place).oldest[place % BLOCK] ?? 0) >= stale;
  const named = namedShare({ by: by[place] ?? 0, inField: inField[place] ?? 0 });
  const { keys } = companies.blockOf(place);
  const start = (place % BLOCK) * KEYS;
  const hasWords = wordWeights.length > 0 && (keys[start] ?? 0) & FLAG.hasText;
  const ofWords = hasWords ? wordsShare(bitsOf(keys[start + KEY.low] ?? 0, keys[start + KEY.high] ?? 0), wordWeights) : Number.NaN;
  let best: { standing: Standing; type: number } | null = null;
  for (let index = 0; index < types.length; index++) {
    companies.copyShares(place, index, atHand.shares);
    atHand.shares[NAMED] = named;
    atHand.shares[WORDS] = ofWords;
    if (!isFresh) companies.copyRead(place, index, atHand.read);
    atHand.read[NAMED] = AGELESS;
    const next = standing(types[index] as PartnerType, weights[index] as Weights, atHand, isFresh ? 0 : stale); // the loop stays inside
    if (!best || compareStandings(next, best.standing) < 0) best = { standing: next, type: index };
  }
  if (!best) throw new Error('a ranking needs a partner type');
  return best;
}

/** A total order: the order in which companies arrive never matters. */
export function comparePlaces({ ids, domains }: CompanyRows, { exact, known }: Weighed, a: number, b: number): number {
  const [knownA, knownB] = [known[a] ?? 0, known[b] ?? 0];
  return (
    Number(knownB >= ENOUGH_KNOWN) - Number(knownA >= ENOUGH_KNOWN) ||
    (exact[b] ?? 0) - (exact[a] ?? 0) ||
    knownB - knownA ||
    compareText(domains[a] ?? '', domains[b] ?? '') ||
    compareText(ids[a] ?? '', ids[b] ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
