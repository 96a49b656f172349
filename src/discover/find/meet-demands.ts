import type { Company } from '../../programme/companies/company.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { AREAS } from '../fit/areas.ts';
import type { Meaning } from '../fit/fit-target.ts';
import type { Proof } from '../fit/judgement.ts';
import { areaMasses, bitOf, keepReading, NOT_IN_PASSING } from '../fit/kept-reading.ts';
import { type Found, wordList } from '../fit/phrase-matcher.ts';
import { type FieldReading, readCompany, trust } from '../fit/read-company.ts';
import { roleProof } from '../fit/role-evidence.ts';
import {
  hasPeople,
  isNamedThere,
  isThere,
  type Judge,
  MAIN,
  MENTIONED,
  MISSED,
  SAID,
  type Subject,
  speaksOf,
  speaksOfForms,
  UNKNOWN,
} from './judge-facts.ts';
import type { Demand, Part, Topic } from './request.ts';
import { NO_TOPIC, WORK } from './request-words.ts';
import { stemOf } from './word-forms.ts';

export type Likes = ReadonlyMap<string, Topic>;

const NO_WORDS = wordList([]);
const SAID_FIRST: Proof = { field: 'oneLiner', at: null };

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
    return best.state === 'met' ? MISSED : { state: 'met', proof: null, isMain: true };
  };
}

function judgeOfPart(part: Part, likes: Likes): Judge {
  switch (part.kind) {
    case 'place':
      return part.geography ? isThere(part.geography) : isNamedThere(part.name, part.within);
    case 'size':
      return hasPeople(part);
    case 'name':
      return part.forms ? speaksOfForms(part.name) : speaksOf(part.name);
    case 'like':
      return speaks(likes.get(part.name) ?? NO_TOPIC, '');
    case 'area':
    case 'customers':
      return speaks(part, part.phrase, part.narrow);
    case 'role':
      return worksAs(part);
  }
}

/** By the evidence of the role; who only mentions such work, or sells to those who do it, does not do it. */
function worksAs({ type, areas, about, phrase }: Extract<Part, { kind: 'role' }>): Judge {
  const types = areas.length === 0 ? [type] : [...new Set(areas.flatMap((id) => WORK[id] ?? []))];
  const shown = areas.length === 0 ? types : types.filter((one) => one !== 'referral');
  const bits = shown.reduce((sum, one) => sum | bitOf(one), 0);
  const work = areas.length === 0 ? null : speaks({ areas, segments: [] }, phrase);
  const isAbout = about.areas.length + about.segments.length === 0 ? null : topicSaid(about, false);
  const says = phraseSaid(phrase);
  return (subject) => {
    if (!subject.isUnderstood) return UNKNOWN;
    if (((subject.roles | subject.called) & bits) === 0) return MISSED;
    const said = work?.(subject);
    if (said && said.state !== 'met') return said;
    const named = says && firstProof(subject, says);
    if (isAbout && !named && !firstProof(subject, isAbout)) return MISSED;
    const isMain = (subject.called & bits) !== 0;
    if (!subject.whole) return isMain ? MAIN : MENTIONED;
    return { state: 'met', proof: named ?? said?.proof ?? proofOfRole(shown, subject.whole.readings), isMain };
  };
}

function proofOfRole(types: readonly PartnerType[], readings: readonly FieldReading[]): Proof | null {
  for (const type of types) {
    const proof = roleProof(type, readings);
    if (proof) return proof;
  }
  return null;
}

/** A text in which nothing is understood may be in another language: it says neither yes nor no. */
function speaks(topic: Topic, phrase: string, narrow = false): Judge {
  const [byPhrase, byTopic] = [narrow ? formSaid(phrase) : phraseSaid(phrase), narrow ? null : topicSaid(topic)];
  return (subject) => {
    const proof = (byPhrase && firstProof(subject, byPhrase)) ?? (byTopic && firstProof(subject, byTopic));
    if (!proof) return subject.isUnderstood ? MISSED : UNKNOWN;
    const isMain = proof.field === 'oneLiner' || (subject.main !== null && topic.areas.includes(subject.main));
    if (!subject.whole) return isMain ? MAIN : MENTIONED;
    return { state: 'met', proof, isMain };
  };
}

/** What a phrase in a field has to be. `known`, by the number of what was said: whether it is. */
type Saying = { says: (found: Found<Meaning>, field: FieldReading['field']) => boolean; known: boolean[] };

/** The same words as were asked for, where the company says what it is. */
function phraseSaid(phrase: string): Saying | null {
  if (phrase === '') return null;
  return { says: (found, field) => found.phrase === phrase && (field !== 'description' || isSign(found)), known: [] };
}

/** A phrase with the word in any form: “dental practice” for a dentist. */
function formSaid(word: string): Saying {
  const stem = stemOf(word);
  return { says: ({ phrase }) => phrase.split(/[ -]/).some((one) => stemOf(one) === stem), known: [] };
}

/** `orServes`: who mainly sells to a group is for it, without a word about it. */
function topicSaid({ areas, segments }: Topic, orServes = true): Saying {
  const says: Saying['says'] = ({ signs }) =>
    signs.some(({ meaning, strength }) => {
      if (meaning.kind === 'segment') return segments.includes(meaning.id);
      if (meaning.kind !== 'area' || strength < 1) return false;
      return areas.includes(meaning.id) || (orServes && segments.some((id) => AREAS[meaning.id].buyers[0] === id));
    });
  return { says, known: [] };
}

function firstProof({ said, whole }: Subject, { says, known }: Saying): Proof | null {
  if (!whole) {
    for (const { number, field, found } of said) {
      known[number] ??= says(found, field);
      if (known[number]) return field === 'oneLiner' ? SAID_FIRST : SAID;
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
