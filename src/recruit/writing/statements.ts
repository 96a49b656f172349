import { ENGLISH } from './statements/english.ts';
import { FRENCH } from './statements/french.ts';
import { GERMAN } from './statements/german.ts';
import { SPANISH } from './statements/spanish.ts';
import type { Language } from './writing.ts';

/** How one language states something of somebody it speaks to. Written from general knowledge: one line to correct each. */
export type Statements = {
  /** Turns that state nothing, and what is read in their place. */
  harmless: [RegExp, string][];
  /** How things are with them, in so many words: “your team won”, “we know your”, a question that takes something for granted. */
  signs: RegExp[];
  /** What nobody is without its being known: said of somebody, it is a claim, wherever it stands. */
  loaded: RegExp;
};

const STATEMENTS: Record<Language, Statements> = { en: ENGLISH, de: GERMAN, fr: FRENCH, es: SPANISH };

/** Whether a sentence, in which names are hidden, says anywhere how things are with them: as its main verb, in “because your team won”, beside
 *  “could”, or as what a question takes for granted. It errs towards yes. */
export function statesOfThem(sentence: string, language: Language): boolean {
  const { harmless, signs } = STATEMENTS[language];
  const text = harmless.reduce((left, [words, instead]) => left.replace(words, instead), sentence);
  return signs.some((sign) => sign.test(text));
}

/** Whether a word of it makes a claim of any sentence about somebody. */
export function hasLoadedWord(sentence: string, language: Language): boolean {
  return STATEMENTS[language].loaded.test(sentence);
}
