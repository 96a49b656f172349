import type { Company } from '../../programme/companies/company.ts';
import { AREAS } from '../fit/areas.ts';
import type { Meaning } from '../fit/fit-target.ts';
import type { Proof } from '../fit/judgement.ts';
import { areaMasses, type KeptReading, keepReading, NOT_IN_PASSING } from '../fit/kept-reading.ts';
import { type Found, wordList } from '../fit/phrase-matcher.ts';
import type { Geography } from '../fit/places.ts';
import { type FieldReading, readCompany, TEXT_FIELDS, trust } from '../fit/read-company.ts';
import type { Demand, Part, Topic } from './request.ts';
import { ROLE_AREAS } from './request-words.ts';

/** `unknown`: nothing on file says so or otherwise. `proof` is where a company meets it, null for what it is known not to be. */
export type Verdict = { state: 'met'; proof: Proof | null } | { state: 'missed' | 'unknown' };

/** A company to be judged: what is kept of it will do; `whole` is wanted where the proof is to be shown. */
export type Subject = KeptReading & { whole?: { company: Company; readings: readonly FieldReading[] } };

export type Judge = (subject: Subject) => Verdict;
export type Likes = ReadonlyMap<string, Topic>;

const NO_WORDS = wordList([]);
const NO_TOPIC: Topic = { areas: [], segments: [] };
const MISSED: Verdict = { state: 'missed' };
const UNKNOWN: Verdict = { state: 'unknown' };
/** Met, by somebody of whom not enough is at hand to show where. */
const SAID: Proof = { field: 'name', at: null };
const MET: Verdict = { state: 'met', proof: SAID };

export function readSubject(company: Company): Subject {
  const readings = readCompany(NO_WORDS, company);
  return { ...keepReading(company, readings), whole: { company, readings } };
}

/** What the company is, for those who are to be like it: the clearest of its areas, at most three. */
export function topicOfCompany({ whole }: Subject): Topic {
  const masses = areaMasses(whole?.readings ?? []);
  const most = Math.max(0, ...masses.map(([, mass]) => mass));
  const clear = masses.filter(([, mass]) => mass >= most / 2).sort((a, b) => b[1] - a[1]);
  return { areas: clear.slice(0, 3).map(([id]) => id), segments: [] };
}

/** Met by one part is met; a demand that must not be met is the other way round. `likes`: topics of the companies named as models. Made
 *  once for many companies: what one phrase is worth is found out once. */
export function judgeOf({ not, parts }: Demand, likes: Likes): Judge {
  const judges = parts.map((part) => judgeOfPart(part, likes));
  return (subject) => {
    let best = MISSED;
    for (const judge of judges) {
      const verdict = judge(subject);
      if (best === MISSED || verdict.state === 'met') best = verdict;
      if (verdict.state === 'met') break;
    }
    if (!not || best.state === 'unknown') return best;
    return best.state === 'met' ? MISSED : { state: 'met', proof: null };
  };
}

function judgeOfPart(part: Part, likes: Likes): Judge {
  switch (part.kind) {
    case 'place':
      return part.geography ? isThere(part.geography) : isNamedThere(part.name);
    case 'size':
      return hasPeople(part);
    case 'name':
      return speaksOf(part.name);
    case 'like':
      return speaks(likes.get(part.name) ?? NO_TOPIC, '');
    case 'area':
    case 'customers':
      return speaks(part, part.phrase);
    case 'role':
      return worksAs(part);
  }
}

function worksAs({ areas, about, phrase }: Extract<Part, { kind: 'role' }>): Judge {
  if (areas.length === 0) return sellsProducts;
  const work = speaks({ areas, segments: [] }, phrase);
  if (about.areas.length + about.segments.length === 0) return work;
  const says = phraseSaid(phrase);
  const isAbout = speaks(about, '');
  return (subject) => {
    const verdict = work(subject);
    if (verdict.state !== 'met' || (says && firstProof(subject, says))) return verdict;
    return isAbout(subject).state === 'met' ? verdict : MISSED;
  };
}

/** Its main area is a product, not a service. */
function sellsProducts(subject: Subject): Verdict {
  const { main, whole } = subject;
  if (!main) return UNKNOWN;
  if (ROLE_AREAS.has(main)) return MISSED;
  return { state: 'met', proof: whole ? firstProof(subject, topicSaid({ areas: [main], segments: [] })) : SAID };
}

