import { dateInText, type Moment } from './dates-in-text.ts';
import { NEGATORS, OPT_OUT_WORDS, POLITE_WORDS } from './opt-out-words.ts';
import type { IncomingMail } from './parse-mail.ts';
import { phraseFinder, plainWords } from './plain-words.ts';
import type { Understanding } from './reply.ts';
import {
  ABSENCE_PHRASES,
  ABSENCE_SUBJECTS,
  DISINTEREST,
  INTEREST_PHRASES,
  LATER_PHRASES,
  NO_ALONE,
  NO_PHRASES,
  REFERRAL_PHRASES,
  WRONG_PERSON_PHRASES,
} from './reply-words.ts';
import { sentencesOf } from './sentences.ts';
import { withoutSignature } from './split-quoted.ts';

/** What the rules read of a mail. */
export type Readable = Pick<IncomingMail, 'text' | 'subject' | 'isAutomatic' | 'isReport' | 'bounce'>;

const everyLanguage = Object.values(OPT_OUT_WORDS);
const OPT_OUT = new RegExp(phraseFinder(everyLanguage.flatMap(({ phrases }) => phrases)).source, 'gu');
const POLITE = new RegExp(` (?:${POLITE_WORDS.map((words) => plainWords(words).trim()).join('|')}|,)(?= )`, 'gu');
const OPT_OUT_ALONE = new Set(everyLanguage.flatMap(({ alone }) => alone.map(withoutManners)));
const NO_SENTENCES = new Set(NO_ALONE.map((words) => plainWords(words).trim()));
const NO = phraseFinder(NO_PHRASES);
const LATER = phraseFinder(LATER_PHRASES);
const INTEREST = phraseFinder(INTEREST_PHRASES);
const NOT_INTEREST = phraseFinder(DISINTEREST);
const WRONG_PERSON = phraseFinder(WRONG_PERSON_PHRASES);
const REFERRAL = phraseFinder(REFERRAL_PHRASES);
const ABSENCE = phraseFinder(ABSENCE_PHRASES);
const ABSENCE_SUBJECT = new RegExp(`^${phraseFinder(ABSENCE_SUBJECTS).source}`, 'u');
/** How mail programs mark the subject of an answer. */
const ANSWER = /^\s*(re|aw|sv|antw|ref|vs|odp|rv|res|r|tr|wg|fw|fwd|vl)\s*(\[\d+\])?\s*:/i;
/** Sentences of ours this long are known again when a mail program repeats them without a mark. */
const OURS_FROM = 4;

/** What a mail wants, by rules alone, with the sentence that decided it. `ours`: the message it answers, whose sentences decide nothing; so
 *  does what is quoted. A mail that a program sent is never an opt-out and never interest. Pure; orders in the mail change nothing. */
export function classifyReply(mail: Readable, { ours, ...now }: Moment & { ours: { subject: string; text: string } }): Understanding {
  const { bounce } = mail;
  if (bounce) return { ...NOTHING, kind: 'bounce', sentence: [bounce.status, bounce.action, bounce.recipient].filter(Boolean).join(' ') };
  const sentences = theirSentences(mail.text, ours.text);
  if (mail.isReport) return { ...NOTHING, kind: 'bounce', sentence: sentences[0] ?? mail.subject };
  if (mail.isAutomatic || ABSENCE_SUBJECT.test(plainWords(mail.subject))) return automatic(mail, sentences, now);
  // A subject of their own may be all they say: mail programs write “stop” there.
  const isTheirs = !ANSWER.test(mail.subject) && mail.subject.trim() !== ours.subject.trim();
  return fromPerson(sentences, isTheirs ? mail.subject : '', now);
}

const NOTHING: Understanding = { kind: 'other', sentence: '', laterUntil: null, namedContact: null };

function automatic(mail: Readable, sentences: readonly string[], now: Moment): Understanding {
  const absence = sentences.find((sentence) => ABSENCE.test(plainWords(sentence)));
  const isAbsence = absence !== undefined || ABSENCE_SUBJECT.test(plainWords(mail.subject));
  if (!isAbsence) return { ...NOTHING, sentence: sentences[0] ?? mail.subject };
  const dated = [absence ?? '', ...sentences].find((sentence) => dateInText(sentence, now, 'back'));
  return {
    ...NOTHING,
    kind: 'out-of-office',
    sentence: dated || absence || mail.subject,
    laterUntil: dateInText(dated ?? '', now, 'back'),
  };
}

