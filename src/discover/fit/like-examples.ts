import type { Steps } from '../../platform/slices.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import type { AreaId } from './areas.ts';
import { LEAST } from './criteria.ts';
import type { Candidate, Evidence } from './fit.ts';
import type { Meaning } from './fit-target.ts';
import { combine, type Judgement, type Part, saturate, strongest } from './judgement.ts';
import { bitOf, type KeptReading, keepReading, NOT_IN_PASSING, type Said } from './kept-reading.ts';
import { type Sign, wordList } from './phrase-matcher.ts';
import { phraseOf, quoteOf } from './quote.ts';
import { type FieldReading, readCompany, trust } from './read-company.ts';
import { SERVICE_AREAS } from './role-evidence.ts';

export const LIKE = 'like-examples';
/** Most points that likeness adds to a score of 0–100, whatever is known of the company. */
export const LIKE_MOST = 8;

/** What likeness (0–1, NaN where unknown) adds to the score by the rules: 0 to 8 points, with one decimal, never beyond 100. What is too
 *  weak by the rules gains nothing, so that no likeness makes it one to suggest. */
export function likeGain(type: PartnerType, byRules: number, alike: number): number {
  if (Number.isNaN(alike) || byRules < LEAST[type].score) return 0;
  return Math.min(Math.round(10 * alike * LIKE_MOST), Math.floor(10 * (100 - byRules))) / 10;
}

type Signs = readonly Sign<Meaning>[];
/** A partner, or a company that the team went for; `since` is unknown for those that only stand on the list of set-up. */
export type Known = { kind: 'partner' | 'pursued'; since: Date | null };
export type Example = Known & { candidate: Candidate; readings: FieldReading[]; roles: number; phrases: Set<Signs>; areas: Set<AreaId> };

/** How like the good examples each row is: 0–1, NaN where nothing is known of it or there is no example of the type. */
export type Likeness = {
  key: string;
  shareOf(place: number, type: PartnerType): number;
  /** The same for one company, with the example it is most like and what both say. */
  judge(type: PartnerType, candidate: Candidate, readings: readonly FieldReading[]): { judgement: Judgement; evidence: Evidence[] } | null;
};

const NO_WORDS = wordList([]);

export function exampleOf(candidate: Candidate, known: Known): Example {
  const readings = readCompany(NO_WORDS, candidate);
  const { said, roles } = keepReading(candidate, readings);
  const phrases = new Set(said.map(({ found }) => found.signs));
  return { ...known, candidate, readings, roles, phrases, areas: new Set([...phrases].flatMap(fieldsOf)) };
}

/** Clearly meant, and more than the kind of work: whoever is an agency is not yet like every agency. */
function fieldsOf(signs: Signs): AreaId[] {
  return signs.flatMap(({ meaning, strength }) =>
    meaning.kind === 'area' && strength === 1 && !SERVICE_AREAS.has(meaning.id) ? meaning.id : [],
  );
}

/** What the same phrase is worth, and another of the same field, if hardly anybody else says it. */
const SAME_PHRASE = 0.9;
const SAME_FIELD = 0.25;

function worthOf({ phrases, areas }: Example, signs: Signs, rarity: number): number {
  const fields = fieldsOf(signs);
  if (phrases.has(signs) && (fields.length > 0 || isOnlyOfCustomers(signs))) return SAME_PHRASE * rarity;
  return fields.some((id) => areas.has(id)) ? SAME_FIELD * rarity : 0;
}

/** “agency” names customers too, of those who are none. */
function isOnlyOfCustomers(signs: Signs): boolean {
  return signs.every(({ meaning }) => meaning.kind === 'segment' && meaning.id !== 'agencies');
}

/** `rows` as the ranking has them. Nobody is like itself. */
export function* measureLikeness(
  rows: readonly { id: string; reading: KeptReading }[],
  examples: readonly Example[],
  types: readonly PartnerType[],
  key: string,
): Steps<Likeness> {
  const said = new Map<Signs, number>();
  for (const [place, { reading }] of rows.entries()) {
    if (place % STEP === STEP - 1) yield;
    for (const { found } of reading.said) said.set(found.signs, (said.get(found.signs) ?? 0) + 1);
  }
  const rarityOf = (signs: Signs) => Math.max(0, 1 - Math.log(1 + (said.get(signs) ?? 0)) / Math.log(2 + rows.length));
  const worthsOf = worthsOnce(examples, rarityOf);
  const others = othersOf(examples, types);
  const shares = new Float32Array(rows.length * types.length).fill(Number.NaN);
  for (const [place, { id, reading }] of rows.entries()) {
    if (place % STEP === STEP - 1) yield;
    if (!reading.hasText) continue;
    for (const [index, type] of types.entries()) {
      const of = others(type, id);
      if (of.length > 0) shares[place * types.length + index] = combine(alikeParts(reading.said, worthsOf, of));
    }
  }
  return {
    key,
    shareOf: (place, type) => shares[place * types.length + types.indexOf(type)] ?? Number.NaN,
    judge(type, candidate, readings) {
      const of = others(type, candidate.id);
      if (readings.length === 0 || of.length === 0) return null;
      const parts = alikeParts(keepReading(candidate, readings).said, worthsOf, of);
      return explainAlike(candidate, readings, examples, parts, rarityOf);
    },
  };
}

