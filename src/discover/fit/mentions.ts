import type { Candidate, Evidence } from './fit.ts';
import type { Judgement } from './judgement.ts';
import { LEGAL_FORMS, NOT_NAMES, PAST_WORDS } from './not-names.ts';
import { quoteOf } from './quote.ts';
import { TEXT_FIELDS, textOf } from './read-company.ts';
import { CAPITAL, CLOSED, ENDS, JOINED, type Scanned, scanWords } from './scan-words.ts';

const LONGEST_NAME = 4;
const PAST = new Set([...PAST_WORDS].map((word) => wholeOf(word)));
const PAST_FILTER = new Uint8Array(1_024);
for (const hash of PAST) PAST_FILTER[hash % 1_024] = 1;

/** Writes whatever in the text may be the name of another company: one to four words that begin with a capital. Three numbers each, from
 *  `length` on as far as there is room: two independent hashes, and 1 for a single word that opens a sentence, where any word has a
 *  capital. Names after “formerly at” and the like are left out. Returns the new length; `places` takes from and to of each. */
export function eachMention(scanned: Scanned, into: Int32Array, length: number, places: number[] = []): number {
  const { count, from, to, whole, other, marks } = scanned;
  let past = false;
  for (let first = 0; first < count; first++) {
    const before = first === 0 ? ENDS : (marks[first - 1] ?? 0);
    if (before & ENDS) past = false;
    if (!((marks[first] ?? 0) & CAPITAL)) {
      if (!past && mayBePast(whole[first] ?? 0)) past = PAST.has(whole[first] ?? 0);
      continue;
    }
    if (past) continue;
    let key = 0;
    let check = 0;
    for (let last = first; last < count && last < first + LONGEST_NAME; last++) {
      const joined = last > first && ((marks[last - 1] ?? 0) & JOINED) !== 0;
      if (last > first && !joined && !startsName(scanned, last)) break;
      key = fold(key, whole[last] ?? 0);
      check = fold(check, other[last] ?? 0);
      // “Customer.io” is one name, not two.
      if (!((marks[last] ?? 0) & JOINED) && length + 3 <= into.length) {
        into[length++] = key;
        into[length++] = check;
        into[length++] = last === first && (before & ENDS) !== 0 ? 1 : 0;
        places.push(from[first] ?? 0, to[last] ?? 0);
      }
      if ((marks[last] ?? 0) & CLOSED) break;
    }
  }
  return length;
}

/** A company's name as `eachMention` would report it. `word`: its only word, whose commonness has to be looked at. */
export type NameKey = { key: number; check: number; word: { whole: number; other: number } | null };

/** Null for a name nobody could be sure to recognise: a month, a first name, a number, a legal form, or too long to be written out. */
export function nameKey(name: string): NameKey | null {
  const { lower, count, from, to, whole, other, marks } = scanWords(name.replace(/\(.*?\)/g, ' '));
  const wordAt = (index: number) => lower.slice(from[index], to[index]);
  let length = count;
  while (length > 1 && LEGAL_FORMS.has(wordAt(length - 1))) length--;
  if (length === 0 || length > LONGEST_NAME) return null;
  const single = length === 1;
  const only = wordAt(0);
  if (single && (only.length < 3 || /^\d+$/.test(only) || NOT_NAMES.has(only) || LEGAL_FORMS.has(only))) return null;
  let [key, check] = [0, 0];
  for (let index = 0; index < length; index++) {
    key = fold(key, whole[index] ?? 0);
    check = fold(check, other[index] ?? 0);
  }
  const dotted = ((marks[0] ?? 0) & JOINED) !== 0;
  return { key, check, word: single && !dotted ? { whole: whole[0] ?? 0, other: other[0] ?? 0 } : null };
}

/** How often words are written small, and how often with a capital inside a sentence: a name that is mostly written small is a common
 *  word. Of each text the beginning tells enough. Counted by two hashes each, the lower count holding, so that a million texts need no
 *  more room than ten; `whole` and `other` are those of a scanned word. */
export type WordTally = {
  count(scanned: Scanned): void;
  isCommon(whole: number, other: number): boolean;
  everSmall(whole: number, other: number): boolean;
};

