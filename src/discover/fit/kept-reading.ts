import type { Company, CompanyFacts } from '../../programme/companies/company.ts';
import { PARTNER_TYPES, type PartnerType } from '../../programme/setup/programme.ts';
import type { AreaId } from './areas.ts';
import type { Meaning } from './fit-target.ts';
import type { Found, Sign } from './phrase-matcher.ts';
import { type Geography, type Place, readGeography } from './places.ts';
import { type FieldReading, type TextField, trust } from './read-company.ts';
import { isCalled, ROLE_NEEDED, roleEvidence } from './role-evidence.ts';

/** A phrase in a field, whichever company says it; `number` is its own. Its place in the text is not kept. */
export type Said = { number: number; field: TextField; found: Found<Meaning> };

/** What a company's facts say, without the facts, to be held against any number of requests. */
export type KeptReading = {
  /** Each phrase that says what the company does or whom it serves; those that long descriptions name in passing are left out. */
  said: readonly Said[];
  /** Whether there is any text, and whether anything in it is understood. */
  hasText: boolean;
  isUnderstood: boolean;
  /** Its clearest area. */
  main: AreaId | null;
  /** What it is by its own words, and what it calls itself: as bits, see `bitOf`. */
  roles: number;
  called: number;
  /** Countries its texts name. */
  named: readonly Place[];
  geography: Geography;
  /** Line by line, in lower case. */
  locations: string;
  people: { min: number; max: number; field: 'teamSize' | 'sizeBand' } | null;
  /** All that may name something, line by line, in lower case. */
  text: string;
};

/** What a long description names further down, it names in passing. */
export const NOT_IN_PASSING = 0.3;

const FIELDS = ['oneLiner', 'tags', 'industries', 'description', 'integrations', 'name', 'aliases'] as const;

export function keepReading(company: CompanyFacts, readings: readonly FieldReading[]): KeptReading {
  const said = readings.flatMap(({ field, found }) =>
    found.flatMap((one) => (trust(field, one) >= NOT_IN_PASSING ? saidOnce(field, one) : [])),
  );
  const [main] = areaMasses(readings).sort((a, b) => b[1] - a[1]);
  const locations = company.locations.join('\n');
  return {
    said,
    hasText: readings.length > 0,
    isUnderstood: readings.some(({ found, roles }) => found.length > 0 || roles?.counts.some((count) => count > 0)),
    main: main?.[0] ?? null,
    roles: bitsOf((type) => roleEvidence(type, readings) >= ROLE_NEEDED),
    called: bitsOf((type) => isCalled(type, readings)),
    named: placesIn(readings),
    geography: sameGeography(readGeography(locations)),
    locations: locations.toLowerCase(),
    people: peopleOf(company),
    text: FIELDS.flatMap((field) => company[field] ?? [])
      .join('\n')
      .toLowerCase(),
  };
}

export function bitOf(type: PartnerType): number {
  return 1 << PARTNER_TYPES.indexOf(type);
}

function bitsOf(isSo: (type: PartnerType) => boolean): number {
  return PARTNER_TYPES.reduce((bits, type) => (isSo(type) ? bits | bitOf(type) : bits), 0);
}

const NOWHERE: readonly Place[] = [];

function placesIn(readings: readonly FieldReading[]): readonly Place[] {
  const places = readings.flatMap(({ roles }) => roles?.places.map(({ place }) => place) ?? []);
  return places.length > 0 ? [...new Set(places)] : NOWHERE;
}

/** How clearly the company works in each area. */
export function areaMasses(readings: readonly FieldReading[]): [AreaId, number][] {
  const masses = new Map<AreaId, number>();
  for (const { areas } of readings) for (const { id, mass } of areas) masses.set(id, (masses.get(id) ?? 0) + mass);
  return [...masses];
}

/** By the signs of the phrase, which the word lists share; so many as the lists have phrases, times the fields. */
const known = new Map<readonly Sign<Meaning>[], Said[]>();
let numbers = 0;

function saidOnce(field: TextField, { phrase, signs }: Found<Meaning>): Said {
  const ofPhrase = known.get(signs) ?? [];
  known.set(signs, ofPhrase);
  const same = ofPhrase.find((one) => one.field === field);
  if (same) return same;
  const said = { number: numbers++, field, found: { phrase, from: 0, to: 0, signs } };
  ofPhrase.push(said);
  return said;
}

const geographies = new Map<string, Geography>();
const MOST_GEOGRAPHIES = 10_000;

/** Many companies are in the same few countries, however their addresses are written. */
function sameGeography(geography: Geography): Geography {
  const { places, regions, everywhere } = geography;
  const key = `${places.map(({ country }) => country).join()}|${[...regions].join()}|${everywhere}`;
  const same = geographies.get(key);
  if (same) return same;
  if (geographies.size === MOST_GEOGRAPHIES) geographies.clear();
  geographies.set(key, geography);
  return geography;
}

/** The fewest and the most people of each band. */
const PEOPLE_IN = {
  '1-10': { min: 1, max: 10 },
  '11-50': { min: 11, max: 50 },
  '51-500': { min: 51, max: 500 },
  '500+': { min: 501, max: Number.POSITIVE_INFINITY },
} as const;

/** How many people a company has, as far as it is known: the head count, or else the bounds of its band; null when neither is. */
export function peopleOf({ teamSize, sizeBand }: Pick<Company, 'teamSize' | 'sizeBand'>): KeptReading['people'] {
  if (teamSize !== null && teamSize > 0) return { min: teamSize, max: teamSize, field: 'teamSize' };
  return sizeBand === null ? null : { ...PEOPLE_IN[sizeBand], field: 'sizeBand' };
}
