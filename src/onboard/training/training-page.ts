import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { fieldHtml, type Html, html } from '../pages/html.ts';
import { formHtml, type PageFile, type PageSection } from '../pages/page-section.ts';
import type { Visit } from '../pages/visit.ts';
import { certificateCopy } from './certificates.ts';
import type { Course, Unit } from './course.ts';
import { unreadUnits, validCertificate } from './progress.ts';
import { type Answered, answerQuiz, beginQuiz, myCourses, QuizTaker, readUnit, type Taken, unitFile } from './take-course.ts';

/** The words of this part of the page. */
const WORDS = {
  title: 'Training',
  none: 'There is no training yet.',
  open: 'Open',
  next: 'Next Part',
  quiz: 'Take the Quiz',
  answer: 'Send Answers',
  name: 'Your name, as it shall stand on the certificate',
  file: 'Get the File',
  video: 'Watch the video',
  certificate: 'Get the Certificate',
  passed: 'Passed. The certificate is yours.',
  failed: 'Not passed this time. Look at the parts again and try once more.',
  back: 'All training',
};

/** Reading courses and taking their quizzes, as in Slack: each step is a form of its own. */
export function trainingSection(): PageSection {
  return { path: 'training', title: WORDS.title, object: 'asset', show: coursesHtml, take: takeStep };
}

/** What the forms of this section ask for. */
type Sending = 'unit' | 'file' | 'quiz' | 'answer' | 'certificate';

function stepForm(visit: Visit, button: string, step: Sending, hidden: Record<string, string>, fields: readonly Html[] = []): Html {
  return formHtml(visit, button, fields, { ...hidden, step });
}

async function takeStep(visit: Visit, form: URLSearchParams): Promise<Html | PageFile> {
  const { actor, at } = visit;
  const courseId = form.get('course') ?? '';
  const unitId = form.get('unit') ?? '';
  switch (form.get('step')) {
    case 'unit':
      return unitHtml(visit, (await readUnit(actor, courseId, unitId)).course, unitId);
    case 'file':
      return unitFile(actor, courseId, unitId);
    case 'quiz': {
      const { course, name } = await beginQuiz(actor, courseId, at);
      return quizHtml(visit, course, name);
    }
    case 'answer':
      return answerHtml(visit, courseId, form);
    case 'certificate':
      return certificateCopy(actor, { partnerId: actor.partnerId, certificateId: form.get('certificate') ?? '' }, at);
    default:
      throw new Refusal('course-unknown');
  }
}

async function coursesHtml(visit: Visit): Promise<Html> {
  const courses = await myCourses(visit.actor);
  return html`${courses.length > 0 ? courses.map((taken) => courseHtml(visit, taken)) : html`<p>${WORDS.none}</p>`}`;
}

function courseHtml(visit: Visit, { course, progress }: Taken): Html {
  const unread = progress ? unreadUnits(course, progress) : course.units;
  const certificate = progress && validCertificate(progress, visit.at);
  const unit = unread[0] ?? course.units[0];
  const read = `${course.units.length - unread.length} of ${course.units.length} parts read.`;
  const until = certificate?.until ? ` until ${dayOf(certificate.until)}` : '';
  return html`<h2>${course.title}</h2><p>${course.about}</p>
<p>${certificate ? `Passed; the certificate is valid${until}.` : read}</p>
${certificate ? stepForm(visit, WORDS.certificate, 'certificate', { certificate: certificate.id }) : null}
${unit ? stepForm(visit, WORDS.open, 'unit', { course: course.id, unit: unit.id }) : null}
${unread.length === 0 && !certificate ? stepForm(visit, WORDS.quiz, 'quiz', { course: course.id }) : null}`;
}

function unitHtml(visit: Visit, { id: course, title, units }: Course, unitId: string): Html {
  const at = units.findIndex(({ id }) => id === unitId);
  const [unit, next] = [units[at], units[at + 1]];
  return html`<p>${title}, part ${at + 1} of ${units.length}</p>${unit ? partHtml(visit, course, unit) : null}
${next ? stepForm(visit, WORDS.next, 'unit', { course, unit: next.id }) : stepForm(visit, WORDS.quiz, 'quiz', { course })}
<p><a href="training">${WORDS.back}</a></p>`;
}

function partHtml(visit: Visit, course: string, { id, title, kind, text, url }: Unit): Html {
  return html`<h2>${title}</h2>
${kind === 'video' ? html`<p><a href="${url}" rel="noreferrer">${WORDS.video}</a></p>` : null}
${text.split(/\r?\n/).map((line) => html`<p>${line}</p>`)}
${kind === 'file' ? stepForm(visit, WORDS.file, 'file', { course, unit: id }) : null}`;
}

/** Faults are said beside the name, and what was chosen stays chosen. */
async function answerHtml(visit: Visit, courseId: string, form: URLSearchParams): Promise<Html> {
  const { actor, at } = visit;
  const chosen = chosenIn(form);
  const name = form.get('name') ?? '';
  const read = QuizForm.safeParse({ name, rev: form.get('rev') });
  if (read.success) return resultHtml(visit, await answerQuiz(actor, { courseId, chosen, ...read.data }, at));
  const { course } = await beginQuiz(actor, courseId, at);
  return quizHtml(visit, course, name, { chosen, wrong: read.error.issues[0]?.message });
}

type Sent = { chosen: Readonly<Record<string, number>>; wrong: string | undefined };

function quizHtml(
  visit: Visit,
  { id, rev, title, passMark, questions }: Course,
  name: string,
  { chosen, wrong }: Sent = NOTHING_SENT,
): Html {
  const fields = questions.map(({ id: question, words, answers }) => {
    const options = answers.map((label, index) => ({ value: String(index), label }));
    return fieldHtml({ kind: 'choice', name: `answer-${question}`, label: words, value: String(chosen[question] ?? ''), options });
  });
  const who = fieldHtml({ kind: 'text', name: 'name', label: WORDS.name, value: name, max: 120, wrong });
  return html`<h2>${title}: the quiz</h2><p>${passMark} % must be right.</p>
${stepForm(visit, WORDS.answer, 'answer', { course: id, rev: String(rev) }, [who, ...fields])}`;
}

const NOTHING_SENT: Sent = { chosen: {}, wrong: undefined };
const Digits = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const QuizForm = QuizTaker.extend({ rev: Digits });

/** The index of an option for each question; one that was not answered counts as wrong. */
function chosenIn(form: URLSearchParams): Record<string, number> {
  const given = [...form].flatMap(([field, value]) => {
    const answer = Digits.safeParse(value);
    return field.startsWith('answer-') && answer.success ? [[field.slice('answer-'.length), answer.data]] : [];
  });
  return Object.fromEntries(given);
}

/** Which were wrong; what is right only to whoever has passed. */
function resultHtml(visit: Visit, { course, result, certificate }: Answered): Html {
  const { right, total, passed, wrong } = result;
  const lines = course.questions.map(({ id, words, answers, right: index }) => {
    const state = wrong.includes(id) ? 'wrong' : 'right';
    return html`<li>${words}: ${state}${passed ? html`<br>${answers[index] ?? ''}` : null}</li>`;
  });
  return html`<p role="status"><strong>${passed ? WORDS.passed : WORDS.failed}</strong></p><p>${right} of ${total} right.</p><ul class="list">${lines}</ul>
${certificate ? stepForm(visit, WORDS.certificate, 'certificate', { certificate: certificate.id }) : stepForm(visit, WORDS.quiz, 'quiz', { course: course.id })}
<p><a href="training">${WORDS.back}</a></p>`;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
