import { sentencesOf } from '../../platform/sentences.ts';
import { hasNoticeSubject, isAbsenceNotice, readNotice } from './automatic-mail.ts';
import { saysNotDelivered } from './bounce-words.ts';
import type { Moment } from './day-back.ts';
import type { MachineReport } from './machine-report.ts';
import { isStopWord, optOutIn, withoutManners } from './opt-out.ts';
import type { IncomingMail } from './parse-mail.ts';
import { bounceOf, isSame, readWords } from './read-bounce.ts';
import { type BounceReport, MOST_TEXT, NOTHING, type Reading, type Understanding } from './reply.ts';
import { splitQuoted, withoutSignature } from './split-quoted.ts';
import { plainWords } from './word-finder.ts';

/** What the rules read of a mail. */
export type Readable = Pick<IncomingMail, 'text' | 'subject' | 'isAutomatic' | 'isUnsubscribe' | 'away' | 'report'>;
/** `ours`: the message it answers; `writtenTo`: the address that went to. */
export type Around = Moment & { ours: { subject: string; text: string }; writtenTo: string };

/** Sentences looked at, at the top and at the end: what somebody wants stands there. */
const MOST_SENTENCES = { first: 300, last: 100 };
/** How mail programs mark the subject of an answer. */
const ANSWER = /^\s*(re|aw|sv|antw|ref|vs|odp|rv|res|r|tr|wg|fw|fwd|vl)\s*(\[\d+\])?\s*:/i;
/** A line this long was broken by the mail program, not by its author. Source: RFC 3676, lines of up to 78 characters. */
const WRAPPED_AT = 50;
/** Sentences of ours this long are known again when a mail program repeats them without a mark. */
const OURS_FROM = 4;
/** A line of so many words above or below all else is a greeting or a name. */
const NAME_WORDS = 3;

/** Answers that need no understanding, where a mail says nothing else. All others are for the model, or for a person. */
const PLAIN = {
  interested:
    'yes|yes , please|sure|of course|gladly|ja|ja gerne|gerne|sehr gerne|oui|oui volontiers|volontiers|avec plaisir|si|si claro|con gusto',
  no: 'no|no , thank you|not interested|we are not interested|i am not interested|im not interested|nein|nein danke|kein interesse|non|non merci|pas interesse|no gracias|no nos interesa',
} as const;

/** What a mail wants, by rules alone, with the sentence that decided it: an opt-out, what a machine reports, what a program sent, and the
 *  few answers that are plain; anything else is `other`. Sentences of ours decide nothing, and nor does what is quoted. A mail that a program
 *  sent is no opt-out, but for the word that a program writes into the subject for somebody who pressed *Unsubscribe*. Pure; orders in the mail
 *  change nothing. */
export function classifyReply(mail: Readable, around: Around): Reading {
  const { ours, writtenTo } = around;
  const { report, subject, away } = mail;
  const isTheirs = theirsUnless(ours.text);
  const fields = report && readFields(report, writtenTo);
  if (fields) return fields;
  const text = mail.text.slice(0, MOST_TEXT);
  const said = splitQuoted(text).said;
  const sentences = sentencesIn(said).filter(isTheirs);
  const isAutomatic = mail.isAutomatic || mail.isUnsubscribe || hasNoticeSubject(subject);
  // A subject of their own may be all they say: mail programs write “stop” there.
  const subjects = !ANSWER.test(subject) && subject.trim() !== ours.subject.trim() ? [subject] : [];
  // Of a person's mail also what stands below a sign-off: wherever they say it.
  const all = isAutomatic ? [] : [...subjects, ...sentencesIn(withoutSignature(text)).filter(isTheirs)];
  const stop = mail.isUnsubscribe ? subject : isAutomatic ? subjects.find((one) => !report && isStopWord(one)) : optOutIn(all);
  if (stop !== undefined) return { ...NOTHING, kind: 'opt-out', sentence: stop, bounce: null, isAutomatic };
  const notice = isAutomatic ? readNotice({ subject, text: said, away }, sentences, around) : null;
  const isAbsence = notice?.kind === 'out-of-office' && isAbsenceNotice({ subject, away }, sentences);
  const bounce = report && !isAbsence ? readReported(report, notice, { subject, writtenTo }, isTheirs) : null;
  return bounce ?? { ...(notice ?? plainAnswer(sentences)), bounce: null, isAutomatic };
}

