import { AREAS, type AreaId, areaIds, PARTNER_AREAS } from './areas.ts';
import { CLAIMS, type ClaimId, INSTRUCTIONS } from './claims.ts';
import type { FitProfile } from './fit.ts';
import { ownWords } from './own-words.ts';
import { compileMatcher, findPhrases, type Matcher, type Sign } from './phrase-matcher.ts';
import { type Geography, readGeography } from './places.ts';
import { SEGMENTS, type SegmentId } from './segments.ts';
import { TECHNOLOGIES, type TechnologyId } from './technologies.ts';

/** What a phrase in a company's text can tell us. `customer-word` and `offer-word` are words of the profile no list knows. */
export type Meaning =
  | { kind: 'area'; id: AreaId }
  | { kind: 'segment'; id: SegmentId }
  | { kind: 'technology'; id: TechnologyId }
  | { kind: 'claim'; id: ClaimId }
  | { kind: 'customer-word' | 'offer-word' | 'instruction' };

/** A profile made ready to be held against many companies. */
export type FitTarget = {
  matcher: Matcher<Meaning>;
  /** Areas we sell in, 0–1 by how clearly. */
  ownAreas: ReadonlyMap<AreaId, number>;
  /** Areas that complete ours, each with the area of ours it serves best. */
  partnerAreas: ReadonlyMap<AreaId, { weight: number; serves: AreaId }>;
  segments: ReadonlySet<SegmentId>;
  technologies: ReadonlySet<TechnologyId>;
  /** The profile says something of its customers that can be looked for. */
  customersKnown: boolean;
  geography: Geography;
};

const HINT = 0.3;
/** A field named only in passing is not ours: at least this part of the clearest one. */
const CLEARLY_OURS = 0.45;
/** How much less the last area of a list of partners is worth than the first. */
const LAST_IS_LESS = 0.6;

/** The word lists do not depend on the profile: compiled once. */
const LISTS = compileMatcher<Meaning>([
  ...areaIds().flatMap((id) => [...signs(AREAS[id].signs, { kind: 'area', id }), ...signs(AREAS[id].hints, { kind: 'area', id }, HINT)]),
  ...keys(SEGMENTS).flatMap((id) => signs(SEGMENTS[id].signs, { kind: 'segment', id })),
  ...keys(TECHNOLOGIES).flatMap((id) => signs(TECHNOLOGIES[id].signs, { kind: 'technology', id })),
  ...keys(CLAIMS).flatMap((id) => signs(CLAIMS[id].signs, { kind: 'claim', id }, CLAIMS[id].share)),
  ...signs(INSTRUCTIONS, { kind: 'instruction' }),
]);

export function fitTarget(profile: FitProfile): FitTarget {
  const offer = findPhrases(LISTS, profile.sells);
  const customers = findPhrases(LISTS, profile.customers);
  const offerWords = ownWords(profile.sells, offer);
  const customerWords = ownWords(profile.customers, customers);
  const ownAreas = clearAreas(offer.flatMap((found) => found.signs));
  const segments = new Set(
    customers.flatMap((found) => found.signs.flatMap(({ meaning }) => (meaning.kind === 'segment' ? meaning.id : []))),
  );
  const technologies = [...offer, ...customers].flatMap((found) =>
    found.signs.flatMap(({ meaning }) => (meaning.kind === 'technology' ? meaning.id : [])),
  );
  return {
    matcher: compileMatcher(
      [...signs(offerWords, { kind: 'offer-word' }, HINT), ...signs(customerWords, { kind: 'customer-word' }, HINT)],
      LISTS,
    ),
    ownAreas,
    partnerAreas: partnerAreas(ownAreas),
    segments,
    technologies: new Set(technologies),
    customersKnown: segments.size > 0 || customerWords.length > 0,
    geography: readGeography(profile.geography),
  };
}

function clearAreas(found: readonly Sign<Meaning>[]): Map<AreaId, number> {
  const mass = new Map<AreaId, number>();
  for (const { meaning, strength } of found) {
    if (meaning.kind === 'area') mass.set(meaning.id, (mass.get(meaning.id) ?? 0) + strength);
  }
  const most = Math.max(0, ...mass.values());
  return new Map([...mass].filter(([, value]) => value >= most * CLEARLY_OURS).map(([id, value]) => [id, value / most]));
}

function partnerAreas(own: ReadonlyMap<AreaId, number>): FitTarget['partnerAreas'] {
  const useful = new Map<AreaId, { weight: number; serves: AreaId }>();
  for (const [ours, clarity] of own) {
    const ids = PARTNER_AREAS.get(ours) ?? [];
    ids.forEach((id, place) => {
      const weight = clarity * (1 - (LAST_IS_LESS * place) / ids.length);
      if (!own.has(id) && weight > (useful.get(id)?.weight ?? 0)) useful.set(id, { weight, serves: ours });
    });
  }
  return useful;
}

function signs(phrases: readonly string[], meaning: Meaning, strength = 1): Sign<Meaning>[] {
  return phrases.map((phrase) => ({ phrase, meaning, strength }));
}

function keys<Key extends string>(table: Record<Key, unknown>): Key[] {
  return Object.keys(table) as Key[]; // Object.keys forgets the key type
}
