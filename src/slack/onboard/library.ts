import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { COURSE_TITLE, questionOf, quizForm, resultPage, unitPage } from '../../../blocks/onboard/course.ts';
import { DOCUMENT_WORDS, FILE_SENT, FILE_TITLE, LIBRARY_TITLE, library } from '../../../blocks/onboard/library.ts';
import { showChecklistJob } from '../../../jobs/onboard/show-checklist.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { myAgreements } from '../../onboard/agreements/read-agreements.ts';
import type { FileDocument } from '../../onboard/files/file-link.ts';
import { demandOwn, demandPartner } from '../../onboard/partners/demand-partner.ts';
import { listCertificates } from '../../onboard/training/certificates.ts';
import { answerQuiz, beginQuiz, myCourses, QuizTaker, readUnit } from '../../onboard/training/take-course.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, Caller, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, ownModal, pushModal } from '../modal.ts';
import { sendCopy } from './send-copy.ts';

/** *Library* on the pinned message, and the way back to it. The button names a partner; what is shown is the actor's own. */
export const onShowLibrary =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, LIBRARY_TITLE);
    const { actor } = await partnerPerson(args, 'library.show', now());
    await fillModal(args.client, opened, await libraryView(actor, now()));
  };

/** Refuses `partner-only` and `partner-ended`. */
export async function libraryView(actor: Actor, at: Date, notice = '') {
  const { id: partnerId } = await demandPartner(actor);
  const [agreements, courses, certificates] = await Promise.all([
    myAgreements(actor),
    myCourses(actor),
    listCertificates(actor.workspaceId, partnerId, at),
  ]);
  return library({ partnerId, agreements, courses, certificates }, at, notice);
}

/** Who presses what is for a partner's people, and their partner. Refuses as `demandOwn` does. */
export async function partnerPerson(args: Caller, action: string, at: Date): Promise<{ actor: Actor; partnerId: string }> {
  const actor = await resolveActor(args);
  const { id: partnerId } = await demandOwn(actor, { action, at });
  return { actor, partnerId };
}

const UnitPlace = z.object({ courseId: z.string(), unit: z.number().int().min(0) });

/** Opens one part of a course, which counts as read then. */
export const onTakeCourse =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, COURSE_TITLE);
    const { actor, partnerId } = await partnerPerson(args, 'course.take', now());
    const { courseId, unit } = carried(UnitPlace, args.action.value);
    const course = (await myCourses(actor)).find((one) => one.course.id === courseId)?.course;
    if (!course) throw new Refusal('course-unknown');
    const at = Math.min(unit, course.units.length - 1);
    await readUnit(actor, courseId, course.units[at]?.id ?? '');
    await fillModal(args.client, opened, unitPage(course, at, partnerId));
  };

export const onOpenQuiz =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, COURSE_TITLE);
    const { actor } = await partnerPerson(args, 'course.quiz', now());
    const { course, name } = await beginQuiz(actor, args.action.value ?? '', now());
    await fillModal(args.client, opened, quizForm(course, name));
  };

const Seen = z.object({ courseId: z.string(), rev: z.number().int() });
/** One answer: the index of an option. */
const Chosen = z.coerce.number().int().min(0);

/** Counts the try and shows what was wrong; what is right only once it is passed. */
export const onAnswerQuiz =
  ({ enqueue, now, log }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { view, client } = args;
    const values = formValues(view);
    const form = QuizTaker.safeParse(values);
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, COURSE_TITLE);
    const { actor, partnerId } = await partnerPerson(args, 'course.answer', now());
    const chosen = Object.fromEntries(
      Object.entries(values).flatMap(([field, value]) => {
        const answer = Chosen.safeParse(value);
        const question = questionOf(field);
        return question !== null && answer.success ? [[question, answer.data]] : [];
      }),
    );
    const answered = await answerQuiz(actor, { ...carried(Seen, view.private_metadata), chosen, name: form.data.name }, now());
    const { passed, right, total } = answered.result;
    log.info({ workspace: actor.workspaceId, user: actor.userId, course: answered.course.id, passed, right, total }, 'quiz answered');
    await fillModal(client, opened, resultPage(answered, actor.userId, partnerId));
    if (passed) await enqueue(showChecklistJob, { workspaceId: actor.workspaceId, partnerId });
  };

const FileOfUnit = z.object({ courseId: z.string(), unitId: z.string() });

export const onGetCourseFile =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, FILE_TITLE);
    await partnerPerson(args, 'course.file', deps.now());
    const unit = carried(FileOfUnit, args.action.value);
    await handOver(args, opened, { kind: 'course-file', ...unit }, deps);
  };

const CertificateKey = z.object({ partnerId: z.string(), certificateId: z.string() });

/** *Certificate PDF* in the library and on the partner's card. */
export const onGetCertificate =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, FILE_TITLE);
    const key = carried(CertificateKey, args.action.value);
    await handOver(args, opened, { kind: 'certificate', ...key }, deps);
  };

/** Sends a document to whoever pressed, and says where it is. */
export async function handOver(
  args: Caller,
  opened: { id: string },
  document: FileDocument,
  tools: Pick<Deps, 'publicUrl' | 'linkKey' | 'now'>,
): Promise<void> {
  await sendCopy(args.client, await resolveActor(args), document, DOCUMENT_WORDS[document.kind], tools);
  await fillModal(args.client, opened, noticeModal(FILE_TITLE, FILE_SENT));
}
