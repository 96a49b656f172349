import { dateInText, type Moment } from './dates-in-text.ts';
import { isInterest } from './interest.ts';
import { isRefusedForNow, optOutIn } from './opt-out.ts';
import { contactIn, departureIn, otherPersonIn } from './other-person.ts';
import type { IncomingMail } from './parse-mail.ts';
import { phraseFinder, placesOf, plainWords } from './plain-words.ts';
import type { Understanding } from './reply.ts';
import {
  ABSENCE_PHRASES,
  ABSENCE_SUBJECTS,
  DELIVERY_PHRASES,
  LATER_PHRASES,
  NO_ALONE,
  NO_PHRASES,
  RECEIPT_PHRASES,
  SOFT_NO_PHRASES,
} from './reply-words.ts';
import { theirSentences } from './their-sentences.ts';

/** What the rules read of a mail. */
export type Readable = Pick<IncomingMail, 'text' | 'subject' | 'isAutomatic' | 'isReport' | 'bounce'>;

const NO_SENTENCES = new Set(NO_ALONE.map((words) => plainWords(words).trim()));
const NO = phraseFinder(NO_PHRASES);
/** “We will pass”, not “we will pass this on”. */
const PASS = / (?:well|ill|will|have to|going to|must|rather) pass (?:,|for now|at this|this time|thanks|thank|$)/u;
const SOFT_NO = [
  phraseFinder(SOFT_NO_PHRASES),
  / (?:not|dont|doesnt|isnt|wont|wouldnt)(?: [^ ,]+){0,4} (?:a fit|a good fit|a match|a good match|right for us|work for us|of interest)(?= )/u,
  // “Das passt leider nicht zu uns”, not “Dienstag passt leider nicht”.
  /(?<!(?:tag|woche|woch|termin|uhr|zeit|monat)) passt(?: (?:das|es|dies|ihre?|angebot|leider|so|uns|konzept|thema|produkt|losung|modell|anfrage))* nicht(?= )/u,
  / no (?:es|nos|me)(?: [^ ,]+){0,3} interes[ea](?= )/u,
];
const LATER = phraseFinder(LATER_PHRASES);
/** Turn the wish for a later day round: “do not ever contact me again”. */
const NEVER =
  / (?:not|dont|never|wont|no longer|cannot|cant|nicht|nie|ne|jamais|nunca)(?: (?:ever|again|please|even|bother|to|try|want|need|you))*$/u;
/** Names a day to wait for, where nothing else is said. */
const WAIT = / (?:until|till|bis|jusqu[^ ]*|hasta|ab|before)(?= )/u;
const ABSENCE = phraseFinder(ABSENCE_PHRASES);
const RECEIPT = phraseFinder(RECEIPT_PHRASES);
const ABSENCE_SUBJECT = new RegExp(`^${phraseFinder(ABSENCE_SUBJECTS).source}`, 'u');
const DELIVERY = phraseFinder(DELIVERY_PHRASES);
/** How mail programs mark the subject of an answer. */
const ANSWER = /^\s*(re|aw|sv|antw|ref|vs|odp|rv|res|r|tr|wg|fw|fwd|vl)\s*(\[\d+\])?\s*:/i;

/** What a mail wants, by rules alone, with the sentence that decided it. `ours`: the message it answers, whose sentences decide nothing; so
 *  does what is quoted. Disclaimers and what stands under a sign-off decide nothing but an opt-out. A mail that a program sent is never an
 *  opt-out and never interest. Pure; orders in the mail change nothing. */
