import { PLACE_WORDS } from '../fit/place-words.ts';
import { type Geography, namedPlace } from '../fit/places.ts';
import { type Here, type Read, sayWords, type Token } from './request-tokens.ts';
import { GLUE } from './request-words.ts';

const MOST_PLACE_WORDS = 4;

/** What people call a country (“french”), and the towns, each with the country. Both are known without “in”. */
const COUNTRY_WORDS = new Map<string, Geography>();
const TOWNS = new Map<string, Geography>();
for (const [country, words] of Object.entries(PLACE_WORDS)) {
  const geography = namedPlace(country);
  if (!geography) continue;
  let isTown = false;
  for (const word of (words.split(';')[0] ?? '').split(',').map((one) => one.trim().replace(/\s+/g, ' '))) {
    if (namedPlace(word)) isTown = true;
    else (isTown ? TOWNS : COUNTRY_WORDS).set(word, geography);
  }
}

/** Every word for a place that is known without “in”, beside the names of countries. */
export function placeWords(): string[] {
  return [...COUNTRY_WORDS.keys(), ...TOWNS.keys()];
}

/** A country, a region, its people or a town, with or without “based” behind it. Behind “for”, “german” says where the customers are. */
export function readPlace({ tokens, index, expecting }: Here): Read | null {
  for (let length = Math.min(MOST_PLACE_WORDS, tokens.length - index); length > 0; length--) {
    const window = tokens.slice(index, index + length);
    if (window.slice(0, -1).some(({ closes }) => closes)) continue;
    if (length === 1 && GLUE.has(window[0]?.bare ?? '') && !expecting.place && !isInCapitals(window[0])) continue;
    const name = window
      .map(({ bare }) => bare)
      .join(' ')
      .replace(/[-–]based$/, '');
    const geography = namedPlace(name) ?? (expecting.customers ? null : (COUNTRY_WORDS.get(name) ?? null));
    if (geography) return { part: { kind: 'place', geography, name: '', within: null }, length };
    const within = expecting.customers ? null : TOWNS.get(name);
    const said = sayWords(
      tokens,
      window.map((_, step) => index + step),
    ).replace(/[-–]based$/i, '');
    if (within) return { part: { kind: 'place', geography: null, name: said, within }, length };
  }
  return null;
}

/** “US”, not the “us” in “resell us”. */
function isInCapitals(token: Token | undefined): boolean {
  return token !== undefined && /^\P{Ll}*$/u.test(token.word.replace(/[-–]based/i, ''));
}
