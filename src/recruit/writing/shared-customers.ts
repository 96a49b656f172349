import { LISTS } from '../../discover/fit/fit-target.ts';
import { findPhrases } from '../../discover/fit/phrase-matcher.ts';
import type { SegmentId } from '../../discover/fit/segments.ts';
import type { Angle } from './writing.ts';

/** Too many are one of these for it to say anything. */
const EVERYBODY: ReadonlySet<SegmentId> = new Set(['software-companies', 'startups', 'enterprise']);

/** Customers of ours whom a quote of theirs names in the same words, as we write them; null when there are none. `customers` is what we say of
 *  ours. Only what a sentence or line says counts: an entry of a directory names no customers. */
export function sharedCustomers(customers: string, { kind, quote }: Angle): string | null {
  if (kind !== 'line' && kind !== 'text') return null;
  const named = sameWords(wordsOf(quote), groupsOf(customers));
  // What begins a text has a capital that it need not have in the middle of a sentence.
  const small = named && named.charAt(0).toLowerCase() + named.slice(1);
  return small && quote.includes(small) ? small : named;
}

/** Whether a quote speaks of people like our customers: of the same segment, or with a word that begins or ends like one of ours, as “boulangers”
 *  and “boulangeries”, “Verein” and “Sportvereine” do. */
export function isNearCustomers(customers: string, { quote }: Angle): boolean {
  const segments = new Set(segmentsIn(quote));
  if (segmentsIn(customers).some((id) => segments.has(id) && !EVERYBODY.has(id))) return true;
  const ours = wordsOf(customers).map(stemOf);
  const isNear = (a: string, b: string) => {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    return long.startsWith(short) || long.endsWith(short) || long.startsWith(short.slice(0, Math.max(SHORTEST, long.length * ALIKE)));
  };
  return wordsOf(quote)
    .map(stemOf)
    .some((their) => ours.some((our) => Math.min(their.length, our.length) >= SHORTEST && isNear(their, our)));
}

function segmentsIn(text: string): SegmentId[] {
  return findPhrases(LISTS, text).flatMap(({ signs }) => signs.flatMap(({ meaning }) => (meaning.kind === 'segment' ? [meaning.id] : [])));
}

/** The first group of ours whose words stand side by side among theirs. */
function sameWords(theirs: readonly string[], groups: readonly (readonly string[])[]): string | null {
  const shared = groups.find((group) => theirs.some((_, start) => group.every((word, index) => isSame(theirs[start + index] ?? '', word))));
  return shared?.join(' ') ?? null;
}

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? [];

/** Words that join groups, in the languages that letters are written in. */
const JOINTS = /[,;/]| (?:and|or|und|oder|et|ou|y|o|e|u|&) /iu;
/** Of the longer word, how much two forms of one have in common. */
const ALIKE = 0.6;
/** Fewer letters name no group. */
const SHORTEST = 6;
/** A word this short only says more of the group before it, and of all that follows: “centres in the UK and Ireland”. */
const LONGEST_LINK = 4;

/** The names of groups in what we say of our customers. A name of one word that is narrowed by what follows says nothing: of “companies of 50
 *  people” there is none. */
function groupsOf(text: string): string[][] {
  const groups: string[][] = [];
  for (const part of text.split(JOINTS).map(wordsOf)) {
    const end = part.findIndex((word, index) => index > 0 && word.length <= LONGEST_LINK);
    const named = end < 0 ? part : part.slice(0, end);
    if (named.join('').length >= SHORTEST && (end < 0 || named.length > 1)) groups.push(named);
    if (end >= 0) break;
  }
  return groups;
}

/** The same word, with another ending or, in German, at the end of a longer one of theirs. */
function isSame(their: string, our: string): boolean {
  const [one, other] = [stemOf(their), stemOf(our)];
  return one === other || (other.length >= SHORTEST && one.endsWith(other));
}

const stemOf = (word: string) =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?:e?s|en?)$/u, '');
