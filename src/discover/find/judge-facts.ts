import type { Company } from '../../programme/companies/company.ts';
import type { Proof } from '../fit/judgement.ts';
import type { KeptReading } from '../fit/kept-reading.ts';
import { type Geography, namedPlace, type Place } from '../fit/places.ts';
import { type FieldReading, TEXT_FIELDS } from '../fit/read-company.ts';
import { formIn, formsOf } from './word-forms.ts';

/** `unknown`: nothing on file says so or otherwise. `proof` is where a company meets it, null for what it is known not to be; `isMain`: that is
 *  what the company is, not what it mentions. */
export type Verdict = { state: 'met'; proof: Proof | null; isMain: boolean } | { state: 'missed' | 'unknown' };

/** A company to be judged: what is kept of it will do; `whole` is wanted where the proof is to be shown. */
export type Subject = KeptReading & { whole?: { company: Company; readings: readonly FieldReading[] } };

export type Judge = (subject: Subject) => Verdict;

export const MISSED: Verdict = { state: 'missed' };
export const UNKNOWN: Verdict = { state: 'unknown' };
/** Met, by somebody of whom not enough is at hand to show where. */
export const SAID: Proof = { field: 'name', at: null };
export const MENTIONED: Verdict = { state: 'met', proof: SAID, isMain: false };
export const MAIN: Verdict = { state: 'met', proof: SAID, isMain: true };

export function isThere(wanted: Geography): Judge {
  return (subject) => {
    const { geography: there, named, whole } = subject;
    const isIn =
      wanted.places.length > 0 ? there.places.some((place) => wanted.places.includes(place)) : overlap(wanted.regions, there.regions);
    if (isIn) return IN_ITS_PLACES;
    const isSaid = (place: Place) => (wanted.places.length > 0 ? wanted.places.includes(place) : wanted.regions.has(place.region));
    const mayBe = there.places.length === 0 && (there.regions.size === 0 || overlap(wanted.regions, there.regions));
    if (!mayBe && !there.everywhere) return MISSED;
    if (there.everywhere || !named.some(isSaid)) return UNKNOWN;
    return whole ? { state: 'met', proof: placeInText(whole.readings, isSaid), isMain: true } : MAIN;
  };
}

const IN_ITS_PLACES: Verdict = { state: 'met', proof: { field: 'locations', at: null }, isMain: true };

function placeInText(readings: readonly FieldReading[], isSaid: (place: Place) => boolean): Proof | null {
  for (const { field, roles } of readings) {
    const found = roles?.places.find(({ place }) => isSaid(place));
    if (found) return { field, at: found.at };
  }
  return null;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const region of a) if (b.has(region)) return true;
  return false;
}

/** Where no more than the country of a town is known, or nothing, the company may be there, and is if its text says so. */
export function isNamedThere(name: string, within: Geography | null): Judge {
  return ({ locations, geography: there, text, whole }) => {
    if (hasWord(locations, name) >= 0) return IN_ITS_PLACES;
    if (locations !== '' && (!within || !there.places.some((place) => within.places.includes(place)))) return MISSED;
    if (locations !== '' && !locations.split('\n').every((line) => namedPlace(line))) return MISSED;
    if (!within || hasWord(text, name) < 0) return UNKNOWN;
    return whole ? { state: 'met', proof: placeIn(whole.company, finderOf(name)), isMain: true } : MAIN;
  };
}

export function hasPeople({ min, max }: { min: number; max: number }): Judge {
  return ({ people }) => {
    if (!people || (people.min < min && people.max > max)) return UNKNOWN;
    if (people.min >= min && people.max <= max) return { state: 'met', proof: { field: people.field, at: null }, isMain: true };
    return people.max < min || people.min > max ? MISSED : UNKNOWN;
  };
}

const NAMING_FIELDS = [...TEXT_FIELDS, 'name', 'aliases'] as const;

/** A company's own name counts: whoever asks for it wants to see it. */
export function speaksOf(name: string): Judge {
  return saysSo(finderOf(name));
}

/** Any form of the word: whoever asks for dentists takes dental clinics too. */
export function speaksOfForms(word: string): Judge {
  const forms = formsOf(word.toLowerCase());
  return saysSo((lower) => formIn(lower, forms));
}

type FindIn = (lower: string) => { from: number; to: number } | null;

function saysSo(findIn: FindIn): Judge {
  return ({ text, hasText, whole }) => {
    const at = findIn(text);
    if (!at) return hasText ? MISSED : UNKNOWN;
    // The one-liner is the first line of the kept text.
    const isMain = !text.slice(0, at.from).includes('\n');
    if (!whole) return isMain ? MAIN : MENTIONED;
    return { state: 'met', proof: placeIn(whole.company, findIn), isMain };
  };
}

function finderOf(name: string): FindIn {
  return (lower) => {
    const from = hasWord(lower, name);
    return from < 0 ? null : { from, to: from + name.length };
  };
}

function placeIn(company: Company, findIn: FindIn): Proof | null {
  for (const field of NAMING_FIELDS) {
    const fact = company[field];
    const at = findIn((typeof fact === 'string' ? fact : (fact ?? []).join('\n')).toLowerCase());
    if (at) return { field, at };
  }
  return null;
}

/** The place of the name as whole words in a text in lower case; -1 where it is not. */
function hasWord(lower: string, name: string): number {
  const wanted = name.toLowerCase();
  if (wanted === '') return -1;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    const around = [lower[at - 1], lower[at + wanted.length]];
    if (!around.some((letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter))) return at;
  }
  return -1;
}
