import { ENGLISH } from './phrases/english.ts';
import { FRENCH } from './phrases/french.ts';
import { GERMAN } from './phrases/german.ts';
import { SPANISH } from './phrases/spanish.ts';
import { bareWords } from './plain-words.ts';
import { LANGUAGES, type Language, type Phrases } from './writing.ts';

/** All that the offline writer can say. */
export const PHRASES: Record<Language, Phrases> = { en: ENGLISH, de: GERMAN, fr: FRENCH, es: SPANISH };

let words: ReadonlySet<string> | undefined;

/** Every word that our own sentences have, in all languages, in lower case. */
export function templateWords(): ReadonlySet<string> {
  words ??= new Set(LANGUAGES.flatMap((language) => textsOf(PHRASES[language])).flatMap((text) => bareWords(text).split(' ')));
  return words;
}

/** All that a set of phrases can say, with nothing filled in. */
function textsOf(phrases: unknown): string[] {
  if (typeof phrases === 'string') return [phrases];
  // Every function among the phrases takes texts; blanks leave its own words.
  if (typeof phrases === 'function') return [String(phrases('', '', ''))];
  if (typeof phrases !== 'object' || phrases === null) return [];
  return Object.values(phrases).flatMap(textsOf);
}
