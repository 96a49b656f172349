import type { Steps } from '../../platform/slices.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { BLOCK, type CompanyRows, FLAG, KEYS, wordsOf } from './company-rows.ts';
import { CRITERION_IDS, LEAST, type Weights } from './criteria.ts';
import type { CrossMentions } from './cross-mentions.ts';
import { AGELESS } from './evidence-age.ts';
import { isNamedByAll } from './giants.ts';
import { HELD } from './holds.ts';
import type { Likeness } from './like-examples.ts';
import { namedShare } from './mentions.ts';
import { type CustomWeights, ENOUGH_KNOWN, standing, weightsOf } from './score-company.ts';
import { wordsShare } from './text-criteria.ts';

const STEP = 500;
const NAMED = CRITERION_IDS.indexOf('named-by-others');
const WORDS = CRITERION_IDS.indexOf('shared-words');
const FIELD = CRITERION_IDS.indexOf('complementarity');
const CUSTOMERS = CRITERION_IDS.indexOf('icp-overlap');
/** Of the company at hand; filled anew for each, so that a hundred thousand need no memory of their own. */
const atHand = { shares: new Float32Array(CRITERION_IDS.length), read: new Uint32Array(CRITERION_IDS.length), alike: Number.NaN };

/** `asked`: by the place of each type, the numbers of our words that count for it. */
type Rows = { companies: CompanyRows; types: readonly PartnerType[]; asked: readonly ReadonlySet<number>[]; others: CrossMentions };

/** How every row stands under the weights of `key`, for each type: at `row × types + type` the score before rounding, how much is known,
 *  and what holds it back (`HELD`). Holds for every moment whose stale evidence began `from`–`until`: nothing was read in between. */
export type Weighed = { key: string; from: number; until: number; exact: Float64Array; known: Float64Array; held: Uint8Array };

export function* weigh(
  rows: Rows,
  { key, weights, stale, likeness }: { key: string; weights: CustomWeights; stale: number; likeness?: Likeness | undefined },
): Steps<Weighed> {
  const { companies, types } = rows;
  const { length } = companies.ids;
  const custom = types.map((type) => weightsOf(type, weights));
  const size = length * types.length;
  const [exact, known, held] = [new Float64Array(size), new Float64Array(size), new Uint8Array(size)];
  const weighed = { key, from: stale, until: stale === 0 ? 0 : AGELESS, exact, known, held };
  for (let place = 0; place < length; place++) {
    if (place % STEP === STEP - 1) yield;
    weighRow(rows, place, custom, weighed, likeness);
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

function weighRow(
  { companies, types, asked, others }: Rows,
  place: number,
  weights: readonly Weights[],
  { from: stale, exact, known, held }: Weighed,
  likeness: Likeness | undefined,
): void {
  const { by, near, wordWeights } = others;
  const block = companies.blockOf(place);
  const isFresh = (block.oldest[place % BLOCK] ?? 0) >= stale;
  const named = namedShare({ by: by[place] ?? 0, near: near[place] ?? 0 });
  const hasWords = wordWeights.length > 0 && (block.keys[(place % BLOCK) * KEYS] ?? 0) & FLAG.hasText;
  const words = hasWords ? wordsOf(block, place) : [];
  const ofCompany = isNamedByAll(by[place] ?? 0, companies.ids.length) ? HELD.tooLarge : 0;
  for (let index = 0; index < types.length; index++) {
    const type = types[index] as PartnerType; // the loop stays inside
    companies.copyShares(place, index, atHand.shares);
    atHand.shares[NAMED] = named;
    atHand.shares[WORDS] = hasWords ? wordsShare(words, wordWeights, asked[index]) : Number.NaN;
    if (!isFresh) companies.copyRead(place, index, atHand.read);
    atHand.read[NAMED] = AGELESS;
    atHand.alike = likeness ? likeness.shareOf(place, type) : Number.NaN;
    const next = standing(type, weights[index] as Weights, atHand, isFresh ? 0 : stale); // one for each type
    const at = place * types.length + index;
    exact[at] = next.exact;
    known[at] = next.known;
    held[at] = companies.heldOf(place, index) | ofCompany | (isWeak(type, next.exact, atHand.shares) ? HELD.weak : 0);
  }
}

/** Too low a score; or too little of the field or the customers: the right kind of company in the right place is not yet one to write to.
 *  What is not known, of the profile or the company, is not asked for: NaN is less than nothing. */
function isWeak(type: PartnerType, exact: number, shares: Float32Array): boolean {
  const least = LEAST[type];
  return exact < least.score || (shares[FIELD] ?? 0) < least.complementarity || (shares[CUSTOMERS] ?? 0) < least['icp-overlap'];
}

/** The type for which the row is best among those for which `isAsked` takes what holds it back; −1 for none. */
export function bestType({ exact, known, held }: Weighed, place: number, types: number, isAsked: (held: number) => boolean): number {
  let best = -1;
  for (let index = 0; index < types; index++) {
    const at = place * types + index;
    if (!isAsked(held[at] ?? 0)) continue;
    const than = place * types + best;
    if (best < 0 || compareNumbers(exact[at] ?? 0, known[at] ?? 0, exact[than] ?? 0, known[than] ?? 0) < 0) best = index;
  }
  return best;
}

function compareNumbers(exactA: number, knownA: number, exactB: number, knownB: number): number {
  return Number(knownB >= ENOUGH_KNOWN) - Number(knownA >= ENOUGH_KNOWN) || exactB - exactA || knownB - knownA;
}

/** A total order of rows, each for one type at its place in `exact`: the order in which companies arrive never matters. */
export function comparePlaces({ ids, domains }: CompanyRows, { exact, known }: Weighed, types: number, a: number, b: number): number {
  const [rowA, rowB] = [Math.floor(a / types), Math.floor(b / types)];
  return (
    compareNumbers(exact[a] ?? 0, known[a] ?? 0, exact[b] ?? 0, known[b] ?? 0) ||
    compareText(domains[rowA] ?? '', domains[rowB] ?? '') ||
    compareText(ids[rowA] ?? '', ids[rowB] ?? '')
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
