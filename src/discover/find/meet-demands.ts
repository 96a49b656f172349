import type { Company } from '../../programme/companies/company.ts';
import { AREAS } from '../fit/areas.ts';
import type { Meaning } from '../fit/fit-target.ts';
import type { Proof } from '../fit/judgement.ts';
import { type Found, wordList } from '../fit/phrase-matcher.ts';
import { type Geography, readGeography } from '../fit/places.ts';
import { type FieldReading, readCompany, TEXT_FIELDS, trust } from '../fit/read-company.ts';
import type { Demand, Part, Topic } from './request.ts';
import { ROLE_AREAS } from './request-words.ts';

/** `unknown`: nothing on file says so or otherwise. `proof` is where a company meets it, null for what it is known not to be. */
export type Verdict = { state: 'met'; proof: Proof | null } | { state: 'missed' | 'unknown' };

/** A company read once for all demands. */
export type Subject = { company: Company; readings: readonly FieldReading[] };

const NO_WORDS = wordList([]);
const MISSED: Verdict = { state: 'missed' };
const UNKNOWN: Verdict = { state: 'unknown' };
/** What a long description names further down, it names in passing. */
const NOT_IN_PASSING = 0.3;

export function readSubject(company: Company): Subject {
  return { company, readings: readCompany(NO_WORDS, company) };
}

/** What the company is, for those who are to be like it: the clearest of its areas, at most three. */
export function topicOfCompany({ readings }: Subject): Topic {
  const masses = areaMasses(readings);
  const most = Math.max(0, ...masses.values());
  const clear = [...masses].filter(([, mass]) => mass >= most / 2).sort((a, b) => b[1] - a[1]);
  return { areas: clear.slice(0, 3).map(([id]) => id), segments: [] };
}

/** Met by one part is met; a demand that must not be met is the other way round. `likes`: topics of the companies named as models. */
export function judgeDemand({ not, parts }: Demand, subject: Subject, likes: ReadonlyMap<string, Topic>): Verdict {
  const verdicts = parts.map((part) => judgePart(part, subject, likes));
  const best = verdicts.find(({ state }) => state === 'met') ?? verdicts.find(({ state }) => state === 'unknown') ?? MISSED;
  if (!not || best.state === 'unknown') return best;
  return best.state === 'met' ? MISSED : { state: 'met', proof: null };
}

function judgePart(part: Part, subject: Subject, likes: ReadonlyMap<string, Topic>): Verdict {
  switch (part.kind) {
    case 'place':
      return part.geography ? isThere(part.geography, subject) : isNamedThere(part.name, subject);
    case 'size':
      return hasPeople(part, subject);
    case 'name':
      return speaksOf(part.name, subject);
    case 'like':
      return speaks(subject, { topic: likes.get(part.name) ?? { areas: [], segments: [] }, phrase: '' });
    case 'area':
    case 'customers':
      return speaks(subject, { topic: part, phrase: part.phrase });
    case 'role':
      return worksAs(part, subject);
  }
}

function worksAs({ areas, about, phrase }: Extract<Part, { kind: 'role' }>, subject: Subject): Verdict {
  if (areas.length === 0) return sellsProducts(subject);
  const work = speaks(subject, { topic: { areas, segments: [] }, phrase });
  const isSaid = phraseIn(subject.readings, phrase) !== null;
  if (work.state !== 'met' || isSaid || about.areas.length + about.segments.length === 0) return work;
  return speaks(subject, { topic: about, phrase: '' }).state === 'met' ? work : MISSED;
}

/** Its main area is a product, not a service. */
function sellsProducts({ readings }: Subject): Verdict {
  const [main] = [...areaMasses(readings)].sort((a, b) => b[1] - a[1]);
  if (!main) return UNKNOWN;
  return ROLE_AREAS.has(main[0]) ? MISSED : { state: 'met', proof: topicIn(readings, { areas: [main[0]], segments: [] }) };
}

/** A text in which nothing is understood may be in another language: it says neither yes nor no. */
function speaks({ readings }: Subject, { topic, phrase }: { topic: Topic; phrase: string }): Verdict {
  const proof = phraseIn(readings, phrase) ?? topicIn(readings, topic);
  if (proof) return { state: 'met', proof };
  return readings.some(({ found }) => found.length > 0) ? MISSED : UNKNOWN;
}

