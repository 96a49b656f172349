import { z } from 'zod';
import type { Modal } from '../../../blocks/elements.ts';
import { courseForm, coursePage, coursesPage, questionForm, TRAINING_TITLE, unitForm } from '../../../blocks/onboard/training.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import {
  addCourse,
  openCourse,
  removePart,
  type SeenCourse,
  saveQuestion,
  saveSettings,
  saveUnit,
  takeOverExample,
} from '../../onboard/training/change-course.ts';
import { LONGEST_ANSWER, MOST_FILE_BYTES, UNIT_KINDS } from '../../onboard/training/course.ts';
import { getCourse, listCourses } from '../../onboard/training/course-repository.ts';
import { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { downloadFile } from '../download-file.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, Caller, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal, ownModal } from '../modal.ts';

/** `/partners training`: every course, for managers. */
export async function openTraining(args: Caller, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, TRAINING_TITLE);
  const actor = await demandManager(args, now());
  await fillModal(args.client, opened, coursesPage(await listCourses(actor.workspaceId)));
}

async function demandManager(args: Caller, at: Date): Promise<Actor> {
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action: 'course.edit', subject: 'course:all', at });
  return actor;
}

/** A button of the editor: shows in its modal what `show` makes of the button's value. */
const onPress =
  (show: (actor: Actor, value: string, at: Date) => Promise<Modal>) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, TRAINING_TITLE);
    const actor = await demandManager(args, now());
    await fillModal(args.client, opened, await show(actor, args.action.value ?? '', now()));
  };

const Seen = z.object({ courseId: z.string(), rev: z.number().int() });
const SeenPart = Seen.extend({ partId: z.string().nullish().default(null) });

/** The course as it is, with the part that the button names. Refuses `course-unknown`. */
async function courseOf({ workspaceId }: Actor, value: string) {
  const { courseId, partId } = carried(SeenPart, value);
  return { course: await getCourse(workspaceId, courseId), partId };
}

export const onListCourses = onPress(async ({ workspaceId }) => coursesPage(await listCourses(workspaceId)));
export const onNewCourse = onPress(async () => courseForm(null));
export const onTakeOverExample = onPress(async (actor, _value, at) => coursePage(await takeOverExample(actor, at)));
export const onOpenCourse = onPress(async ({ workspaceId }, courseId) => coursePage(await getCourse(workspaceId, courseId)));
export const onOpenSettings = onPress(async (actor, value) => courseForm((await courseOf(actor, value)).course));
export const onOpenUnit = onPress(async (actor, value) => {
  const { course, partId } = await courseOf(actor, value);
  return unitForm(course, course.units.find(({ id }) => id === partId) ?? null);
});
export const onOpenQuestion = onPress(async (actor, value) => {
  const { course, partId } = await courseOf(actor, value);
  return questionForm(course, course.questions.find(({ id }) => id === partId) ?? null);
});
export const onRemovePart = onPress(async (actor, value, at) => {
  const { partId, ...seen } = carried(SeenPart, value);
  return coursePage(await removePart(actor, seen, partId ?? '', at));
});
export const onSwitchCourse = onPress(async (actor, value, at) => {
  const { isOpen, ...seen } = carried(Seen.extend({ isOpen: z.boolean() }), value);
  return coursePage(await openCourse(actor, seen, isOpen, at));
});

const whole = (min: number, max: number) =>
  z.coerce.number('Give a number').int('Give a whole number').min(min, `At least ${min}`).max(max, `At most ${max}`);
const title = z.string('Give it a title').trim().min(2, 'Give it a title').max(150);

const CourseForm = z.object({
  title,
  about: z.string().trim().max(500).default(''),
  types: z.array(PartnerType).default([]),
  passMark: whole(1, 100),
  triesPerDay: whole(1, 20),
  validMonths: whole(1, 120).nullable().default(null),
});

export const onSaveCourse =
  ({ now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = CourseForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, TRAINING_TITLE);
    const actor = await resolveActor(args);
    const seen = carried(Seen.nullable(), args.view.private_metadata);
    const course = seen ? await saveSettings(actor, seen, form.data, now()) : await addCourse(actor, form.data, now());
    await fillModal(args.client, opened, coursePage(course));
  };

const UnitForm = z
  .object({
    title,
    kind: z.enum(UNIT_KINDS),
    text: z.string().trim().default(''),
    url: z.string().trim().default(''),
    file: z.array(z.object({ id: z.string(), name: z.string().default('file') })).default([]),
  })
  .refine(({ kind, text }) => kind !== 'text' || text !== '', { path: ['text'], message: 'Write what is to be read' })
  .refine(({ kind, url }) => kind !== 'video' || z.url({ protocol: /^https$/ }).safeParse(url).success, {
    path: ['url'],
    message: 'Give the link, such as https://example.com/video',
  });

export const onSaveUnit =
  ({ now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = UnitForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { partId, ...seen } = carried(SeenPart, args.view.private_metadata);
    const { kind, file, url, ...words } = form.data;
    const [chosen] = kind === 'file' ? file : [];
    if (kind === 'file' && !chosen && !partId) return args.ack({ response_action: 'errors', errors: { file: 'Choose the file' } });
    const opened = await keepOpen(args, TRAINING_TITLE);
    const actor = await demandManager(args, now());
    const bytes = chosen ? Buffer.from(await downloadFile(args.client, chosen.id)) : null;
    if (bytes && bytes.length > MOST_FILE_BYTES) throw new Refusal('file-unreadable', { problem: 'too-large' });
    const fileName = kind === 'file' ? (chosen?.name ?? (await nameOfFile(actor, seen, partId))) : '';
    const unit = { ...words, id: partId, kind, url: kind === 'video' ? url : '', fileName };
    await fillModal(args.client, opened, coursePage(await saveUnit(actor, seen, unit, bytes, now())));
  };

/** Of the file that a part has already. */
async function nameOfFile({ workspaceId }: Actor, { courseId }: SeenCourse, partId: string | null): Promise<string> {
  const { units } = await getCourse(workspaceId, courseId);
  const name = units.find(({ id }) => id === partId)?.fileName;
  if (!name) throw new Refusal('course-changed');
  return name;
}

const answer = z.string('Give the right answer').trim().min(1, 'Give the right answer').max(LONGEST_ANSWER);
const QuestionForm = z
  .object({
    words: z.string('Write the question').trim().min(3, 'Write the question').max(300),
    right: answer,
    wrong: z.string('Give at least one').transform((lines) => [
      ...new Set(
        lines
          .split('\n')
          .map((one) => one.trim())
          .filter(Boolean),
      ),
    ]),
  })
  .refine(({ wrong }) => wrong.length >= 1 && wrong.length <= 5, { path: ['wrong'], message: 'Give one to five, one a line' })
  .refine(({ wrong }) => wrong.every((one) => one.length <= LONGEST_ANSWER), {
    path: ['wrong'],
    message: `Slack shows ${LONGEST_ANSWER} characters of an answer; shorten the longest`,
  })
  .refine(({ wrong, right }) => !wrong.includes(right), { path: ['wrong'], message: 'The right answer stands among the wrong ones' });

export const onSaveQuestion =
  ({ now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = QuestionForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, TRAINING_TITLE);
    const actor = await resolveActor(args);
    const { partId, ...seen } = carried(SeenPart, args.view.private_metadata);
    const course = await saveQuestion(actor, seen, { ...form.data, id: partId }, now());
    await fillModal(args.client, opened, coursePage(course));
  };
