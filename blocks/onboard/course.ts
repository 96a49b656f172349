import type { KnownBlock } from '@slack/types';
import type { Course, Unit } from '../../src/onboard/training/course.ts';
import type { Answered } from '../../src/onboard/training/take-course.ts';
import { actions, button, input, type Modal, modal, option, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, day, escapedTo, link, plainTo, section, verbatim } from '../mrkdwn.ts';
import { certificateButton } from './library.ts';

export const COURSE_TITLE = 'Training';
const ANSWER = 'answer-';

/** One part of a course, with the way to the next one, or to the quiz. */
export function unitPage(course: Course, at: number, partnerId: string): Modal {
  const { id: courseId, title, units } = course;
  const unit = units[at];
  const place = (to: number) => JSON.stringify({ courseId, unit: to });
  const isLast = at >= units.length - 1;
  return modal(COURSE_TITLE, [
    context(`${plainTo(title, 150)} · part ${at + 1} of ${units.length}`),
    ...(unit ? unitBlocks(unit, courseId) : []),
    actions(
      `course:${courseId}:${at}`,
      ...(at > 0 ? [button(ACTIONS.courseTurn, 'Previous Part', place(at - 1))] : []),
      isLast
        ? button(ACTIONS.courseQuiz, 'Take the Quiz', courseId, { style: 'primary' })
        : button(ACTIONS.courseTake, 'Next Part', place(at + 1)),
      button(ACTIONS.libraryShow, 'Back to Library', partnerId),
    ),
  ]);
}

function unitBlocks({ id, title, kind, text, url, fileName }: Unit, courseId: string): KnownBlock[] {
  const head = section(`*${plainTo(title, 150)}*`);
  const words = verbatim(text);
  if (kind === 'video') return [head, section(`:arrow_forward: ${link(url, 'Watch the video')}`), ...words];
  if (kind !== 'file') return [head, ...words];
  const get = button(ACTIONS.courseFile, 'Get the File', JSON.stringify({ courseId, unitId: id }));
  return [head, { ...section(`:paperclip: ${plainTo(fileName, 100)}`), accessory: get }, ...words];
}

/** Every question with its answers; `name` is whose certificate it becomes. */
export function quizForm({ id: courseId, title, questions, passMark, rev }: Course, name: string): Modal {
  return modal(
    COURSE_TITLE,
    [
      section(`*${plainTo(title, 150)}*: the quiz\n${passMark} % must be right.`),
      textInput('name', 'Your name, as it shall stand on the certificate', name, { max: 120 }),
      ...questions.map(({ id, words, answers }) =>
        input(answerField(id), words, { type: 'radio_buttons', options: answers.map((answer, index) => option(String(index), answer)) }),
      ),
    ],
    { id: VIEWS.courseAnswer, submit: 'Send Answers', metadata: JSON.stringify({ courseId, rev }) },
  );
}

/** The field that holds the answer to a question. */
export function answerField(questionId: string): string {
  return `${ANSWER}${questionId}`;
}

/** The question that a field answers; null for another field. */
export function questionOf(field: string): string | null {
  return field.startsWith(ANSWER) ? field.slice(ANSWER.length) : null;
}

/** What came of it: which were wrong, and the right answers only to whoever has passed. */
export function resultPage({ course, result, certificate }: Answered, userId: string, partnerId: string): Modal {
  const { right, total, passed, wrong } = result;
  const lines = course.questions.map(({ id, words, answers, right: index }) => {
    const mark = wrong.includes(id) ? ':x:' : ':white_check_mark:';
    return `${mark} ${escapedTo(words, 200)}${passed ? `\n        _${plainTo(answers[index] ?? '', 100)}_` : ''}`;
  });
  const until = certificate?.until ? ` It is valid until ${day(certificate.until)}.` : '';
  const head = passed
    ? `:tada: *Passed*: ${right} of ${total} right. The certificate is yours.${until}`
    : `*Not passed this time*: ${right} of ${total} right, and ${course.passMark} % are needed. Look at the parts again and try once more.`;
  const held = certificate && { ...certificate, courseId: course.id, userId };
  return modal(COURSE_TITLE, [
    section(head),
    ...lines.map((line) => section(line)),
    actions(
      `result:${course.id}`,
      ...(held ? [certificateButton(held, partnerId)] : []),
      ...(passed ? [] : [button(ACTIONS.courseTake, 'Read the Parts Again', JSON.stringify({ courseId: course.id, unit: 0 }))]),
      ...(passed ? [] : [button(ACTIONS.courseQuiz, 'Try Once More', course.id)]),
      button(ACTIONS.libraryShow, 'Back to Library', partnerId),
    ),
  ]);
}