/** A text in which nothing is understood may be in another language: it says neither yes nor no. */
function speaks(topic: Topic, phrase: string): Judge {
  const [byPhrase, byTopic] = [phraseSaid(phrase), topicSaid(topic)];
  return (subject) => {
    const proof = (byPhrase && firstProof(subject, byPhrase)) ?? firstProof(subject, byTopic);
    if (proof) return proof === SAID ? MET : { state: 'met', proof };
    return subject.isUnderstood ? MISSED : UNKNOWN;
  };
}

/** What a phrase in a field has to be. `known`, by the number of what was said: whether it is. */
type Saying = { says: (found: Found<Meaning>, field: FieldReading['field']) => boolean; known: boolean[] };

/** The same words as were asked for, where the company says what it is. */
function phraseSaid(phrase: string): Saying | null {
  if (phrase === '') return null;
  return { says: (found, field) => found.phrase === phrase && (field !== 'description' || isSign(found)), known: [] };
}

function topicSaid({ areas, segments }: Topic): Saying {
  const says: Saying['says'] = ({ signs }) =>
    signs.some(({ meaning, strength }) => {
      if (meaning.kind === 'segment') return segments.includes(meaning.id);
      if (meaning.kind !== 'area' || strength < 1) return false;
      // Who mainly buys in the area is who it is for.
      return areas.includes(meaning.id) || segments.some((id) => AREAS[meaning.id].buyers[0] === id);
    });
  return { says, known: [] };
}

function firstProof({ said, whole }: Subject, { says, known }: Saying): Proof | null {
  if (!whole) {
    for (const { number, field, found } of said) {
      known[number] ??= says(found, field);
      if (known[number]) return SAID;
    }
    return null;
  }
  for (const { field, found } of whole.readings) {
    const at = found.find((one) => trust(field, one) >= NOT_IN_PASSING && says(one, field));
    if (at) return { field, at };
  }
  return null;
}

function isSign({ signs }: Found<Meaning>): boolean {
  return signs.some(({ strength }) => strength === 1);
}

function isThere(wanted: Geography): Judge {
  const met: Verdict = { state: 'met', proof: { field: 'locations', at: null } };
  return ({ geography: there }) => {
    const isIn =
      wanted.places.length > 0 ? there.places.some((place) => wanted.places.includes(place)) : overlap(wanted.regions, there.regions);
    if (isIn) return met;
    const mayBe = there.places.length === 0 && (there.regions.size === 0 || overlap(wanted.regions, there.regions));
    return mayBe || there.everywhere ? UNKNOWN : MISSED;
  };
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const region of a) if (b.has(region)) return true;
  return false;
}

function isNamedThere(name: string): Judge {
  return ({ locations }) => {
    if (locations === '') return UNKNOWN;
    return hasWord(locations, name) >= 0 ? { state: 'met', proof: { field: 'locations', at: null } } : MISSED;
  };
}

function hasPeople({ min, max }: { min: number; max: number }): Judge {
  return ({ people }) => {
    if (!people || (people.min < min && people.max > max)) return UNKNOWN;
    if (people.min >= min && people.max <= max) return { state: 'met', proof: { field: people.field, at: null } };
    return people.max < min || people.min > max ? MISSED : UNKNOWN;
  };
}

const NAMING_FIELDS = [...TEXT_FIELDS, 'name', 'aliases'] as const;

/** A company's own name counts: whoever asks for it wants to see it. */
function speaksOf(name: string): Judge {
  return ({ text, hasText, whole }) => {
    if (hasWord(text, name) < 0) return hasText ? MISSED : UNKNOWN;
    return { state: 'met', proof: whole ? placeOfName(whole.company, name) : SAID };
  };
}

function placeOfName(company: Company, name: string): Proof | null {
  for (const field of NAMING_FIELDS) {
    const fact = company[field];
    const text = typeof fact === 'string' ? fact : (fact ?? []).join('\n');
    const from = hasWord(text.toLowerCase(), name);
    if (from >= 0) return { field, at: { from, to: from + name.length } };
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