export function classifyReply(mail: Readable, { ours, ...now }: Moment & { ours: { subject: string; text: string } }): Understanding {
  const { bounce } = mail;
  if (bounce) return { ...NOTHING, kind: 'bounce', sentence: [bounce.status, bounce.action, bounce.recipient].filter(Boolean).join(' ') };
  const { all, said } = theirSentences(mail.text, ours.text);
  if (mail.isReport && !isAbsenceNotice(mail, said)) return { ...NOTHING, kind: 'bounce', sentence: all[0] ?? mail.subject };
  if (mail.isReport || mail.isAutomatic || ABSENCE_SUBJECT.test(plainWords(mail.subject))) return automatic(mail, said, now);
  // A subject of their own may be all they say: mail programs write “stop” there.
  const isTheirs = !ANSWER.test(mail.subject) && mail.subject.trim() !== ours.subject.trim();
  const optOut = optOutIn([...(isTheirs ? [mail.subject] : []), ...all]);
  return optOut === undefined ? fromPerson(said, now) : { ...NOTHING, kind: 'opt-out', sentence: optOut };
}

const NOTHING: Understanding = { kind: 'other', sentence: '', laterUntil: null, namedContact: null };

/** Mail servers send absence notices for people, too. */
function isAbsenceNotice({ subject }: Readable, sentences: readonly string[]): boolean {
  if ([subject, ...sentences].some((sentence) => DELIVERY.test(plainWords(sentence)))) return false;
  return ABSENCE_SUBJECT.test(plainWords(subject)) || sentences.some((sentence) => ABSENCE.test(plainWords(sentence)));
}

function automatic(mail: Readable, sentences: readonly string[], now: Moment): Understanding {
  const departure = departureIn(sentences);
  if (departure) return { ...NOTHING, kind: 'wrong-person', sentence: departure, namedContact: contactIn(departure, sentences) };
  const find = (finder: RegExp) => sentences.find((sentence) => finder.test(plainWords(sentence)));
  const absence = find(ABSENCE);
  const isAbsence = absence !== undefined || (ABSENCE_SUBJECT.test(plainWords(mail.subject)) && find(RECEIPT) === undefined);
  if (!isAbsence) return { ...NOTHING, sentence: sentences[0] ?? mail.subject };
  const dated = [absence ?? '', ...sentences].find((sentence) => dateInText(sentence, now, 'back'));
  return {
    ...NOTHING,
    kind: 'out-of-office',
    sentence: dated || absence || mail.subject,
    laterUntil: dateInText(dated ?? '', now, 'back'),
  };
}

function fromPerson(text: readonly string[], now: Moment): Understanding {
  const interest = text.find(isInterest);
  const firmNo = text.find(isNo);
  const softNo = text.find((sentence) => SOFT_NO.some((no) => no.test(plainWords(sentence))));
  const no = firmNo ?? (interest ? undefined : softNo);
  const other = otherPersonIn(text, { interest: interest !== undefined, no: firmNo !== undefined });
  if (other) return { ...NOTHING, kind: 'wrong-person', sentence: other, namedContact: contactIn(other, text) };
  // “Interested, but not before March”: then the day counts.
  const later = text.find(isLater);
  if (later && (!interest || dateInText(later, now, 'later'))) return laterOf(later, text, now);
  if (no) return { ...NOTHING, kind: 'no', sentence: no };
  if (interest) return { ...NOTHING, kind: 'interested', sentence: interest };
  const wait = text.find((sentence) => [ABSENCE, WAIT].some((finder) => finder.test(plainWords(sentence))));
  return wait && dateInText(wait, now, 'later') ? laterOf(wait, text, now) : NOTHING;
}

function laterOf(sentence: string, sentences: readonly string[], now: Moment): Understanding {
  const dated = [sentence, ...sentences].find((one) => dateInText(one, now, 'later'));
  return { ...NOTHING, kind: 'later', sentence, laterUntil: dated ? dateInText(dated, now, 'later') : null };
}

function isLater(sentence: string): boolean {
  const words = plainWords(sentence);
  return placesOf(LATER, words).some(({ before }) => !NEVER.test(before)) || isRefusedForNow(sentence);
}

function isNo(sentence: string): boolean {
  const words = plainWords(sentence);
  return NO_SENTENCES.has(words.trim()) || NO.test(words) || PASS.test(words);
}
