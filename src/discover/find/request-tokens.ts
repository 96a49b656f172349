import { cleanText } from '../../programme/companies/clean-text.ts';
import type { PartMeaning } from './request.ts';

/** A word of the request; `bare` is without the marks around it and in lower case. `closes`: an item or a sentence ends behind it. */
export type Token = { word: string; bare: string; closes: boolean };

/** What the words so far lead one to expect. */
export type Expecting = { place: boolean; name: boolean; customers: boolean };

/** At a word: all of the text, the words, and the text from here to the end of the item. */
export type Here = { tokens: readonly Token[]; index: number; rest: string; expecting: Expecting };

/** What begins at a word, and how many words it takes. */
export type Read = { part: PartMeaning; length: number };

/** Words are parted by spaces, commas and semicolons; “1,000” and “a/b” stay whole, “Poland/Germany” does not. */
export function tokensOf(words: string): Token[] {
  const clean = cleanText(words).replace(/(\p{L}{3,})\/(?=\p{L}{3,})/gu, '$1, ');
  const found = [...clean.matchAll(/\d{1,3}(?:,\d{3})+[^\s,;]*|[^\s,;]+/gu)];
  return found.map((match, index) => {
    const word = match[0];
    const [before = ''] = /^[^\p{L}\p{N}≥≤<>~+&]*/u.exec(word) ?? [];
    const bare = word.slice(before.length).replace(/[^\p{L}\p{N}+]+$/u, '');
    const end = match.index + word.length;
    const gap = clean.slice(end, found[index + 1]?.index ?? end);
    return { word, bare: word === '&' ? 'and' : bare.toLowerCase(), closes: /[,;]/.test(gap) || /[.!?:]$/.test(word) };
  });
}

/** Lower case, one space between words, up to where the item ends. The lists know “businesses” and “start-ups” in
 *  the singular only. */
export function restOf(tokens: readonly Token[], index: number): string {
  const end = tokens.findIndex(({ closes }, at) => at >= index && closes);
  return tokens
    .slice(index, end < 0 ? undefined : end + 1)
    .map(({ bare }) => bare.replace(/(ss|x|ch|sh)es$|(-up)s$/, '$1$2'))
    .join(' ');
}

/** How many words the first `length` characters of the rest are. */
export function countWords({ rest }: Here, length: number): number {
  return rest.slice(0, length).split(' ').length;
}

export function sayWords(tokens: readonly Token[], at: readonly number[]): string {
  return at.map((index) => tokens[index]?.word.replace(/^["'“”„«»(]+|["'“”«»).:!?]+$/gu, '') ?? '').join(' ');
}

/** Shorter words are like too many others. */
export const SHORTEST = 4;

/** Of letters only, and not in quotation marks. */
export function isPlainWord(token: Token | undefined): boolean {
  return token !== undefined && token.bare.length >= SHORTEST && /^\p{L}+$/u.test(token.bare) && !/["“”„«»]/.test(token.word);
}
