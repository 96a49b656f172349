import { TZDate } from '@date-fns/tz';
import { addMonths } from 'date-fns';
import { z } from 'zod';
import type { Course } from './course.ts';

const DAY_MS = 86_400_000;

/** That one person passed a course. */
export const Certificate = z.object({
  id: z.string(),
  courseTitle: z.string(),
  /** Whose it is, as they gave their name. */
  name: z.string(),
  right: z.number().int(),
  total: z.number().int(),
  at: z.date(),
  /** From then on it holds no more; null for one that holds for good. */
  until: z.date().nullable(),
});
export type Certificate = z.infer<typeof Certificate>;

/** How far one person has come in one course. */
export const Progress = z.object({
  id: z.string(),
  workspaceId: z.string(),
  partnerId: z.string(),
  /** The partner's company on file. */
  companyId: z.string(),
  courseId: z.string(),
  /** A Slack user, or `contact:` and the id of somebody who came by mail. */
  userId: z.string(),
  /** As the partner's list of people has it; empty where they are not on it. */
  email: z.string(),
  /** Ids of units they have seen. */
  readUnits: z.array(z.string()),
  tries: z.array(z.object({ at: z.date(), right: z.number().int(), total: z.number().int(), passed: z.boolean() })),
  /** Every one they were given, the newest last. */
  certificates: z.array(Certificate),
  /** Rises with every change: the filter of the next one. */
  rev: z.number().int(),
});
export type Progress = z.infer<typeof Progress>;

/** The newest certificate that holds at `at`; null for none. */
export function validCertificate({ certificates }: Pick<Progress, 'certificates'>, at: Date): Certificate | null {
  return certificates.findLast((one) => one.at <= at && (one.until === null || at < one.until)) ?? null;
}

/** When a certificate ends that is given at `at`: on the same day of a later month, or the last of a shorter one, by UTC. */
export function endOf({ validMonths }: Pick<Course, 'validMonths'>, at: Date): Date | null {
  return validMonths === null ? null : new Date(addMonths(new TZDate(at, 'UTC'), validMonths).getTime());
}

/** When somebody may try again; null for at once. */
export function nextTryAt({ tries }: Pick<Progress, 'tries'>, { triesPerDay }: Pick<Course, 'triesPerDay'>, at: Date): Date | null {
  const recent = tries.filter((one) => at.getTime() - one.at.getTime() < DAY_MS);
  const oldest = recent.at(-triesPerDay);
  return oldest ? new Date(oldest.at.getTime() + DAY_MS) : null;
}

/** Units that are still to be read. A unit that was taken out of the course counts for nothing. */
export function unreadUnits({ units }: Pick<Course, 'units'>, { readUnits }: Pick<Progress, 'readUnits'>): Course['units'] {
  return units.filter(({ id }) => !readUnits.includes(id));
}
