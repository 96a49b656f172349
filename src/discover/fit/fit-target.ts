import { LARGEST } from '../../programme/setup/programme.ts';
import { AREA_IDS, AREAS, type AreaId, BRANCHES } from './areas.ts';
import { COMPLEMENTS } from './complements.ts';
import type { FitProfile } from './fit.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { compileMatcher, type Found, findPhrases, type Sign, type WordList, wordList } from './phrase-matcher.ts';
import { type Geography, readGeography } from './places.ts';
import { type Relation, readRelation } from './relation.ts';
import { wordForm } from './scan-words.ts';
import { SEGMENTS, type SegmentId } from './segments.ts';

/** What a phrase in a company's text can tell us. */
export type Meaning = { kind: 'area'; id: AreaId } | { kind: 'segment'; id: SegmentId } | { kind: 'instruction' };

/** What the profile was understood to be, for people to see and correct: the areas it sells in, each 0–1 by how clearly, the kind of
 *  partner that follows, and the groups it sells to. */
export type Understanding = { areas: ReadonlyMap<AreaId, number>; relation: Relation; customers: ReadonlySet<SegmentId> };

/** A profile made ready to be held against many companies. */
export type FitTarget = {
  understood: Understanding;
  /** Areas whose companies are useful, 0–1, with the area of ours it is useful to and why. */
  usefulAreas: ReadonlyMap<AreaId, { strength: number; to: AreaId; because: string }>;
  /** The telling words of the profile, and by their numbers those that say to whom it sells. */
  ownWords: WordList;
  customerWords: ReadonlySet<number>;
  /** Of the areas of ours, those that say for which trade it is made. */
  branches: ReadonlySet<AreaId>;
  geography: Geography;
  /** People; whoever has more is too large for a first mail. */
  largest: number;
};

/** What a hint is worth beside a sign. */
const HINT = 0.3;
/** A field named only in passing is not ours: at least this part of the clearest one. */
const CLEARLY_OURS = 0.45;
/** Who works in our own field completes us a little: users of both want them connected. */
const SAME_FIELD = 0.15;

/** The word lists do not depend on the profile: compiled once. */
export const LISTS = compileMatcher<Meaning>([
  ...AREA_IDS.flatMap((id) => [...signs(AREAS[id].signs, { kind: 'area', id }), ...signs(AREAS[id].hints, { kind: 'area', id }, HINT)]),
  ...keys(SEGMENTS).flatMap((id) => signs(SEGMENTS[id].signs, { kind: 'segment', id })),
  ...signs(INSTRUCTIONS, { kind: 'instruction' }),
]);

export function understandProfile({ sells, customers, corrected }: FitProfile): Understanding {
  const groups = findPhrases(LISTS, customers).flatMap(({ signs }) =>
    signs.flatMap(({ meaning }) => (meaning.kind === 'segment' ? meaning.id : [])),
  );
  return {
    areas: corrected?.areas ? new Map(corrected.areas.map((id) => [id, 1])) : clearAreas(findPhrases(LISTS, sells)),
    relation: corrected?.relation ?? readRelation(sells),
    customers: new Set(groups),
  };
}

export function fitTarget(profile: FitProfile): FitTarget {
  const understood = understandProfile(profile);
  const words = wordList(ownWords(`${profile.sells}\n${profile.customers}`));
  const customerForms = new Set(ownWords(profile.customers).map(wordForm));
  return {
    understood,
    usefulAreas: usefulAreas(understood.areas, areasNamed(profile.customers)),
    ownWords: words,
    branches: new Set([...understood.areas.keys()].filter((id) => BRANCHES.has(id))),
    customerWords: new Set(words.forms.flatMap((form, number) => (customerForms.has(form) ? number : []))),
    geography: readGeography(profile.geography),
    largest: profile.largest ?? LARGEST,
  };
}

/** People say first what they are, and later what they work with: at this many characters half is left. */
const HALF_CLEAR_AT = 150;

/** Another field of ours needs two phrases, or one where the offer begins, in characters; the clearest may stand on one. */
const OFFER_BEGINS = 45;

