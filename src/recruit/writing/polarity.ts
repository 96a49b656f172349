import { bareWords } from './plain-words.ts';

/** “no-code” and “not only” say no no. */
const NO_NO =
  /\b(?:no|non|not)[-‑](?=\p{L})|\bno (?:code|show|shows|matter|wonder|doubt)\b|\bnot (?:only|just|least|to mention)\b|\bnot[- ]for[- ]profit\b/giu;
const CLAUSES = /[.,;:!?()[\]–—•|\n]|\s-\s|\b(?:but|only|sondern|aber|nur|mais|seulement|sino|pero|sólo|solo)\b/iu;
const NOT = new Set(
  `not no never cannot without nor neither none nobody hardly rarely barely unlike except excluding former formerly instead
  don doesn didn isn aren wasn weren won hasn haven wouldn
  nicht kein keine keinen keinem keiner keines nie niemals ohne statt weder
  pas jamais sans aucun aucune ni
  nunca jamás sin ningún ninguna ninguno tampoco`.split(/\s+/),
);
const BE = new Set('is are was were isn aren wasn weren'.split(' '));
/** Words after a “not” that it reaches. */
const REACH = 6;

/** The words of a text, each with whether a “not” reaches it there. */
export function wordsWithSign(text: string): { word: string; negated: boolean }[] {
  return text
    .replace(NO_NO, ' ')
    .replace(/\bun non\b|\bun no\b|\bein Nein\b|\ba no\b/giu, ' ')
    .split(CLAUSES)
    .flatMap((clause) => {
      const words = bareWords(clause).split(' ').filter(Boolean);
      const nots = words.flatMap((word, index) => (NOT.has(word) ? [index] : []));
      // “Clinics are not served”: there the word stands before.
      const reaches = (not: number, index: number) =>
        (index > not && index - not <= REACH) || (index < not && (BE.has(words[not - 1] ?? '') || BE.has(words[not] ?? '')));
      return words.map((word, index) => ({ word, negated: nots.some((not) => not !== index && reaches(not, index)) }));
    });
}

/** A “not”, if the text has one. */
export function findNot(text: string): string | undefined {
  return wordsWithSign(text)
    .map(({ word }) => word)
    .find((word) => NOT.has(word));
}

/** Whether a quote leaves out a “not” that stands before it in every place where a text has it. */
export function losesNot(quote: string, texts: readonly string[]): boolean {
  const words = bareWords(quote).split(' ').filter(Boolean);
  const [first] = words;
  if (!first || findNot(quote)) return false;
  const places = texts
    .map(wordsWithSign)
    .flatMap((known) => known.filter((_, at) => words.every((word, next) => known[at + next]?.word === word)));
  return places.length > 0 && places.every(({ negated }) => negated);
}
