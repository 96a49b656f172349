import { distance } from 'fastest-levenshtein';
import { LISTS } from '../fit/fit-target.ts';
import { phrasesOf } from '../fit/phrase-matcher.ts';
import { placeNames } from '../fit/places.ts';
import { placeWords } from './read-place.ts';
import type { Part, Request } from './request.ts';
import { isPlainWord, SHORTEST, tokensOf } from './request-tokens.ts';
import { BEFORE_CUSTOMERS, BEFORE_LIKE, BEFORE_NAME, BEFORE_PLACE, GLUE, NEGATIONS, ROLE_WORDS } from './request-words.ts';
import { understandRequest } from './understand-request.ts';

/** Words of a request that were probably mistyped, each as it was typed and as it was meant; and the request with them mended. */
export type Suggestion = { meant: { typed: string; word: string }[]; words: string };

/** From here on a word may have two slips. */
const LONG = 7;
/** Each is held against some thousand words. */
const MOST_DOUBTED = 5;

/** What may have been meant by the words that were not understood; null when nothing comes near. A name may be anything, so it is only
 *  doubted where nothing was found by it. What stands in quotation marks is meant as it stands. `near`: words of the companies on file that are like
 *  one that nobody uses. */
export function suggestWords(
  words: string,
  request: Request,
  { isFound, near: used = new Map() }: { isFound: boolean; near?: ReadonlyMap<string, string> },
): Suggestion | null {
  const tokens = tokensOf(words);
  const named = request.parts.filter((part) => isDoubtful(part, isFound)).flatMap(({ at }) => at);
  const doubtful = [...request.left, ...named].filter((index) => isPlainWord(tokens[index])).sort((a, b) => a - b);
  const suggestion: Suggestion = { meant: [], words };
  for (const index of doubtful.slice(0, MOST_DOUBTED)) {
    const { bare = '', word: written = '' } = tokens[index] ?? {};
    const listed = nearestWord(bare, VOCABULARY);
    const near = listed ?? used.get(bare);
    if (!near) continue;
    const word = /^[^\p{L}]*\p{Lu}/u.test(written) ? near.charAt(0).toUpperCase() + near.slice(1) : near;
    const mended = suggestion.words.replace(new RegExp(String.raw`(?<!\p{L})${bare}(?!\p{L})`, 'iu'), word);
    if (listed && !isUnderstood(mended, index)) continue;
    suggestion.meant.push({ typed: written, word });
    suggestion.words = mended;
  }
  return suggestion.meant.length > 0 ? suggestion : null;
}

function isDoubtful(part: Part, isFound: boolean): boolean {
  if (part.kind === 'place') return part.geography === null && part.within === null;
  return part.kind === 'name' && !isFound;
}

/** The word stands in the request for what the lists know, or joins others. */
function isUnderstood(words: string, index: number): boolean {
  const { parts, glue } = understandRequest(words);
  if (glue.includes(index)) return true;
  return parts.some(
    (part) => part.at.includes(index) && part.kind !== 'name' && !(part.kind === 'place' && !part.geography && !part.within),
  );
}

/** The word that `typed` was probably meant to be, by the fewest letters to change; null when none comes near. */
export function nearestWord(typed: string, words: Iterable<string>): string | null {
  const most = typed.length >= LONG ? 2 : 1;
  let best: { word: string; slips: number } | null = null;
  for (const word of words) {
    if (word === typed) return null;
    if (Math.abs(word.length - typed.length) > most) continue;
    const slips = slipsBetween(typed, word);
    if (slips <= most && (!best || slips < best.slips)) best = { word, slips };
  }
  return best?.word ?? null;
}

/** Letters to change; two neighbours in the wrong order are one slip. */
function slipsBetween(typed: string, word: string): number {
  const letters = distance(typed, word);
  if (letters !== 2 || typed.length !== word.length) return letters;
  const at = typed.split('').findIndex((letter, index) => letter !== word[index]);
  return typed[at] === word[at + 1] && typed[at + 1] === word[at] ? 1 : letters;
}

/** Every single word that the reader of requests knows, and its plural. */
const VOCABULARY: ReadonlySet<string> = new Set(
  [
    ...phrasesOf(LISTS, ({ kind }) => kind === 'area' || kind === 'segment'),
    ...phrasesOf(ROLE_WORDS, () => true),
    ...placeNames(),
    ...placeWords(),
    ...[GLUE, BEFORE_PLACE, BEFORE_NAME, BEFORE_CUSTOMERS, BEFORE_LIKE, NEGATIONS].flatMap((list) => [...list]),
  ]
    .flatMap((phrase) => phrase.toLowerCase().split(/[^\p{L}]+/u))
    .filter((word) => word.length >= SHORTEST)
    .flatMap((word) => [word, plural(word)]),
);

function plural(word: string): string {
  if (word.endsWith('s')) return word;
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