function clearAreas(found: readonly Found<Meaning>[]): Map<AreaId, number> {
  const read = new Map<AreaId, { mass: number; signs: number; from: number }>();
  for (const { from, signs } of found) {
    for (const { meaning, strength } of signs) {
      if (meaning.kind !== 'area') continue;
      const known = read.get(meaning.id) ?? { mass: 0, signs: 0, from };
      known.mass += (strength * HALF_CLEAR_AT) / (HALF_CLEAR_AT + from);
      known.signs++;
      read.set(meaning.id, known);
    }
  }
  const most = Math.max(0, ...[...read.values()].map(({ mass }) => mass));
  const isOurs = ({ mass, signs, from }: { mass: number; signs: number; from: number }) =>
    mass === most || (mass >= most * CLEARLY_OURS && (signs > 1 || from <= OFFER_BEGINS));
  // Where there are only hints, nothing is clear.
  return new Map([...read].filter(([, area]) => isOurs(area)).map(([id, { mass }]) => [id, mass / Math.max(most, LEAST_CLEAR)]));
}

/** Less than this is a hint or two, or one sign late in the text: not clear, whatever else is less. */
const LEAST_CLEAR = 0.6;

/** Who works in the field of our customers, works for them too; most surely where the field is their branch. */
const FOR_OUR_CUSTOMERS = { branch: 0.9, other: 0.5 } as const;

function areasNamed(text: string): AreaId[] {
  const found = findPhrases(LISTS, text).flatMap(({ signs }) =>
    signs.flatMap(({ meaning }) => (meaning.kind === 'area' ? meaning.id : [])),
  );
  return [...new Set(found)];
}

function usefulAreas(own: ReadonlyMap<AreaId, number>, customers: readonly AreaId[]): FitTarget['usefulAreas'] {
  const useful = new Map<AreaId, { strength: number; to: AreaId; because: string }>();
  const offer = (id: AreaId, strength: number, to: AreaId, because: string) => {
    if (strength > (useful.get(id)?.strength ?? 0)) useful.set(id, { strength, to, because });
  };
  for (const [to, clarity] of own) {
    for (const [id, { strength, because }] of COMPLEMENTS.get(to) ?? []) if (!own.has(id)) offer(id, clarity * strength, to, because);
    offer(to, clarity * Math.max(SAME_FIELD, COMPLEMENTS.get(to)?.get(to)?.strength ?? 0), to, 'shares your field');
  }
  const [main] = [...own].sort(([, a], [, b]) => b - a);
  for (const id of customers)
    if (main && !own.has(id)) offer(id, FOR_OUR_CUSTOMERS[BRANCHES.has(id) ? 'branch' : 'other'], main[0], 'works for the same customers');
  return useful;
}

function signs(phrases: readonly string[], meaning: Meaning, strength = 1): Sign<Meaning>[] {
  return phrases.map((phrase) => ({ phrase, meaning, strength }));
}

function keys<Key extends string>(table: Record<Key, unknown>): Key[] {
  return Object.keys(table) as Key[]; // Object.keys forgets the key type
}

/** Words that say nothing of a trade: grammar, and what every company writes. */
const COMMON = new Set(
  `about above across after again also among around because been before being best better between both built business businesses buyer
  buyers call called client clients companies company complete create customer customers deliver different digital does each easily
  easy every everyone fast first from full fully gather generate give good great group groups grow growing have headquartered help helps
  high independent industry into just keep kind large larger like look looking made main make makes many market markets medium member
  members modern more most much need needs only open opened order organisation organisations organization organizations other others over
  owner owners part partner partners people place platform platforms product products professional professionals program programme
  programmes programs project projects protocol provide provider providers provides real right sales same self sell selling send sends
  service services side simple single small smaller software solution solutions some start state such suite support system systems take
  team teams than that their them then there these they thing things third this those through together tool tools type under unify used
  user users uses using various vendor very want well what when where which while whole wide with within without work working works world
  worldwide would year years your home fund funds outside read write data account adopt around building once include including neutral
  apply applications application businesses handle handles manage manages management available`.split(/\s+/),
);
const SHORTEST = 4;
/** As many as two numbers of 32 bits can tell apart. */
export const MOST_WORDS = 64;

/** The telling words of what a person wrote about the company, each once in any number, in the order written. */
export function ownWords(text: string): string[] {
  const words = [...text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)]
    .map(([word]) => word)
    .filter((word) => word.length >= SHORTEST && !COMMON.has(word) && !/^\d+$/.test(word));
  return [...new Map(words.map((word) => [wordForm(word), word])).values()].slice(0, MOST_WORDS);
}