function fromPerson(text: readonly string[], subject: string, now: Moment): Understanding {
  const optOut = [subject, ...text, ...brokenIn(text)].find(isOptOut);
  if (optOut !== undefined) return { ...NOTHING, kind: 'opt-out', sentence: optOut };
  const find = (finder: RegExp) => text.find((sentence) => finder.test(plainWords(sentence)));
  const interest = text.find(isInterest);
  const wrong = find(WRONG_PERSON) ?? (interest ? undefined : find(REFERRAL));
  if (wrong) return { ...NOTHING, kind: 'wrong-person', sentence: wrong, namedContact: contactIn(wrong, text) };
  // “Interested, but not before March”: then the day counts.
  const later = find(LATER);
  if (later && (!interest || dateInText(later, now, 'later'))) return laterOf(later, text, now);
  const no = text.find(isNo);
  if (no) return { ...NOTHING, kind: 'no', sentence: no };
  if (interest) return { ...NOTHING, kind: 'interested', sentence: interest };
  const absence = find(ABSENCE);
  return absence && dateInText(absence, now, 'later') ? laterOf(absence, text, now) : NOTHING;
}

function laterOf(sentence: string, sentences: readonly string[], now: Moment): Understanding {
  const dated = [sentence, ...sentences].find((one) => dateInText(one, now, 'later'));
  return { ...NOTHING, kind: 'later', sentence, laterUntil: dated ? dateInText(dated, now, 'later') : null };
}

/** A word that stands alone, or a clear phrase that nothing turns round. What is in quotation marks is somebody else's. */
function isOptOut(sentence: string): boolean {
  if (OPT_OUT_ALONE.has(withoutManners(sentence))) return true;
  const own = plainWords(sentence.replace(/["“«„][^"“”«»„]{1,200}["”»“]/g, ' , '));
  return [...own.matchAll(OPT_OUT)].some(({ index }) => !NEGATORS.has(own.slice(0, index).trimEnd().split(' ').at(-1) ?? ''));
}

function withoutManners(sentence: string): string {
  return plainWords(sentence).replace(POLITE, '').replace(/ +/g, ' ').trim();
}

/** Short lines that go on in the next, as people break them by hand. */
function brokenIn(sentences: readonly string[]): string[] {
  return sentences.flatMap((sentence, index) => {
    const next = sentences[index + 1];
    return next === undefined || /[.!?…:]$/.test(sentence) ? [] : [`${sentence} ${next}`];
  });
}

function isNo(sentence: string): boolean {
  const words = plainWords(sentence);
  return NO_SENTENCES.has(words.trim()) || NO.test(words);
}

function isInterest(sentence: string): boolean {
  const words = plainWords(sentence);
  return INTEREST.test(words) && !NOT_INTEREST.test(words);
}

/** Whom a sentence points to: an address in it or in those after it, else a name after “contact” and the like. */
function contactIn(sentence: string, sentences: readonly string[]): string | null {
  const after = sentences.slice(sentences.indexOf(sentence), sentences.indexOf(sentence) + 3).join(' ');
  const address = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}\.[\p{L}]{2,24}/u.exec(after.slice(0, 3000))?.[0];
  if (address) return address;
  const name =
    /(?:contact|to|with|is|colleague|an|ist|kollegin|kollegen|contacter|à|collègue|con|a|colega|cc)\s+(\p{Lu}[\p{L}'’-]{1,30}(?:\s+\p{Lu}[\p{L}'’-]{1,30}){1,3})/u.exec(
      after,
    );
  return name?.[1] ?? null;
}

function theirSentences(text: string, ours: string): string[] {
  const known = plainWords(ours);
  return sentencesOf(withoutSignature(text)).filter((sentence) => {
    const words = plainWords(sentence);
    return words.trim().split(' ').length < OURS_FROM || !known.includes(words);
  });
}
