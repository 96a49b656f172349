import { sentencesOf } from '../../platform/sentences.ts';
import { shortenText } from '../../programme/companies/clean-text.ts';

/** Characters of our own description in a letter: whatever set-up allows, a letter stays a short one. */
const OWN_WORDS = 200;
/** A first sentence this short needs the next one. */
const LONGEST_STUB = 20;

const BULLET = /^\s*(?:[-–—*•·▪◦‣]|\d{1,2}[.)])\s+/u;
/** Leads to the next line. */
const LOOSE_END = /(?:[,;:]|\b(?:to|for|of|and|or|with|in|by|the|an?|für|und|oder|mit|pour|et|ou|para|y|o|de))$/iu;

/** What comes first in our own description, without its end mark, on one line; the lines of a list become parts of a sentence. */
export function firstSentence(text: string): string {
  const plain = onOneLine(text).replace(/["“”„«»]/g, '’');
  const sentences = sentencesOf(plain);
  const enough = sentences.findIndex((_, index) => sentences.slice(0, index + 1).join(' ').length > LONGEST_STUB);
  const first = sentences.slice(0, (enough < 0 ? sentences.length : enough) + 1).join(' ');
  const bare = first.replace(/(?<!\.\p{L}|\b(?:etc|Inc|Ltd|Co|Corp))[\s.]+$/u, '') || plain;
  if (bare.length <= OWN_WORDS) return bare;
  const kept = shortenText(bare, OWN_WORDS - 2).text;
  const space = kept.lastIndexOf(' ');
  return `${(space > OWN_WORDS / 2 ? kept.slice(0, space) : kept).replace(/[\s,;:]+$/, '')} …`;
}

function onOneLine(text: string): string {
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim());
  return lines
    .map((line) => ({ words: line.replace(BULLET, '').replace(/\s+/g, ' ').trim(), isItem: BULLET.test(line) }))
    .map(({ words, isItem }) => ({ words: isItem ? words.replace(/[.,;]+$/, '') : words, isItem }))
    .filter(({ words }) => words)
    .reduce((left, { words, isItem }, index, all) => {
      if (!left || LOOSE_END.test(left)) return `${left} ${words}`.trim();
      const goesOn = /[.!?…]$/.test(left) || (!isItem && /^\p{Ll}/u.test(words));
      if (goesOn) return `${left} ${words}`;
      return `${left}${isItem && !all[index - 1]?.isItem ? ':' : ','} ${words}`;
    }, '');
}

/** Words that hold sentences together, the most frequent of each language that Latin letters write. */
const JOINS = {
  english: `the a an and or of for to with on by that who which our their your from at are it any`,
  others: `der die das den dem des ein eine einen und oder für mit von zum zur im ist sind wir unsere unser auf aus bei über alle
    le la les un une de des du et ou pour avec dans sur nous notre nos est sont aux qui
    el los las una del para con en por nosotros nuestro nuestra somos que es son
    il lo gli di per che noi con het een en voor van met wij onze os uma não em dos das para dla na oraz och för med till`,
} as const;
const ENGLISH = new Set(JOINS.english.split(/\s+/));
const OTHERS = new Set(JOINS.others.split(/\s+/));

/** Whether a text has English small words, and no fewer than of other languages. */
export function isPlainlyEnglish(text: string): boolean {
  const { english, other } = countJoins(text);
  return english > 0 && english >= other;
}

/** Whether a text reads as English, as far as its small words and letters tell; a list of nouns does. */
export function readsAsEnglish(text: string): boolean {
  const { words, english, other } = countJoins(text);
  const foreign = words.filter((word) => /[^a-z]/.test(word)).length;
  return english > 0 ? english >= other : other === 0 && foreign <= words.length / 4;
}

function countJoins(text: string) {
  const words = text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  return {
    words,
    english: words.filter((word) => ENGLISH.has(word)).length,
    other: words.filter((word) => OTHERS.has(word)).length,
  };
}
