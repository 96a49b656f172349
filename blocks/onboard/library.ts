import type { KnownBlock } from '@slack/types';
import type { AgreementState } from '../../src/onboard/agreements/agreement-version.ts';
import type { FileDocument } from '../../src/onboard/files/file-link.ts';
import { FILE_LINK_DAYS } from '../../src/onboard/files/file-link.ts';
import type { Held } from '../../src/onboard/training/certificates.ts';
import { unreadUnits, validCertificate } from '../../src/onboard/training/progress.ts';
import type { Taken } from '../../src/onboard/training/take-course.ts';
import { actions, button, type Modal, modal } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, day, divider, escaped, escapedTo, link, moment, plainTo, section, shorten } from '../mrkdwn.ts';
import { count } from '../words.ts';
import { copyButton, versionName } from './agreement.ts';

export const LIBRARY_TITLE = 'Library';
/** A modal holds 100 blocks. */
const MOST_CERTIFICATES = 20;

/** What a partner's person finds here: the agreement, training, certificates. `notice` says what was just done. */
export type Library = {
  partnerId: string;
  agreements: readonly AgreementState[];
  courses: readonly Taken[];
  certificates: readonly Held[];
};

export function library({ partnerId, agreements, courses, certificates }: Library, at: Date, notice = ''): Modal {
  const shown = certificates.slice(0, MOST_CERTIFICATES);
  return modal(LIBRARY_TITLE, [
    ...(notice ? [section(`:white_check_mark: ${notice}`)] : []),
    section('*Agreement*'),
    ...(agreements.length > 0
      ? agreements.flatMap((state) => agreementBlocks(state, at))
      : [context('There is none yet. You hear of it in your channel when there is one to accept.')]),
    divider,
    section('*Training*'),
    ...(courses.length > 0 ? courses.map((taken) => courseBlock(taken, at)) : [context('There is none yet. You hear here when there is.')]),
    divider,
    section('*Certificates of your company*'),
    ...(shown.length > 0
      ? shown.map((one) => certificateBlock(one, partnerId))
      : [context('None yet. Whoever passes the quiz of a training gets one.')]),
    ...(certificates.length > shown.length
      ? [context(`…and ${certificates.length - shown.length} more; ask your contact for a list.`)]
      : []),
  ]);
}

function agreementBlocks({ version, acceptance, isAsked, by }: AgreementState, at: Date): KnownBlock[] {
  const read = (label: string) => button(ACTIONS.agreementRead, label, JSON.stringify({ versionId: version.id, page: 0 }));
  const name = `*${versionName(version)}*`;
  if (acceptance) {
    const words = `:white_check_mark: ${name}\nAccepted by ${escaped(shorten(acceptance.name, 80))}, ${moment(acceptance.at)}.`;
    return [section(words), actions(`agreement:${version.id}`, read('Read'), copyButton(acceptance))];
  }
  if (!isAsked)
    return [section(`${name}\nNewer than what you accepted, which still holds.`), actions(`agreement:${version.id}`, read('Read'))];
  const until = by ? (by <= at ? ` It was due by ${day(by)}.` : ` Please do so by ${day(by)}.`) : '';
  return [
    section(`:pencil: ${name}\nWaits for you to read and accept it.${until}`),
    actions(`agreement:${version.id}`, read('Read and Accept')),
  ];
}

function courseBlock({ course, progress }: Taken, at: Date): KnownBlock {
  const value = (unit: number) => JSON.stringify({ courseId: course.id, unit });
  const { title, about, units } = course;
  const unread = progress ? unreadUnits(course, progress) : units;
  const certificate = progress && validCertificate(progress, at);
  const ended = !certificate && progress ? progress.certificates.at(-1)?.until : null;
  const state = certificate
    ? `:white_check_mark: Passed${certificate.until ? `, valid until ${day(certificate.until)}` : ''}.`
    : `${ended ? `Your certificate ended on ${day(ended)}. ` : ''}${stateWords(units.length - unread.length, units.length)}`;
  const next = unread[0] ? units.indexOf(unread[0]) : 0;
  const accessory =
    unread.length > 0
      ? button(ACTIONS.courseTake, unread.length === units.length ? 'Start' : 'Go On', value(next))
      : certificate
        ? button(ACTIONS.courseTake, 'Read Again', value(0))
        : button(ACTIONS.courseQuiz, 'Take the Quiz', course.id);
  return { ...section(`*${plainTo(title, 150)}*\n${about ? `${escapedTo(about, 500)}\n` : ''}${state}`), accessory };
}

function stateWords(read: number, all: number): string {
  if (read === 0) return `${count(all, 'part')} and a quiz.`;
  return read < all ? `${read} of ${count(all, 'part')} read.` : 'All parts read; the quiz is next.';
}

function certificateBlock(one: Held, partnerId: string): KnownBlock {
  return { ...section(certificateWords(one)), accessory: certificateButton(one, partnerId) };
}

/** Name, course and until when; among the partner's papers too. */
export function certificateWords({ name, courseTitle, until }: Held): string {
  const valid = until ? `valid until ${day(until)}` : 'valid without end';
  return `${escaped(shorten(name, 80))}: *${plainTo(courseTitle, 150)}*, ${valid}`;
}

export function certificateButton({ id }: Held, partnerId: string) {
  return button(ACTIONS.certificateCopy, 'Certificate PDF', JSON.stringify({ partnerId, certificateId: id }));
}

/** In the place of a file that Slack did not take. The address stands in the blocks alone: the text is what notifications show. */
export function fileLinkMessage(name: string, url: string): { text: string; blocks: KnownBlock[] } {
  const text = `Slack did not take the file *${plainTo(name, 100)}*. Here is a link to it instead.`;
  const until = `The link works for ${FILE_LINK_DAYS} days. Whoever has it can open the file, so keep it to yourselves.`;
  return { text, blocks: [section(`:paperclip: ${text}\n${link(url, 'Download the file')}`), context(until)] };
}

export const FILE_TITLE = 'Your file';
export const FILE_SENT = 'It is in our direct messages.';
/** Said with a document in direct messages. */
export const DOCUMENT_WORDS: Record<FileDocument['kind'], string> = {
  terms: 'The agreement.',
  acceptance: 'The accepted agreement.',
  'course-file': 'The file from the training.',
  certificate: 'The certificate.',
};
