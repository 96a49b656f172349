import type { Here, Read, Token } from './request-tokens.ts';
import { sayWords } from './request-tokens.ts';
import { BEFORE_LIKE, BEFORE_NAME, BEFORE_PLACE, GLUE } from './request-words.ts';

const MOST_NAME_WORDS = 4;
const OPENS = /^["“„«]/;
const CLOSES = /["“”»][.!?:]?$/;

/** What stands in quotation marks is meant as it stands. */
export function quotedName({ tokens, index }: Here): Read | null {
  if (!OPENS.test(tokens[index]?.word ?? '')) return null;
  const last = tokens.findIndex(({ word }, at) => at >= index && CLOSES.test(at === index ? word.slice(1) : word));
  return last < 0 ? null : nameOf(tokens, index, last - index + 1);
}

/** “like Brightwater”: up to the end of the item, or a word that goes on. */
export function partBehindLike({ tokens, index }: Here): Read | null {
  if (!BEFORE_LIKE.has(tokens[index]?.bare ?? '') || tokens[index]?.closes) return null;
  const first = tokens[index + 1]?.bare === 'to' ? index + 2 : index + 1;
  const length = wordsOfName(tokens, first, (token) => !goesOn(token.bare) || isWrittenAsName(token));
  if (length === 0) return null;
  const read = nameOf(tokens, first, length);
  return read && { part: { kind: 'like', name: read.part.name }, length: first - index + length };
}

/** In no list, but where it stands or how it is written says that it is a name: of a place behind “in”, else of something that a text
 *  speaks of. */
export function readName({ tokens, index, expecting }: Here): Read | null {
  const token = tokens[index];
  if (!token || token.bare === '') return null;
  const written = isWrittenAsName(token);
  // “in New York”
  if (goesOn(token.bare) && !(written && expecting.place)) return null;
  if (!written && !expecting.place && !expecting.name) return null;
  const length = wordsOfName(tokens, index, (next) => next === token || (!goesOn(next.bare) && isWrittenAsName(next) === written));
  const read = nameOf(tokens, index, length);
  if (!read) return null;
  if (expecting.place) return { part: { kind: 'place', geography: null, name: read.part.name, within: null }, length };
  // The first word has a capital whatever it is.
  return { ...read, part: { ...read.part, forms: length === 1 && (index === 0 || !written) } };
}

function wordsOfName(tokens: readonly Token[], first: number, belongs: (token: Token) => boolean): number {
  let length = 0;
  for (let at = first; length < MOST_NAME_WORDS; at++) {
    const token = tokens[at];
    if (!token || token.bare === '' || !belongs(token)) break;
    length++;
    if (token.closes) break;
  }
  return length;
}

function nameOf(
  tokens: readonly Token[],
  first: number,
  length: number,
): { part: { kind: 'name'; name: string; forms: boolean }; length: number } | null {
  const name = sayWords(
    tokens,
    Array.from({ length }, (_, step) => first + step),
  ).trim();
  return /[\p{L}\p{N}]/u.test(name) ? { part: { kind: 'name', name, forms: false }, length } : null;
}

function goesOn(bare: string): boolean {
  return GLUE.has(bare) || BEFORE_PLACE.has(bare) || BEFORE_NAME.has(bare) || bare === 'for' || BEFORE_LIKE.has(bare);
}

function isWrittenAsName({ word }: Token): boolean {
  return /^[^\p{L}\p{N}]*\p{Lu}/u.test(word) || /\p{Ll}\p{Lu}/u.test(word);
}