/** What each of the phrases is worth for each example, worked out once. */
function worthsOnce(examples: readonly Example[], rarityOf: (signs: Signs) => number): (one: Said) => Float64Array {
  const worths = new Map<Said, Float64Array>();
  return (one) => {
    const known = worths.get(one);
    if (known) return known;
    const { signs } = one.found;
    const made = Float64Array.from(examples, (example) => worthOf(example, signs, rarityOf(signs)));
    worths.set(one, made);
    return made;
  };
}

/** The places of the examples of a type, without the company itself. */
function othersOf(examples: readonly Example[], types: readonly PartnerType[]): (type: PartnerType, id: string) => readonly number[] {
  const places = new Map(examples.map(({ candidate }, at) => [candidate.id, at]));
  const ofType = new Map(types.map((type) => [type, examples.flatMap(({ roles }, at) => (roles & bitOf(type) ? at : []))]));
  return (type, id) => {
    const all = ofType.get(type) ?? [];
    const own = places.get(id);
    return own === undefined ? all : all.filter((at) => at !== own);
  };
}

/** The parts as a judgement, with the example that the strongest of them is like; null where there is none. */
function explainAlike(
  candidate: Candidate,
  readings: readonly FieldReading[],
  examples: readonly Example[],
  alike: readonly FieldPart[],
  rarityOf: (signs: Signs) => number,
): ReturnType<Likeness['judge']> {
  const parts = alike.map((part) => {
    const example = examples[part.example] as Example; // it is one of them
    const found = firstAlike(readings, part.proof.field, (signs) => worthOf(example, signs, rarityOf(signs)));
    return { share: part.share, example, proof: { field: part.proof.field, at: found }, signs: found?.signs ?? [] };
  });
  const best = strongest(parts);
  if (!best) return null;
  const { kind, since, candidate: like } = best.example;
  const finding = { code: 'like-example', example: like.name, how: kind, since, phrase: phraseOf(candidate, best.proof) } as const;
  const judgement = { share: combine(parts), proofs: parts.map(({ proof }) => proof), find: () => finding };
  return { judgement, evidence: evidenceIn(best.example, best.signs) };
}

const STEP = 500;

type FieldPart = Part & { example: number };

/** Of each field, the example that most of it is like. What is said of one field stands together. */
function alikeParts(said: readonly Said[], worthsOf: (one: Said) => Float64Array, of: readonly number[]): FieldPart[] {
  const parts: FieldPart[] = [];
  for (let from = 0, to = 0; from < said.length; from = to) {
    const field = said[from]?.field ?? 'oneLiner';
    const worths: Float64Array[] = [];
    for (; said[to]?.field === field; to++) worths.push(worthsOf(said[to] as Said)); // the loop stays inside
    let [best, most] = [-1, 0];
    for (const example of of) {
      let mass = 0;
      for (const worth of worths) mass += worth[example] ?? 0;
      if (mass > most) [best, most] = [example, mass];
    }
    if (best >= 0) parts.push({ share: saturate(most), proof: { field, at: null }, example: best });
  }
  return parts;
}

/** The phrase of the field that is worth most. */
function firstAlike(readings: readonly FieldReading[], of: string, worth: (signs: Signs) => number): FieldReading['found'][number] | null {
  const reading = readings.find(({ field }) => field === of);
  const alike = reading?.found.filter((one) => trust(reading.field, one) >= NOT_IN_PASSING && worth(one.signs) > 0) ?? [];
  return alike.toSorted((a, b) => worth(b.signs) - worth(a.signs))[0] ?? null;
}

/** Where the example says the same, or works in the same field. */
function evidenceIn({ candidate, readings }: Example, signs: Signs): Evidence[] {
  const fields = new Set(fieldsOf(signs));
  for (const isAlike of [(other: Signs) => other === signs, (other: Signs) => fieldsOf(other).some((id) => fields.has(id))]) {
    for (const { field, found } of readings) {
      const at = found.find((one) => trust(field, one) >= NOT_IN_PASSING && isAlike(one.signs));
      if (!at) continue;
      const { source, at: readAt } = candidate.origins[field] ?? candidate.origin;
      return [{ of: candidate.name, field, value: quoteOf(candidate, field, at), source, at: readAt }];
    }
  }
  return [];
}
