import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PartnerType } from '../../programme/setup/programme.ts';

/** A quiz stands in one modal of 100 blocks, with its answers. */
export const MOST_QUESTIONS = 15;
export const MOST_UNITS = 20;
export const MOST_COURSES = 25;
export const MOST_FILE_BYTES = 5 * 1024 * 1024;
/** Slack shows no more of an option. Source: reference/block-kit/composition-objects, option. */
export const LONGEST_ANSWER = 75;

export const UNIT_KINDS = ['text', 'video', 'file'] as const;

/** A few minutes of a course. */
export const Unit = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(UNIT_KINDS),
  /** What is read; with a video or a file, what to look for in it. */
  text: z.string(),
  /** Of a video; else empty. */
  url: z.string(),
  /** Of a file; else empty. */
  fileName: z.string(),
});
export type Unit = z.infer<typeof Unit>;

/** One of its answers is right. */
export const Question = z.object({
  id: z.string(),
  words: z.string(),
  /** In the order in which they are shown. */
  answers: z.array(z.string()).min(2),
  /** Index of the right one. */
  right: z.number().int(),
});
export type Question = z.infer<typeof Question>;

export const Course = z.object({
  id: z.string(),
  workspaceId: z.string(),
  title: z.string(),
  about: z.string(),
  /** For which types of partners; empty for all. */
  types: z.array(PartnerType),
  /** Percent of the questions that must be right, 1–100. */
  passMark: z.number().int(),
  /** Tries of one person within 24 hours. */
  triesPerDay: z.number().int(),
  /** How long its certificate holds; null for good. */
  validMonths: z.number().int().nullable(),
  units: z.array(Unit),
  questions: z.array(Question),
  /** Whether partners see it. */
  isOpen: z.boolean(),
  createdBy: z.string(),
  createdAt: z.date(),
  /** Rises with every change: answers to an older one do not count. */
  rev: z.number().int(),
});
export type Course = z.infer<typeof Course>;

/** What a course is made of before it is stored. */
export type CourseContent = Omit<Course, 'id' | 'workspaceId' | 'createdBy' | 'createdAt' | 'rev'>;

/** What can be taken: a course without something to read or to answer is not. */
export function hasAllParts({ units, questions }: Pick<Course, 'units' | 'questions'>): boolean {
  return units.length > 0 && questions.length > 0;
}

export function isFor({ types }: Pick<Course, 'types'>, theirs: readonly PartnerType[]): boolean {
  return types.length === 0 || types.some((type) => theirs.includes(type));
}

/** The answers in an order that says nothing of which is right, and stays the same whenever the question is shown. */
export function aQuestion(id: string, words: string, right: string, wrong: readonly string[]): Question {
  const keyOf = (answer: string) => createHash('sha256').update(`${id} ${answer}`).digest('hex');
  const answers = [...new Set([right, ...wrong])].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
  return { id, words, answers, right: answers.indexOf(right) };
}

export type Result = { right: number; total: number; passed: boolean; wrong: string[] };

/** `chosen`: the index of the answer by question; one left out is wrong. Passed when at least `passMark` percent are right. */
export function grade({ questions, passMark }: Pick<Course, 'questions' | 'passMark'>, chosen: Readonly<Record<string, number>>): Result {
  const wrong = questions.filter(({ id, right }) => chosen[id] !== right).map(({ id }) => id);
  const total = questions.length;
  const right = total - wrong.length;
  // In whole numbers: two of three are no 67 %.
  return { right, total, passed: total > 0 && right * 100 >= passMark * total, wrong };
}
