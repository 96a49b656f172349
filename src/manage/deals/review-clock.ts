import { type WorkWeek, workWeekOf } from '../../onboard/checklists/working-days.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { getDealRules } from '../deal-rules/deal-rules-repository.ts';
import { addWorkingTime, WORKING_DAY_MS } from './working-time.ts';

/** The part of the time for a review after which the owner and the reviewers are told that it runs out. */
const ESCALATE_AT = 0.8;

export type ReviewTimes = { dueAt: Date; escalateAt: Date; escalatedAt: null };

/** When a review that begins at `at` should be done: so many working days later, at the same time of day, on the workspace's calendar. */
export function reviewTimes(at: Date, reviewDays: number, week: WorkWeek): ReviewTimes {
  const whole = reviewDays * WORKING_DAY_MS;
  return { dueAt: addWorkingTime(at, whole, week), escalateAt: addWorkingTime(at, whole * ESCALATE_AT, week), escalatedAt: null };
}

/** The same, as the workspace has decided; begun anew with a registration, an answer and an appeal. */
export async function readReviewTimes(workspaceId: string, at: Date): Promise<ReviewTimes> {
  const { reviewDays } = await getDealRules(workspaceId);
  return reviewTimes(at, reviewDays, await readReviewWeek(workspaceId));
}

/** When the workspace works, its holidays left out. */
export async function readReviewWeek(workspaceId: string): Promise<WorkWeek> {
  const [{ holidays }, programme] = await Promise.all([getDealRules(workspaceId), getProgramme(workspaceId)]);
  return workWeekOf(programme, holidays);
}
