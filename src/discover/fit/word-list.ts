import { type Scanned, scanWords, wordForm } from './scan-words.ts';

/** Single words that many texts are held against, by the hash of their singular; a word's place in `words` is its number. */
export type WordList = { words: readonly string[]; byHash: ReadonlyMap<number, number>; filter: Uint8Array };

/** A word of the list in a text; `from` and `to` as in the text. */
export type WordFound = { word: number; from: number; to: number };

const FILTER = 2 ** 12;

export function wordList(words: readonly string[]): WordList {
  const byHash = new Map<number, number>();
  const filter = new Uint8Array(FILTER);
  words.forEach((word, number) => {
    const hash = scanWords(word).form[0] ?? 0;
    if (byHash.has(hash)) return;
    byHash.set(hash, number);
    filter[hash % FILTER] = 1;
  });
  return { words, byHash, filter };
}

/** Every word of the list that is in the text, once, at its first place. */
export function wordsIn({ words, byHash, filter }: WordList, { lower, count, form, from, to }: Scanned): WordFound[] {
  const found: WordFound[] = [];
  for (let index = 0; index < count; index++) {
    const hash = form[index] ?? 0;
    if (filter[hash % FILTER] === 0) continue;
    const word = byHash.get(hash);
    if (word === undefined || found.some((other) => other.word === word)) continue;
    const at = { from: from[index] ?? 0, to: to[index] ?? 0 };
    if (wordForm(lower.slice(at.from, at.to)) === wordForm(words[word] ?? '')) found.push({ word, ...at });
  }
  return found;
}
