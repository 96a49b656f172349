import { LANGUAGES } from './language.ts';
import { PHRASES } from './phrases.ts';
import { bareWords } from './plain-words.ts';

let words: ReadonlySet<string> | undefined;

/** Every word that our own sentences have, in all languages, in lower case. */
export function templateWords(): ReadonlySet<string> {
  words ??= new Set(LANGUAGES.flatMap((language) => sentencesOf(PHRASES[language])).flatMap((text) => bareWords(text).split(' ')));
  return words;
}

/** All that a set of phrases can say, with nothing filled in. */
function sentencesOf(phrases: unknown): string[] {
  if (typeof phrases === 'string') return [phrases];
  // Every function among the phrases takes texts; blanks leave its own words.
  if (typeof phrases === 'function') return [String(phrases('', '', ''))];
  if (typeof phrases !== 'object' || phrases === null) return [];
  return Object.values(phrases).flatMap(sentencesOf);
}
