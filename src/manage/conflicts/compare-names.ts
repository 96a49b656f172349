import { distance } from 'fastest-levenshtein';
import { type AccountName, isCountryWord } from './account-name.ts';

/** How two names are alike. `extra`: the words that one has and the other lacks. */
export type NameTie =
  | { kind: 'same' | 'reordered' | 'typing' | 'initials' }
  | { kind: 'contains'; shared: readonly string[]; extra: readonly string[]; longer: 'ours' | 'theirs' };

/** In shorter words every letter counts. */
const LEAST_LETTERS = 5;

/** The closest tie of two names; null where they are different. */
export function compareNames(ours: AccountName, theirs: AccountName): NameTie | null {
  if (ours.compact === theirs.compact) return { kind: 'same' };
  if (sorted(ours) === sorted(theirs)) return { kind: 'reordered' };
  if (isMistyped(ours, theirs)) return { kind: 'typing' };
  const contained = containing(ours, theirs, 'ours') ?? containing(theirs, ours, 'theirs');
  if (contained) return contained;
  const isShortened = ours.initials.includes(theirs.compact) || theirs.initials.includes(ours.compact);
  return isShortened ? { kind: 'initials' } : null;
}

function sorted({ words }: AccountName): string {
  return [...words].sort().join(' ');
}

/** One letter more, less or other, or two letters swapped: in one word of five letters or more, or in the whole where words are joined. Numbers are never
 *  mistyped: they are others. */
function isMistyped(ours: AccountName, theirs: AccountName): boolean {
  if (ours.words.length === theirs.words.length) {
    const at = ours.words.findIndex((word, place) => word !== theirs.words[place]);
    const rest = ours.words.slice(at + 1).join(' ') === theirs.words.slice(at + 1).join(' ');
    return rest && isOneApart(ours.words[at] ?? '', theirs.words[at] ?? '');
  }
  return isOneApart(ours.compact, theirs.compact);
}

function isOneApart(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < LEAST_LETTERS || Math.abs(a.length - b.length) > 1 || /\d/.test(a + b)) return false;
  return distance(a, b) === 1 || isSwapped(a, b);
}

function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, place) => letter !== b[place]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** `longer` has all words of `shorter` and some more. */
function containing(longer: AccountName, shorter: AccountName, which: 'ours' | 'theirs'): NameTie | null {
  if (shorter.words.length >= longer.words.length || shorter.compact.length < 2) return null;
  const shared = new Set(shorter.words);
  if (!shorter.words.every((word) => longer.words.includes(word))) return joined(longer, shorter, which);
  return { kind: 'contains', shared: shorter.words, extra: longer.words.filter((word) => !shared.has(word)), longer: which };
}

/** Their spaces differ, and one has words more: Synapse Protocol Labs and SynapseProtocol. */
function joined(longer: AccountName, shorter: AccountName, which: 'ours' | 'theirs'): NameTie | null {
  for (let count = 1; count < longer.words.length; count++) {
    if (longer.words.slice(0, count).join('') !== shorter.compact) continue;
    return { kind: 'contains', shared: longer.words.slice(0, count), extra: longer.words.slice(count), longer: which };
  }
  return null;
}

/** Of the extra words, those that name a country. */
export function countryWords(extra: readonly string[]): boolean {
  return extra.length > 0 && (extra.some(isCountryWord) || isCountryWord(extra.join(' ')));
}
