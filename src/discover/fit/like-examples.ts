import type { Steps } from '../../platform/slices.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import type { AreaId } from './areas.ts';
import type { Candidate, Evidence } from './fit.ts';
import type { Meaning } from './fit-target.ts';
import { combine, type Judgement, type Part, saturate, strongest } from './judgement.ts';
import { bitOf, type KeptReading, keepReading, NOT_IN_PASSING, type Said } from './kept-reading.ts';
import { type Sign, wordList } from './phrase-matcher.ts';
import { phraseOf, quoteOf } from './quote.ts';
import { type FieldReading, readCompany, trust } from './read-company.ts';
import { SERVICE_AREAS } from './role-evidence.ts';

/** Points beside the 100 of the other criteria for a company that is wholly like an example, so that its score rises by 5 to 8. Its weight is
 *  the points it gives: who is unlike all examples loses nothing, and scores mean the same before and after the first example. */
export const LIKE_WEIGHT = 20;
export const LIKE = 'like-examples';

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
  const worths = new Map<Said, Float64Array>();
  const worthsOf = (one: Said): Float64Array => {
    const known = worths.get(one);
    if (known) return known;
    const { signs } = one.found;
    const made = Float64Array.from(examples, (example) => worthOf(example, signs, rarityOf(signs)));
    worths.set(one, made);
    return made;
  };
  const places = new Map(examples.map(({ candidate }, at) => [candidate.id, at]));
  const ofType = new Map(types.map((type) => [type, examples.flatMap(({ roles }, at) => (roles & bitOf(type) ? at : []))]));
  const others = (type: PartnerType, id: string): readonly number[] => {
    const all = ofType.get(type) ?? [];
    const own = places.get(id);
    return own === undefined ? all : all.filter((at) => at !== own);
  };
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
      const parts = alikeParts(keepReading(candidate, readings).said, worthsOf, of).map((part) => {
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
    },
  };
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
      return [{ field: `like ${candidate.name}`, value: quoteOf(candidate, field, at), source, at: readAt }];
    }
  }
  return [];
}