const SLOTS = 2 ** 20;
const COUNTED = 40;

export function wordTally(): WordTally {
  const small = new Uint16Array(SLOTS);
  const capital = new Uint16Array(SLOTS);
  return {
    count({ count, whole, other, marks }) {
      for (let index = 0; index < count && index < COUNTED; index++) {
        const written = (marks[index] ?? 0) & CAPITAL;
        if (written && (index === 0 || (marks[index - 1] ?? 0) & ENDS)) continue;
        raise(written ? capital : small, (whole[index] ?? 0) & (SLOTS - 1));
        raise(written ? capital : small, slotOf(other[index] ?? 0));
      }
    },
    isCommon: (whole, other) => read(small, whole, other) > 0 && read(small, whole, other) >= read(capital, whole, other),
    everSmall: (whole, other) => read(small, whole, other) > 0,
  };
}

function raise(counts: Uint16Array, slot: number): void {
  const value = counts[slot] ?? 0;
  if (value < 65_535) counts[slot] = value + 1;
}

function read(counts: Uint16Array, whole: number, other: number): number {
  return Math.min(counts[whole & (SLOTS - 1)] ?? 0, counts[slotOf(other)] ?? 0);
}

/** The upper bits of this hash are the better mixed. */
function slotOf(other: number): number {
  return (other >>> 8) & (SLOTS - 1);
}

function mayBePast(hash: number): boolean {
  return PAST_FILTER[hash % 1_024] === 1;
}

function startsName({ lower, from, marks }: Scanned, index: number): boolean {
  const code = lower.charCodeAt(from[index] ?? 0);
  return ((marks[index] ?? 0) & CAPITAL) !== 0 || (code >= 48 && code <= 57);
}

function fold(hash: number, word: number): number {
  return (Math.imul(hash, 0x9e3779b1) + word) | 0;
}

function wholeOf(word: string): number {
  return scanWords(word).whole[0] ?? 0;
}

/** How others name a company: by how many, how many of them are like us (in our field or with our words, each by how clearly), and some of them, for evidence. */
export type Naming = { by: number; near: number; areNear: number; namers: readonly Candidate[] };

/** Being named by so many others is as good as being named by all; fewer by the logarithm. */
const ENOUGH = 20;
const ENOUGH_NEAR = 10;
const OF_ALL = 0.4;

export function namedShare({ by, near }: Pick<Naming, 'by' | 'near'>): number {
  return OF_ALL * partOf(by, ENOUGH) + (1 - OF_ALL) * partOf(near, ENOUGH_NEAR);
}

function partOf(count: number, enough: number): number {
  return Math.min(1, Math.log1p(count) / Math.log1p(enough));
}

/** Unknown as long as nobody looked at the other companies. */
export function namedByOthers(naming: Naming | null): Judgement | null {
  if (!naming) return null;
  const { by, areNear } = naming;
  return {
    share: namedShare(naming),
    proofs: [{ field: 'name', at: null }],
    find: () => (by === 0 ? { code: 'not-named' } : { code: 'named', by, near: areNear }),
  };
}

/** Where the namers name the company, in their own words and with the origin of those. */
export function namingEvidence({ name }: Candidate, { namers }: Naming): Evidence[] {
  const wanted = nameKey(name);
  if (!wanted) return [];
  return namers.flatMap((namer) => {
    for (const field of TEXT_FIELDS) {
      const place = placeOf(textOf(namer, field), wanted);
      const { source, at } = namer.origins[field] ?? namer.origin;
      if (place) return [{ field: `named by ${namer.name}`, value: quoteOf(namer, field, place), source, at }];
    }
    return [];
  });
}

const MOST_MENTIONS = 1_000;
const seen = new Int32Array(MOST_MENTIONS * 3);

function placeOf(text: string, { key, check }: NameKey): { from: number; to: number } | null {
  const places: number[] = [];
  const length = eachMention(scanWords(text), seen, 0, places);
  for (let at = 0; at < length; at += 3) {
    if (seen[at] === key && seen[at + 1] === check) return { from: places[(at / 3) * 2] ?? 0, to: places[(at / 3) * 2 + 1] ?? 0 };
  }
  return null;
}
