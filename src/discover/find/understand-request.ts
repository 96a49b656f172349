import { partBehindLike, quotedName, readName } from './read-names.ts';
import { readPhrase } from './read-phrase.ts';
import { readPlace } from './read-place.ts';
import { readSize } from './read-size.ts';
import type { Part, Request } from './request.ts';
import { countWords, type Expecting, type Here, type Read, restOf, sayWords, type Token, tokensOf } from './request-tokens.ts';
import { BEFORE_CUSTOMERS, BEFORE_NAME, BEFORE_PLACE, isGlue, NEGATIONS } from './request-words.ts';

/** Longer requests are not read. */
export const LONGEST_REQUEST = 500;

/** Takes a request apart by the vocabularies of the fit score. Never refuses: what it cannot read is left. The order of its parts decides
 *  nothing, but who is named behind “for” is a customer. Where nothing at all is understood, every word has to be in a company's text. */
export function understandRequest(words: string): Request {
  const tokens = tokensOf(words);
  const request = { words: tokens.map(({ word }) => word), parts: [] as Part[], glue: [] as number[], left: [] as number[] };
  const expecting: Expecting = { place: false, name: false, customers: false };
  let [not, and] = [false, false];
  for (let index = 0; index < tokens.length; ) {
    const token = tokens[index] as Token; // the loop stays inside
    const here = { tokens, index, rest: restOf(tokens, index), expecting };
    const read = readPart(here);
    const length = read?.length ?? 1;
    const at = Array.from({ length }, (_, step) => index + step);
    if (read) request.parts.push({ ...read.part, at, not, and: and && request.parts.length > 0, said: sayWords(tokens, at) });
    else if (isGlue(token.bare)) request.glue.push(index);
    else request.left.push(index);
    if (read) not = false;
    else if (NEGATIONS.has(token.bare)) not = true;
    and = !read && (token.bare === 'and' || token.bare === 'plus' || (and && isGlue(token.bare) && token.bare !== 'or'));
    expect(expecting, token, read);
    index += length;
    if (!tokens[index - 1]?.closes) continue;
    Object.assign(expecting, { name: false, customers: false });
    not = false;
  }
  return request.parts.length > 0 ? request : withoutParts(tokens, request);
}

/** In this order: what a person marks, then what is told by its form, then the lists, then what its place in the sentence tells. */
function readPart(here: Here): Read | null {
  return quotedName(here) ?? partBehindLike(here) ?? sizeHere(here) ?? readPlace(here) ?? readPhrase(here) ?? readName(here);
}

/** “large language model” and “small business” behind “for” are no sizes. */
function sizeHere(here: Here): Read | null {
  const size = readSize(here.rest);
  if (!size) return null;
  const phrase = readPhrase(here);
  if (phrase && (here.expecting.customers || !isOfSize(phrase))) return null;
  return { part: { kind: 'size', min: size.min, max: size.max }, length: countWords(here, size.length) };
}

function isOfSize({ part }: Read): boolean {
  return part.kind === 'customers' && part.segments.every((id) => id === 'enterprise' || id === 'small-business');
}

/** “in” after “experience” leads to no place. */
function expect(expecting: Expecting, { bare }: Token, read: Read | null): void {
  if (read) {
    Object.assign(expecting, { place: false, name: read.part.kind === 'name' && expecting.name });
    return;
  }
  if (BEFORE_PLACE.has(bare)) Object.assign(expecting, { place: !expecting.name, customers: false });
  else if (BEFORE_NAME.has(bare)) Object.assign(expecting, { name: true, place: false, customers: false });
  else if (BEFORE_CUSTOMERS.has(bare)) Object.assign(expecting, { customers: true, place: false, name: false });
  else if (bare === 'that' || bare === 'who' || bare === 'which') Object.assign(expecting, { customers: false, place: false });
}

function withoutParts(tokens: readonly Token[], request: Request): Request {
  const parts = request.left.map((index): Part => {
    const { bare, word } = tokens[index] as Token; // `left` holds places of tokens
    return { kind: 'name', name: bare, forms: true, at: [index], said: word, not: false, and: false };
  });
  return { ...request, parts, left: [] };
}
