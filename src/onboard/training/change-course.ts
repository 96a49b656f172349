import { randomUUID } from 'node:crypto';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import {
  aQuestion,
  type Course,
  type CourseContent,
  hasAllParts,
  MOST_COURSES,
  MOST_QUESTIONS,
  MOST_UNITS,
  type Question,
  type Unit,
} from './course.ts';
import { changeCourse, deleteCourseFile, getCourse, insertCourse, listCourses, saveCourseFile } from './course-repository.ts';
import { exampleCourse } from './example-course.ts';

export type CourseSettings = Pick<CourseContent, 'title' | 'about' | 'types' | 'passMark' | 'triesPerDay' | 'validMonths'>;

/** A new course, which partners see once it is opened. Refuses `role-needed`, `course-full` and `course-exists`. */
export async function addCourse(actor: Actor, settings: CourseSettings, at: Date): Promise<Course> {
  return insert(actor, { ...settings, units: [], questions: [], isOpen: false }, at);
}

/** Our own example, open to partners at once; the one that is there already when it was taken over before. Refuses `role-needed` and
 *  `course-full`. */
export async function takeOverExample(actor: Actor, at: Date): Promise<Course> {
  const example = exampleCourse();
  try {
    return await insert(actor, example, at);
  } catch (error) {
    const there = (await listCourses(actor.workspaceId)).find(({ title }) => title === example.title);
    if (there && error instanceof Refusal && error.code === 'course-exists') return there;
    throw error;
  }
}

async function insert(actor: Actor, content: CourseContent, at: Date): Promise<Course> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'course.add', subject: 'course:new', at });
  if ((await listCourses(workspaceId)).length >= MOST_COURSES) throw new Refusal('course-full', { what: 'courses', most: MOST_COURSES });
  const entry = (id: string) =>
    auditEntry({ workspaceId, by: userId, at, action: 'course.add', subject: `course:${id}`, after: { title: content.title } });
  return insertCourse({ ...content, workspaceId, createdBy: userId, createdAt: at }, entry);
}

/** What a form saw: the course, and which version of it. */
export type SeenCourse = { courseId: string; rev: number };

/** Refuses `role-needed`, `course-unknown`, and `course-changed` when somebody changed it since the form was opened. */
export async function saveSettings(actor: Actor, seen: SeenCourse, settings: CourseSettings, at: Date): Promise<Course> {
  return change(actor, seen, { action: 'course.change', at }, () => settings);
}

/** Shows the course to partners, or hides it. Refuses as `saveSettings` does, and `course-empty` while it has nothing to read or to answer. */
export async function openCourse(actor: Actor, seen: SeenCourse, isOpen: boolean, at: Date): Promise<Course> {
  return change(actor, seen, { action: isOpen ? 'course.open' : 'course.hide', at }, (course) => {
    if (isOpen && !hasAllParts(course)) throw new Refusal('course-empty');
    return { isOpen };
  });
}

/** Adds a unit at the end, or puts it in the place of the one with its id. `bytes` are its file's. Refuses as `saveSettings` does, and
 *  `course-full`. */
export async function saveUnit(
  actor: Actor,
  seen: SeenCourse,
  given: Omit<Unit, 'id'> & { id: string | null },
  bytes: Buffer | null,
  at: Date,
): Promise<Course> {
  const unit = { ...given, id: given.id ?? randomUUID() };
  return change(actor, seen, { action: 'course.unit', at }, async ({ id: courseId, workspaceId, units }) => {
    const placed = put(units, unit);
    if (placed.length > MOST_UNITS) throw new Refusal('course-full', { what: 'units', most: MOST_UNITS });
    if (bytes) await saveCourseFile(workspaceId, { courseId, unitId: unit.id }, bytes);
    return { units: placed };
  });
}

/** As `saveUnit`. */
export async function saveQuestion(
  actor: Actor,
  seen: SeenCourse,
  { id, words, right, wrong }: { id: string | null; words: string; right: string; wrong: readonly string[] },
  at: Date,
): Promise<Course> {
  const question = aQuestion(id ?? randomUUID(), words, right, wrong);
  return change(actor, seen, { action: 'course.question', at }, ({ questions }) => {
    const placed = put<Question>(questions, question);
    if (placed.length > MOST_QUESTIONS) throw new Refusal('course-full', { what: 'questions', most: MOST_QUESTIONS });
    return { questions: placed };
  });
}

/** Takes out a unit or a question. What is left empty is hidden from partners. Refuses as `saveSettings` does. */
export async function removePart(actor: Actor, seen: SeenCourse, partId: string, at: Date): Promise<Course> {
  const changed = await change(actor, seen, { action: 'course.remove', at }, (course) => {
    const units = course.units.filter(({ id }) => id !== partId);
    const questions = course.questions.filter(({ id }) => id !== partId);
    return { units, questions, isOpen: course.isOpen && hasAllParts({ units, questions }) };
  });
  await deleteCourseFile(actor.workspaceId, { courseId: seen.courseId, unitId: partId });
  return changed;
}

function put<Part extends { id: string }>(parts: readonly Part[], part: Part): Part[] {
  return parts.some(({ id }) => id === part.id) ? parts.map((one) => (one.id === part.id ? part : one)) : [...parts, part];
}

type Make = (course: Course) => Partial<CourseContent> | Promise<Partial<CourseContent>>;

async function change(actor: Actor, { courseId, rev }: SeenCourse, { action, at }: { action: string; at: Date }, make: Make) {
  const { workspaceId, userId } = actor;
  const subject = `course:${courseId}`;
  await authorise(actor, 'manager', { action, subject, at });
  const course = await getCourse(workspaceId, courseId);
  if (course.rev !== rev) throw new Refusal('course-changed');
  const made = await make(course);
  const before = Object.fromEntries(Object.keys(made).map((key) => [key, course[key as keyof CourseContent]])); // keys of what was made
  return changeCourse(course, made, auditEntry({ workspaceId, by: userId, at, action, subject, before, after: made }));
}
