import { monthsIn } from './calendar.ts';
import { firstLetter } from './first-letter.ts';
import { followUp } from './follow-up.ts';
import { bodyOf } from './letter.ts';
import { replySubject } from './reply-subject.ts';
import { isSpoken, spokenName } from './spoken-name.ts';
import { askedIn } from './taken-up.ts';
import { greetingOf, say, type Telling, tellIn, type Written } from './telling.ts';
import type { AnswerKind, Language, Letter, Phrases, Replacement, WritingInput } from './writing.ts';

/** A subject holds 150 characters. */
const LONGEST_SUBJECT = 150;

/** Writes without a model: short, plain, the same words for the same facts. It claims only what is stored of the company. */
export function writeOffline(input: WritingInput): Letter {
  const { language, replacements, company } = input;
  const { subject, sentences } = letterIn(language, input);
  const inHouseStyle = (text: string) => replaceWords(text, replacements, [spokenName(company.name)]);
  return {
    subject: cutSubject(input.kind === 'first' ? inHouseStyle(subject) : subject),
    sentences: sentences.map((sentence) => ({ ...sentence, text: inHouseStyle(sentence.text) })).filter(({ text }) => text),
    english: language === 'en' ? '' : bodyOf(letterIn('en', input).sentences),
  };
}

function letterIn(language: Language, input: WritingInput): Written {
  const telling = tellIn(language, input);
  if (input.kind === 'follow-up') return followUp(telling);
  return input.kind === 'answer' ? answerParts(telling) : firstLetter(telling);
}

function cutSubject(subject: string): string {
  const plain = subject.replace(/\s+/g, ' ').trim();
  if (plain.length <= LONGEST_SUBJECT) return plain;
  return `${plain
    .slice(0, LONGEST_SUBJECT - 2)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()} …`;
}

/** How a reply is understood, by the word its reader stored; what is not known gets an open question. */
const KINDS: readonly [AnswerKind, RegExp][] = [
  ['wrong-person', /wrong|person|referred|elsewhere/i],
  ['away', /away|office|vacation|absen/i],
  ['later', /later|snooze|not now/i],
  ['no', /^\W*(no|not|declin\w*|opt|reject\w*)\b/i],
  ['interested', /interest|yes|positive/i],
];

/** Thanks them, says how it was understood so that they can correct it, takes up what they ask, proposes the next step. Promises nothing. */
function answerParts(telling: Telling): Written {
  const { phrases, language, input, us, them } = telling;
  const { type, manner, earlier, answers } = input;
  const kind = answerKind(answers?.understoodAs ?? '');
  const { tone, length } = manner;
  const theirs = (text: string) => (answers ? say('their-reply', text, 'reply') : say('proposal', text));
  const { question, time } = askedIn(answers?.text ?? '', kind);
  const isTakenUp = time !== null || (kind === 'other' && question !== null);
  const next = isTakenUp ? [] : [nextStep(phrases, language, kind, answers)];
  const understood = length === 'shortest' || (isTakenUp && kind === 'other') ? [] : [theirs(phrases.understood[kind])];
  return {
    subject: replySubject(earlier, phrases.subject[type](us, them)),
    sentences: [
      greetingOf(telling),
      theirs(phrases.thanks[tone]),
      ...understood,
      ...(question === null ? [] : [theirs(phrases.asked(phrases.quoted(question)))]),
      ...(time === null ? [] : [theirs(phrases.proposed(phrases.quoted(time)))]),
      ...(question === null ? [] : [say('proposal', phrases.askedNext)]),
      ...(time === null ? [] : [say('proposal', phrases.proposedNext)]),
      ...next.map((text) => say(text.includes('?') ? 'question' : 'proposal', text)),
      say('closing', phrases.closing[tone]),
    ],
  };
}

/** What they named themselves is taken up instead of asked for again: a month, or somebody else. */
function nextStep(phrases: Phrases, language: Language, kind: AnswerKind, answers: WritingInput['answers']): string {
  const { until, named } = answers ?? {};
  const month = until && monthsIn(language)[until.getUTCMonth()];
  if (kind === 'later' && month) return phrases.nextIn(month);
  return kind === 'wrong-person' && named && isSpoken(named) ? phrases.nextTo(named) : phrases.next[kind];
}

function answerKind(understoodAs: string): AnswerKind {
  return KINDS.find(([, words]) => words.test(understoodAs))?.[0] ?? 'other';
}

/** Says in a team's own words what our templates say, whole words only; what stands in quotation marks stays as it is, and so do the names,
 *  unless it is a name that the team says otherwise. */
export function replaceWords(text: string, replacements: readonly Replacement[], names: readonly string[]): string {
  return replacements.reduce((left, one) => replaceOne(left, one, names), text);
}

function replaceOne(text: string, { from, to }: Replacement, names: readonly string[]): string {
  if (!from) return text;
  const kept = names.filter((name) => name && !from.includes(name)).map(wholeWords);
  const untouched = new RegExp(`(${['[“„«][^“”„«»]*[”“»]', ...kept].join('|')})`, 'u');
  const words = new RegExp(wholeWords(from), 'gu');
  return text
    .split(untouched)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(words, () => to)))
    .join('');
}

/** A mark at an end of the phrase is its own border. */
function wholeWords(phrase: string): string {
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const before = /^[\p{L}\p{N}]/u.test(phrase) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = /[\p{L}\p{N}]$/u.test(phrase) ? '(?![\\p{L}\\p{N}])' : '';
  return `${before}${escaped}${after}`;
}
