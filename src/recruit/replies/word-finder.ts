/** Letters that do not fall apart into a letter and its mark. */
const WHOLE: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ħ: 'h', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe' };

/** Letters that stand before an apostrophe as a word of their own, in French and Italian. */
const ELIDED = /(?<!\p{L})(l|d|m|n|s|t|j|c|qu)['’]/gu;

/** Text as rules compare it: lower case, without accents and apostrophes, words between single spaces; marks that part a sentence stay as
 *  ` , `. Begins and ends with a space, so that a phrase is found at whole words only. */
export function plainWords(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[łøđħıßæœ]/g, (letter) => WHOLE[letter] ?? letter)
    .replace(ELIDED, '$1 ')
    .replace(/[\p{M}\p{Cf}'’‘`´]/gu, '')
    .replace(/[,;:–—]/g, ' , ')
    .replace(/[^\p{L}\p{N},@*]+/gu, ' ')
    .trim();
  return ` ${words} `;
}

/** Finds any of the phrases at whole words; `*` lets a word go on, or stands for one: `interest*`. */
export function phraseFinder(phrases: readonly string[]): RegExp {
  const patterns = phrases.map((phrase) => plainWords(phrase).trim().replaceAll('*', '[^ ]*'));
  return new RegExp(` (?:${patterns.join('|')})(?= )`, 'u');
}

/** Characters looked at on either side of what is found, so that a text without an end is read as fast as any other. */
const AROUND = 300;

/** Every place where one of the phrases stands in plain words, with what stands before and behind it. */
export function placesOf(phrases: RegExp, words: string): { before: string; found: string; after: string }[] {
  return [...words.matchAll(new RegExp(phrases.source, 'gu'))].map(({ index, 0: found }) => ({
    before: words.slice(Math.max(0, index - AROUND), index),
    found,
    after: words.slice(index + found.length, index + found.length + AROUND),
  }));
}
