import type { LetterFacts } from '../style/letter-facts.ts';
import { groundOf } from './angles.ts';
import { greetingName } from './greeting-name.ts';
import { readsAsEnglish } from './own-words.ts';
import { PHRASES } from './phrases.ts';
import { spokenName } from './spoken-name.ts';
import type { Angle, Language, Letter, Phrases, Sentence, SentenceKind, WritingInput } from './writing.ts';

export type Written = Pick<Letter, 'subject' | 'sentences'>;

/** What is told, in which language and by which names. */
export type Telling = {
  phrases: Phrases;
  language: Language;
  input: WritingInput;
  us: string;
  them: string;
  /** What may be said of us, in this language where it was given in it. */
  facts: LetterFacts | null;
  /** A text of set-up as it goes on in a sentence; where it is in another language, in quotation marks. */
  given: (text: string) => string;
};

/** `language`: of the text to be written; that of the letter, or English beside it. */
export function tellIn(language: Language, input: WritingInput): Telling {
  const phrases = PHRASES[language];
  const { own, company } = input;
  const translated = language === input.language ? null : translationOf(input);
  const facts = translated ?? input.facts;
  const isIn = (text: string) => (facts ? translated !== null || language === input.language : language === 'en' && readsAsEnglish(text));
  const given = (text: string) => {
    const plain = text
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/[.!?…\s]+$/, '');
    return isIn(plain) ? plain : phrases.quoted(plain);
  };
  return { phrases, language, input, us: spokenName(own.name), them: spokenName(company.name), facts, given };
}

/** The facts in English, where they say all that the letter says. */
function translationOf({ facts, factsInEnglish: english, type }: WritingInput): LetterFacts | null {
  const has = (one: LetterFacts) => one.values.some((value) => value.type === type);
  return facts && english && has(facts) === has(english) && english.proof.length === facts.proof.length ? english : null;
}

/** The same in the letter's own language, by which it is decided what the English beside it says. */
export function inItsLanguage(telling: Telling): Telling {
  return telling.language === telling.input.language ? telling : tellIn(telling.input.language, telling.input);
}

export function say(kind: SentenceKind, text: string, ...from: string[]): Sentence {
  return { text, kind, from };
}

export function greetingOf({ phrases, language, input: { contact, manner } }: Telling): Sentence {
  return say('greeting', phrases.greeting[manner.tone](greetingName(contact, { language, tone: manner.tone })));
}

/** A sentence about them and the fact behind it. */
export function factOf({ phrases, input, them }: Telling, angle: Angle, words: (them: string, quote: string) => string): Sentence {
  const { quote, kind } = angle;
  return say('their-fact', words(them, kind === 'founded' ? quote : phrases.quoted(quote)), ...groundOf(angle, input.company));
}
