import { CLOSED, isWritten, type Scanned, scanWords, wordForm } from './scan-words.ts';

/** What a phrase stands for; `strength` 0–1 is how sure one occurrence makes us. */
export type Sign<Meaning> = { phrase: string; meaning: Meaning; strength: number };

/** A phrase found in a text; `from` and `to` are its place there, in UTF-16 units. */
export type Found<Meaning> = { phrase: string; from: number; to: number; signs: readonly Sign<Meaning>[] };

/** Words are looked up by hash, so that the many words of a text that mean nothing are never cut out of it. `words` lead here; most
 *  phrases end here, and `next` is null. */
type Level<Meaning> = Map<number, Node<Meaning>>;
type Node<Meaning> = { words: string[]; next: Level<Meaning> | null; phrase: string; signs: Sign<Meaning>[] };

/** A word list that many texts are held against: one walk over each text, whatever the number of phrases. */
export type Matcher<Meaning> = { roots: Level<Meaning>; mayStart: Uint8Array };

/** Power of two; a few per cent of it are used, which is what turns nearly all words away with one look. */
const FILTER = 2 ** 15;

export function compileMatcher<Meaning>(signs: Iterable<Sign<Meaning>>): Matcher<Meaning> {
  const matcher: Matcher<Meaning> = { roots: new Map(), mayStart: new Uint8Array(FILTER) };
  for (const sign of signs) {
    let node: Node<Meaning> | undefined;
    const { lower, count, form, from, to } = scanWords(sign.phrase.replace(/[.!?;:,]/g, ' '));
    for (let index = 0; index < count; index++) {
      const hash = form[index] ?? 0;
      if (node) node.next ??= new Map();
      else matcher.mayStart[hash % FILTER] = 1;
      node = nodeFor(node?.next ?? matcher.roots, hash, [...(node?.words ?? []), wordForm(lower.slice(from[index], to[index]))]);
    }
    if (!node) continue;
    node.phrase = sign.phrase;
    node.signs.push(sign);
  }
  return matcher;
}

/** Every phrase of a list that stands for something `isMeant` asks for. */
export function phrasesOf<Meaning>({ roots }: Pick<Matcher<Meaning>, 'roots'>, isMeant: (meaning: Meaning) => boolean): string[] {
  return [...roots.values()].flatMap(({ phrase, signs, next }) => [
    ...(signs.some(({ meaning }) => isMeant(meaning)) ? [phrase] : []),
    ...(next ? phrasesOf({ roots: next }, isMeant) : []),
  ]);
}

/** Two words with one hash in the same place would hide each other; a list with such a pair has to say one of them differently. */
function nodeFor<Meaning>(level: Level<Meaning>, hash: number, words: string[]): Node<Meaning> {
  const known = level.get(hash);
  if (known && known.words.at(-1) !== words.at(-1))
    throw new Error(`“${known.words.at(-1)}” and “${words.at(-1)}” look alike to the matcher`);
  const node: Node<Meaning> = known ?? { words, next: null, phrase: '', signs: [] };
  level.set(hash, node);
  return node;
}

/** Each phrase once, at its first place; of phrases that overlap, the longest from the left. No phrase runs over the end of a sentence.
 *  Adding a sentence at the end therefore only ever adds. */
export function findPhrases<Meaning>(matcher: Matcher<Meaning>, text: string): Found<Meaning>[] {
  return phrasesIn(matcher, scanWords(text));
}

export function phrasesIn<Meaning>(matcher: Matcher<Meaning>, scanned: Scanned): Found<Meaning>[] {
  const { from, to } = scanned;
  const found: Found<Meaning>[] = [];
  eachPhrase(matcher, scanned, scanned.count, ({ phrase, signs }, first, last) => {
    if (!isKnown(found, signs)) found.push({ phrase, from: from[first] ?? 0, to: to[last] ?? 0, signs });
  });
  return found;
}

/** Calls `see` with every place of every phrase that begins in the first `words` words, by the first and the last word of each. */
export function eachPhrase<Meaning>(
  { roots, mayStart }: Matcher<Meaning>,
  scanned: Scanned,
  words: number,
  see: (phrase: Pick<Found<Meaning>, 'phrase' | 'signs'>, first: number, last: number) => void,
): void {
  const { count, form, marks } = scanned;
  for (let index = 0; index < count && index < words; index++) {
    if (mayStart[(form[index] ?? 0) % FILTER] === 0) continue;
    let node = roots.get(form[index] ?? 0);
    let best: Node<Meaning> | undefined;
    let last = index;
    for (let at = index; node; node = node.next?.get(form[at] ?? 0)) {
      if (node.signs.length > 0) {
        best = node;
        last = at;
      }
      if ((marks[at] ?? 0) & CLOSED || ++at === count) break;
    }
    if (!best || !isThere(best.words, scanned, index)) continue;
    see(best, index, last);
    index = last;
  }
}

/** The hashes say so; a text has words enough for one to look like another. */
function isThere(words: readonly string[], { lower, from, to }: Scanned, first: number): boolean {
  for (let index = 0; index < words.length; index++) {
    if (!isWritten(words[index] ?? '', lower, from[first + index] ?? 0, to[first + index] ?? 0)) return false;
  }
  return true;
}

function isKnown<Meaning>(found: readonly Found<Meaning>[], signs: readonly Sign<Meaning>[]): boolean {
  for (const known of found) if (known.signs === signs) return true;
  return false;
}

/** Single words that many texts are held against, by the hash of their singular; a word's place in `words` is its number. */
export type WordList = { words: readonly string[]; forms: readonly string[]; byHash: ReadonlyMap<number, number>; filter: Uint8Array };

/** A word of the list in a text; `from` and `to` as in the text. */
export type WordFound = { word: number; from: number; to: number };

const WORD_FILTER = 2 ** 12;

export function wordList(words: readonly string[]): WordList {
  const byHash = new Map<number, number>();
  const filter = new Uint8Array(WORD_FILTER);
  words.forEach((word, number) => {
    const hash = scanWords(word).form[0] ?? 0;
    if (byHash.has(hash)) return;
    byHash.set(hash, number);
    filter[hash % WORD_FILTER] = 1;
  });
  return { words, forms: words.map(wordForm), byHash, filter };
}

/** Every word of the list that is in the text, once, at its first place. */
export function wordsIn({ forms, byHash, filter }: WordList, { lower, count, form, from, to }: Scanned): WordFound[] {
  const found: WordFound[] = [];
  for (let index = 0; index < count; index++) {
    const hash = form[index] ?? 0;
    if (filter[hash % WORD_FILTER] === 0) continue;
    const word = byHash.get(hash);
    if (word === undefined || found.some((other) => other.word === word)) continue;
    const at = { from: from[index] ?? 0, to: to[index] ?? 0 };
    if (isWritten(forms[word] ?? '', lower, at.from, at.to)) found.push({ word, ...at });
  }
  return found;
}