/** The same words as were asked for, where the company says what it is. */
function phraseIn(readings: readonly FieldReading[], phrase: string): Proof | null {
  if (phrase === '') return null;
  return firstProof(readings, (found, field) => found.phrase === phrase && (field !== 'description' || isSign(found)));
}

function topicIn(readings: readonly FieldReading[], { areas, segments }: Topic): Proof | null {
  return firstProof(readings, ({ signs }) =>
    signs.some(({ meaning, strength }) => {
      if (meaning.kind === 'segment') return segments.includes(meaning.id);
      if (meaning.kind !== 'area' || strength < 1) return false;
      // Who mainly buys in the area is who it is for.
      return areas.includes(meaning.id) || segments.some((id) => AREAS[meaning.id].buyers[0] === id);
    }),
  );
}

function firstProof(
  readings: readonly FieldReading[],
  says: (found: Found<Meaning>, field: FieldReading['field']) => boolean,
): Proof | null {
  for (const { field, found } of readings) {
    const at = found.find((one) => trust(field, one) >= NOT_IN_PASSING && says(one, field));
    if (at) return { field, at };
  }
  return null;
}

function isSign({ signs }: Found<Meaning>): boolean {
  return signs.some(({ strength }) => strength === 1);
}

function areaMasses(readings: readonly FieldReading[]) {
  const masses = new Map<FieldReading['areas'][number]['id'], number>();
  for (const { areas } of readings) for (const { id, mass } of areas) masses.set(id, (masses.get(id) ?? 0) + mass);
  return masses;
}

function isThere(wanted: Geography, { company }: Subject): Verdict {
  const there = readGeography(company.locations.join('\n'));
  const isIn =
    wanted.places.length > 0 ? there.places.some((place) => wanted.places.includes(place)) : overlap(wanted.regions, there.regions);
  if (isIn) return { state: 'met', proof: { field: 'locations', at: null } };
  const mayBe = there.places.length === 0 && (there.regions.size === 0 || overlap(wanted.regions, there.regions));
  return mayBe || there.everywhere ? UNKNOWN : MISSED;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((region) => b.has(region));
}

function isNamedThere(name: string, { company }: Subject): Verdict {
  if (company.locations.length === 0) return UNKNOWN;
  return hasWord(company.locations.join('\n').toLowerCase(), name) >= 0
    ? { state: 'met', proof: { field: 'locations', at: null } }
    : MISSED;
}

function hasPeople({ min, max }: { min: number; max: number }, { company }: Subject): Verdict {
  const people = peopleOf(company);
  if (!people || (people.min < min && people.max > max)) return UNKNOWN;
  if (people.min >= min && people.max <= max) return { state: 'met', proof: { field: people.field, at: null } };
  return people.max < min || people.min > max ? MISSED : UNKNOWN;
}

const NAMING_FIELDS = [...TEXT_FIELDS, 'name', 'aliases', 'integrations'] as const;

/** A company's own name counts: whoever asks for it wants to see it. */
function speaksOf(name: string, { company, readings }: Subject): Verdict {
  for (const field of NAMING_FIELDS) {
    const fact = company[field];
    const text = typeof fact === 'string' ? fact : (fact ?? []).join('\n');
    const from = hasWord(text.toLowerCase(), name);
    if (from >= 0) return { state: 'met', proof: { field, at: { from, to: from + name.length } } };
  }
  return readings.length === 0 ? UNKNOWN : MISSED;
}

/** The place of the name as whole words in a text in lower case; -1 where it is not. */
function hasWord(lower: string, name: string): number {
  const wanted = name.toLowerCase();
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
    const around = [lower[at - 1], lower[at + wanted.length]];
    if (!around.some((letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter))) return at;
  }
  return -1;
}

/** The fewest and the most people of each band. */
const PEOPLE_IN = {
  '1-10': { min: 1, max: 10 },
  '11-50': { min: 11, max: 50 },
  '51-500': { min: 51, max: 500 },
  '500+': { min: 501, max: Number.POSITIVE_INFINITY },
} as const;

/** How many people a company has, as far as it is known: the head count, or else the bounds of its band; null when neither is. */
export function peopleOf({ teamSize, sizeBand }: Pick<Company, 'teamSize' | 'sizeBand'>) {
  if (teamSize !== null && teamSize > 0) return { min: teamSize, max: teamSize, field: 'teamSize' as const };
  return sizeBand === null ? null : { ...PEOPLE_IN[sizeBand], field: 'sizeBand' as const };
}
