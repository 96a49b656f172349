import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { inRounds } from '../../platform/in-rounds.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { noteMilestone } from '../checklists/follow-partner.ts';
import { demandPartner } from '../partners/demand-partner.ts';
import type { Partner } from '../partners/partner.ts';
import { personOf } from '../partners/person-of.ts';
import { type Course, grade, hasAllParts, isFor, type Result } from './course.ts';
import { getCourse, getCourseFile, listCourses } from './course-repository.ts';
import { type Certificate, endOf, nextTryAt, type Progress, unreadUnits } from './progress.ts';
import { beginProgress, changeProgress, listProgress } from './progress-repository.ts';

/** One course as one person has it; `progress` is null before they began. */
export type Taken = { course: Course; progress: Progress | null };

/** The courses that somebody of a partner can take, and how far they have come. Refuses `partner-only` and `partner-ended`. */
export async function myCourses(actor: Actor): Promise<Taken[]> {
  const partner = await demandPartner(actor);
  const [courses, progress] = await Promise.all([listCourses(actor.workspaceId), listProgress(actor.workspaceId, partner.id)]);
  const mine = progress.filter(({ userId }) => userId === actor.userId);
  return courses
    .filter((course) => isTheirs(course, partner))
    .map((course) => ({ course, progress: mine.find(({ courseId }) => courseId === course.id) ?? null }));
}

/** Opens one course. Refuses `partner-only`, `partner-ended`, and `course-unknown` for one that is not theirs to take. `name` is who they are by
 *  the partner's list of people. */
async function beginCourse(actor: Actor, courseId: string): Promise<{ course: Course; progress: Progress; name: string }> {
  const partner = await demandPartner(actor);
  const course = await getCourse(actor.workspaceId, courseId);
  if (!isTheirs(course, partner)) throw new Refusal('course-unknown');
  const { contactId, name } = personOf(partner, actor);
  const email = partner.people.find(({ id }) => id === contactId)?.email ?? '';
  const { workspaceId, userId } = actor;
  const progress = await beginProgress({ workspaceId, partnerId: partner.id, companyId: partner.companyId, courseId, userId, email });
  return { course, progress, name };
}

/** Notes that a unit was opened. Refuses as `beginCourse` does; a unit that is gone meanwhile as `course-changed`. */
export async function readUnit(actor: Actor, courseId: string, unitId: string): Promise<{ course: Course; progress: Progress }> {
  return inRounds('opening a unit', async () => {
    const { course, progress } = await beginCourse(actor, courseId);
    if (!course.units.some(({ id }) => id === unitId)) throw new Refusal('course-changed');
    if (progress.readUnits.includes(unitId)) return { done: { course, progress } };
    const changed = await changeProgress(progress, { readUnits: [...progress.readUnits, unitId] }, null);
    return changed && { done: { course, progress: changed } };
  });
}

/** The file of a unit. Refuses as `readUnit` does. */
export async function unitFile(actor: Actor, courseId: string, unitId: string): Promise<{ name: string; bytes: Buffer }> {
  const { course } = await beginCourse(actor, courseId);
  const unit = course.units.find(({ id }) => id === unitId);
  if (!unit?.fileName) throw new Refusal('course-changed');
  return { name: unit.fileName, bytes: await getCourseFile(actor.workspaceId, { courseId, unitId }) };
}

/** A course whose quiz may be taken now. Refuses as `beginCourse` does; `course-unread` while a unit was not opened, and `tries-spent` with the
 *  time of the next try. */
export async function beginQuiz(actor: Actor, courseId: string, at: Date): Promise<{ course: Course; progress: Progress; name: string }> {
  const begun = await beginCourse(actor, courseId);
  const { course, progress } = begun;
  const [unread] = unreadUnits(course, progress);
  if (unread) throw new Refusal('course-unread', { unit: unread.title });
  const next = nextTryAt(progress, course, at);
  if (next) throw new Refusal('tries-spent', { atMs: next.getTime() });
  return begun;
}

/** Who answers, as it should stand on the certificate. */
export const QuizTaker = z.object({ name: z.string('Give your name').trim().min(2, 'Give your name').max(120, 'At most 120 characters') });

export type Answers = {
  courseId: string;
  /** Of the course as it was answered. */
  rev: number;
  chosen: Readonly<Record<string, number>>;
  /** As it should stand on the certificate. */
  name: string;
};
export type Answered = { course: Course; result: Result; certificate: Certificate | null };

/** Counts a try, and gives the certificate when it is passed. Refuses as `beginQuiz` does, and `course-changed` when the course is another than the
 *  one that was answered: that counts no try. */
export async function answerQuiz(actor: Actor, { courseId, rev, chosen, name }: Answers, at: Date): Promise<Answered> {
  const { workspaceId, userId } = actor;
  return inRounds('answering a quiz', async () => {
    const { course, progress } = await beginQuiz(actor, courseId, at);
    if (course.rev !== rev) throw new Refusal('course-changed');
    const result = grade(course, chosen);
    const { right, total, passed } = result;
    const given = { id: randomUUID(), courseTitle: course.title, name, right, total, at, until: endOf(course, at) };
    const certificate = passed ? given : null;
    const change = {
      tries: [...progress.tries, { at, right, total, passed }],
      ...(certificate ? { certificates: [...progress.certificates, certificate] } : {}),
    };
    const after = { courseId, rev, right, total, passed };
    const entry = auditEntry({ workspaceId, by: userId, at, action: 'course.answer', subject: `attempt:${progress.id}`, after });
    // Somebody who sends two forms at once gets two tries at most, one after the other.
    if (!(await changeProgress(progress, change, entry))) return null;
    if (passed) await noteMilestone(workspaceId, progress.partnerId, 'quiz-passed', at);
    return { done: { course, result, certificate } };
  });
}

function isTheirs(course: Course, { types }: Pick<Partner, 'types'>): boolean {
  return course.isOpen && hasAllParts(course) && isFor(course, types);
}
