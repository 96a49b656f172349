import { phraseFinder, placesOf, plainWords } from './plain-words.ts';
import { DISINTEREST, INTEREST_PHRASES } from './reply-words.ts';

const INTEREST = phraseFinder(INTEREST_PHRASES);
/** Says yes when it is a whole sentence. */
const ALONE = new Set(
  'yes|yes please|sure|of course|gladly|absolutely|ja|ja gerne|gerne|gern|sehr gerne|klar|oui|bien sur|oui bien sur|avec plaisir|volontiers|si|si claro|claro|por supuesto|con gusto'.split(
    '|',
  ),
);
const NOT_INTEREST = phraseFinder(DISINTEREST);
/** Parts a sentence: what is negated before it says nothing of what stands behind. A comma after the negation itself does not. */
const PART = /(?<! (?:not|no|nicht|nein|pas|non|dont)) (?:,|but|aber|mais|pero)(?= )/u;
/** What stands behind it takes back what was said. */
const BUT = / (?:but|however|though|unfortunately|aber|jedoch|leider|mais|malheureusement|pero|lamentablemente)(?= )/u;

/** Negate nothing. */
const WHY_NOT = / (?:why not|warum nicht|pourquoi pas|por que no)(?= )/gu;

/** Whether a sentence is glad of the mail: “No need for a contract, let us talk” is, “It sounds good, but we are not looking” is not. */
export function isInterest(sentence: string): boolean {
  if (ALONE.has(plainWords(sentence).trim())) return true;
  return placesOf(INTEREST, plainWords(sentence).replace(WHY_NOT, ' ,')).some(({ before, found, after }) => {
    const part = `${before.split(PART).at(-1)}${found}${after.split(PART)[0]} `;
    const taken = after.search(BUT);
    return !NOT_INTEREST.test(part) && !(taken >= 0 && NOT_INTEREST.test(after.slice(taken)));
  });
}
