import { isInterest } from './interest.ts';
import { phraseFinder, placesOf, plainWords } from './plain-words.ts';
import {
  LEFT_BY_NOTICE_PHRASES,
  LEFT_PHRASES,
  REFERRAL_PHRASES,
  RIGHT_PERSON_PHRASES,
  SOFT_WRONG_PERSON_PHRASES,
  WRONG_PERSON_PHRASES,
} from './reply-words.ts';

const LEFT = phraseFinder(LEFT_PHRASES);
const LEFT_BY_NOTICE = phraseFinder(LEFT_BY_NOTICE_PHRASES);
/** “Dana has left the office”, “have left for the day”. */
const HAS_LEFT_FOR_NOW = / (?:office|early|for|desk|work|home|you|me|a) /u;
const WRONG_PERSON = phraseFinder(WRONG_PERSON_PHRASES);
const RIGHT_PERSON = phraseFinder(RIGHT_PERSON_PHRASES);
const SOFT_WRONG_PERSON = phraseFinder(SOFT_WRONG_PERSON_PHRASES);
const REFERRAL = phraseFinder(REFERRAL_PHRASES);

/** “I am probably the …”, “you have reached the …”, “are you the …”. */
const OF_THEMSELVES =
  / (?:i am|im|i would be|id be|i should be|i think i am|we are|were|ich bin|wir sind|yo soy|soy|je suis|c est moi|sono|ik ben|sou|reached|found|got|are you|am i|sind sie|etes vous|es usted)(?! (?:not|nicht|pas|no) )(?: [^ ,]+){0,2}$/u;
/** “… is me”, “… me next week”, “we no longer …”. */
const IS_ME = /^(?: [^ ,]+){0,5} (?:me|bin ich|ich bin|soy yo|c est moi)(?= )/u;
const TO_ME = /^ (?:me|us|mich|uns|mir|moi|nous|back|again|conmigo|nosotros)(?= )/u;
const OF_US = / (?:we|wir|nous|our company)(?: [^ ,]+)?$/u;

/** The sentence in which a program says that somebody is gone for good. */
export function departureIn(sentences: readonly string[]): string | undefined {
  return sentences.find(
    (sentence) =>
      isDeparture(sentence) ||
      isFound(LEFT_BY_NOTICE, sentence, ({ found, after }) => HAS_LEFT_FOR_NOW.test(`${found}${after.slice(0, 20)}`)),
  );
}

/** The sentence that says that somebody else decides. Those who are glad of the mail also name others, and what they are not in charge of;
 *  those who say no name whom to write to for other things. */
export function otherPersonIn(sentences: readonly string[], says: { interest: boolean; no: boolean }): string | undefined {
  const departed = sentences.find(isDeparture);
  // “… for legal questions, but I would love to talk”.
  const wrong = sentences.find(
    (sentence) =>
      !isInterest(sentence) &&
      (isFound(WRONG_PERSON, sentence, ({ after }) => TO_ME.test(after)) ||
        isFound(RIGHT_PERSON, sentence, ({ before, after }) => OF_THEMSELVES.test(before) || IS_ME.test(after))),
  );
  const soft = sentences.find((sentence) => isFound(SOFT_WRONG_PERSON, sentence, () => false));
  const referral = sentences.find((sentence) => isFound(REFERRAL, sentence, ({ after }) => TO_ME.test(after)));
  if (departed ?? wrong) return wrong ?? departed;
  if (soft && (!says.interest || referral)) return soft;
  return says.interest || says.no ? undefined : referral;
}

/** Whom a sentence points to: an address in it or in those after it, else a name after “contact” and the like. */
export function contactIn(sentence: string, sentences: readonly string[]): string | null {
  const after = sentences.slice(sentences.indexOf(sentence), sentences.indexOf(sentence) + 3).join(' ');
  const address = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.[\p{L}]{2,24}/u.exec(after.slice(0, 3000))?.[0];
  if (address) return address;
  const name =
    /(?:contact|to|with|is|colleague|an|ist|kollegin|kollegen|contacter|à|collègue|con|a|colega|cc)\s+(\p{Lu}[\p{L}'’-]{1,30}(?:\s+\p{Lu}[\p{L}'’-]{1,30}){1,3})/u.exec(
      after,
    );
  return name?.[1] ?? null;
}

function isDeparture(sentence: string): boolean {
  return isFound(LEFT, sentence, ({ before }) => OF_US.test(before));
}

function isFound(finder: RegExp, sentence: string, isMeantOtherwise: (place: ReturnType<typeof placesOf>[number]) => boolean): boolean {
  return placesOf(finder, plainWords(sentence)).some((place) => !isMeantOtherwise(place));
}
