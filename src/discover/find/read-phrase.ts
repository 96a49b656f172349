import { AREA_IDS, type AreaId } from '../fit/areas.ts';
import { LISTS, type Meaning } from '../fit/fit-target.ts';
import { type Found, findPhrases, type Matcher, phrasesOf } from '../fit/phrase-matcher.ts';
import type { SegmentId } from '../fit/segments.ts';
import type { Topic } from './request.ts';
import type { Here, Read } from './request-tokens.ts';
import { countWords, SHORTEST } from './request-tokens.ts';
import { GLUE, isGlue, NO_TOPIC, ROLE_WORDS, type Role, WORK, workIn } from './request-words.ts';
import { stemOf } from './word-forms.ts';

/** A phrase of the word lists of the fit score, or a word for a partner. Behind “for” it says who the customers are. */
export function readPhrase(here: Here): Read | null {
  const listed = atStart(LISTS, here.rest);
  const called = here.expecting.customers ? null : atStart(ROLE_WORDS, here.rest);
  const topic = listed && topicOf(listed);
  if (called && called.to >= (topic ? (listed?.to ?? 0) : 0)) {
    const role = called.signs[0]?.meaning;
    return role ? roleRead(here, role, called.to, listed?.to === called.to ? listed.phrase : '') : null;
  }
  // “new” has the form of “news”.
  if (listed && GLUE.has(here.rest.slice(0, listed.to))) return null;
  if (!listed || !topic) return otherForm(here);
  const work = here.expecting.customers ? null : workOf(topic);
  if (work) return roleRead(here, { ...work, about: aboutOf(here.rest.slice(0, listed.to), topic) }, listed.to, listed.phrase);
  if (!here.expecting.customers && topic.segments.includes('software-companies')) {
    return roleRead(here, { type: 'technology', areas: [], about: NO_TOPIC }, listed.to, listed.phrase);
  }
  const kind = topic.segments.length > 0 ? 'customers' : 'area';
  const asked = here.expecting.customers && kind === 'customers' ? { ...topic, areas: [] } : topic;
  const narrow = isNarrow(listed.phrase, topic);
  return { part: { kind, ...asked, phrase: listed.phrase, narrow }, length: countWords(here, listed.to) };
}

/** A word that is not the name of its field. Abbreviations and longer phrases have too many other words for the same. */
function isNarrow(phrase: string, { areas, segments }: Topic): boolean {
  if (areas.length === 0 || !/^\p{L}{5,}$/u.test(phrase)) return false;
  const names = [...areas, ...segments]
    .flatMap((id) => [...id.split('-'), id.replaceAll('-', '')])
    .filter((name) => name.length >= SHORTEST);
  return !names.some((name) => phrase.includes(name) || name.includes(stemOf(phrase)));
}

/** Phrases of one word, by its stem. Shorter words are like too many others. */
const BY_STEM: ReadonlyMap<string, string> = new Map(
  phrasesOf(LISTS, ({ kind }) => kind === 'area' || kind === 'segment')
    .filter((phrase) => /^\p{L}{5,}$/u.test(phrase))
    .map((phrase) => [stemOf(phrase), phrase]),
);

/** “clinical” says the same as “clinic”, but “develop” and “developing” nothing of developers. What nobody is called by, is no role. */
function otherForm(here: Here): Read | null {
  const { bare = '' } = here.tokens[here.index] ?? {};
  const stem = stemOf(bare);
  if (stem === bare || bare.endsWith('ing') || isGlue(bare) || here.expecting.name || here.expecting.place) return null;
  const phrase = BY_STEM.get(stem);
  const topic = phrase ? topicOf(atStart(LISTS, phrase) ?? { signs: [] }) : null;
  if (!phrase || !topic) return null;
  const kind = topic.segments.length > 0 ? 'customers' : 'area';
  return { part: { kind, ...topic, phrase, narrow: isNarrow(phrase, topic) }, length: 1 };
}

function roleRead(here: Here, { type, areas, about }: Role, to: number, phrase: string): Read {
  return { part: { kind: 'role', type, areas, about, phrase }, length: countWords(here, to) };
}

function atStart<Kind>(matcher: Matcher<Kind>, text: string): Found<Kind> | null {
  const first = findPhrases(matcher, text)[0];
  return first?.from === 0 ? first : null;
}

/** Null where it is on a list, but of something else. */
function topicOf({ signs }: Pick<Found<Meaning>, 'signs'>): Topic | null {
  const areas = new Set<AreaId>();
  const segments = new Set<SegmentId>();
  for (const { meaning } of signs) {
    if (meaning.kind === 'area') areas.add(meaning.id);
    if (meaning.kind === 'segment') segments.add(meaning.id);
  }
  return areas.size + segments.size > 0 ? { areas: [...areas], segments: [...segments] } : null;
}

/** What some role does for a living, and nothing else. */
function workOf({ areas }: Topic): Role | null {
  const [first, ...others] = areas;
  if (!first || ![first, ...others].every((id) => WORK[id])) return null;
  return { ...workIn(first), areas };
}

/** “accounting firm” is advice, about accounting. */
function aboutOf(phrase: string, { segments }: Topic): Topic {
  const inside = phrase.split(' ').flatMap((word) => atStart(LISTS, word)?.signs ?? []);
  const named = new Set(inside.flatMap(({ meaning, strength }) => (meaning.kind === 'area' && strength === 1 ? meaning.id : [])));
  return { areas: AREA_IDS.filter((id) => named.has(id) && !WORK[id]), segments: segments.filter((id) => id !== 'agencies') };
}