/** What a mail server says in words; null where others write like one, and mean something else: whose form is no report's, their own words come
 *  first; and from the very person we wrote to, whose mailbox is there. */
function readReported(
  report: MachineReport,
  notice: Understanding | null,
  around: { subject: string; writtenTo: string },
  isTheirs: (sentence: string) => boolean,
): Reading | null {
  if (isSame(report.by, around.writtenTo)) return null;
  const isAboutOurs = report.about.some((address) => isSame(address, around.writtenTo)) || saysNotDelivered(around.subject);
  if (!report.isCertain && (!isAboutOurs || (notice && notice.kind !== 'other'))) return null;
  const { sentence, ...bounce } = readWords(report, around, isTheirs);
  return { ...NOTHING, kind: kindOfBounce(bounce), sentence, bounce, isAutomatic: true };
}

/** What a report says in fields made for programs; null for one that has none. */
function readFields({ of, entries, words }: MachineReport, writtenTo: string): Reading | null {
  const bounce = bounceOf(entries, writtenTo);
  const [said = ''] = sentencesOf(words.slice(0, 1000));
  switch (of) {
    case 'complaint':
      return { ...NOTHING, kind: 'complaint', sentence: said, bounce, isAutomatic: true };
    case 'display':
      return { ...NOTHING, kind: 'receipt', sentence: said, bounce, isAutomatic: true };
    case 'other':
      return { ...NOTHING, sentence: said, bounce: null, isAutomatic: true };
    case 'delivery': {
      if (!bounce) return null;
      const sentence = [bounce.status, bounce.action, bounce.recipient].filter(Boolean).join(' ');
      return { ...NOTHING, kind: kindOfBounce(bounce), sentence, bounce, isAutomatic: true };
    }
  }
}

function kindOfBounce({ action }: BounceReport): 'bounce' | 'receipt' {
  return action === 'failed' || action === 'delayed' ? 'bounce' : 'receipt';
}

/** The sentences of a mail's text, of a very long one those at the top and at the end. */
export function sentencesIn(text: string): string[] {
  const all = sentencesOf(unwrapped(text));
  const { first, last } = MOST_SENTENCES;
  return all.length <= first + last ? all : [...all.slice(0, first), ...all.slice(-last)];
}

function theirsUnless(ours: string): (sentence: string) => boolean {
  const known = plainWords(ours);
  return (sentence) => {
    const words = plainWords(sentence);
    return words.trim().split(' ', OURS_FROM).length < OURS_FROM || !known.includes(words);
  };
}

/** Lines that a mail program broke are one again. */
function unwrapped(text: string): string {
  let isOpen = false;
  const parts = text.split('\n').map((line) => {
    const words = line.trim();
    const mark = isOpen && words ? ' ' : '\n';
    isOpen = words.length >= WRAPPED_AT;
    return mark + words;
  });
  return parts.join('');
}

function plainAnswer(sentences: readonly string[]): Understanding {
  const isName = (sentence: string | undefined) =>
    sentence !== undefined && !/[.!?]$/.test(sentence) && sentence.split(' ').length <= NAME_WORDS;
  const isPlain = (sentence: string | undefined) => kindOfPlain(sentence ?? '') !== undefined;
  const inner = sentences.slice(
    isName(sentences[0]) && !isPlain(sentences[0]) ? 1 : 0,
    isName(sentences.at(-1)) && !isPlain(sentences.at(-1)) ? -1 : undefined,
  );
  const [only, ...others] = inner;
  const kind = others.length === 0 ? kindOfPlain(only ?? '') : undefined;
  return kind && only ? { ...NOTHING, kind, sentence: only } : NOTHING;
}

function kindOfPlain(sentence: string): keyof typeof PLAIN | undefined {
  return SAID.get(withoutManners(sentence));
}

const SAID = new Map(
  (['interested', 'no'] as const).flatMap((kind) => PLAIN[kind].split('|').map((words) => [withoutManners(words), kind] as const)),
);
