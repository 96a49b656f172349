import type { Language } from './language.ts';
import { PHRASES } from './phrases.ts';
import { replaceWords } from './replace-words.ts';
import { spokenName } from './spoken-name.ts';
import { answerParts } from './write-answer.ts';
import { firstParts } from './write-first.ts';
import { followUpParts } from './write-follow-up.ts';
import type { Claim, WritingInput, WrittenText } from './writing.ts';

/** A piece of a letter: a sentence of ours, or a claim. */
export type Part = { text: string; claim?: Claim };
/** Paragraphs of parts. */
export type Letter = { subject: string; paragraphs: Part[][] };

/** A subject holds 150 characters. */
const LONGEST_SUBJECT = 150;

/** Writes without a model: short, plain, the same words for the same facts. It claims only what is stored of the company. */
export function writeOffline(input: WritingInput): WrittenText {
  const { language, replacements, company } = input;
  const letter = letterIn(language, input);
  const inHouseStyle = (text: string) => replaceWords(text, replacements, [spokenName(company.name)]);
  return {
    subject: cutSubject(input.kind === 'first' ? inHouseStyle(letter.subject) : letter.subject),
    body: bodyOf(letter, ({ text }) => inHouseStyle(text)),
    english: language === 'en' ? '' : bodyOf(letterIn('en', input), ({ text }) => text),
    // A claim is shown, and checked, as it stands in the body.
    claims: letter.paragraphs.flat().flatMap(({ claim }) => (claim ? { ...claim, text: inHouseStyle(claim.text) } : [])),
  };
}

function letterIn(language: Language, input: WritingInput): Letter {
  const phrases = PHRASES[language];
  if (input.kind === 'follow-up') return followUpParts(phrases, input);
  return input.kind === 'answer' ? answerParts(phrases, input) : firstParts(phrases, input);
}

export function bodyOf({ paragraphs }: Letter, words: (part: Part) => string): string {
  return paragraphs
    .map((parts) => parts.map(words).filter(Boolean).join(' '))
    .filter(Boolean)
    .join('\n\n');
}

/** “Re: ” once, before the subject of the thread. */
export function replySubject(earlier: WritingInput['earlier'], otherwise: string): string {
  const first = earlier[0]?.subject.replace(/^(\s*(re|aw|sv|rv)\s*:)+\s*/i, '').trim();
  return `Re: ${first || otherwise}`;
}

function cutSubject(subject: string): string {
  const plain = subject.replace(/\s+/g, ' ').trim();
  if (plain.length <= LONGEST_SUBJECT) return plain;
  return `${plain
    .slice(0, LONGEST_SUBJECT - 2)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()} …`;
}
