import { TZDate } from '@date-fns/tz';
import { isWorkingDay, type WorkWeek } from '../../onboard/checklists/working-days.ts';

/** One working day: its 24 hours count from midnight to midnight, so that "one working day" ends at the same time of day on the next one. What comes on a
 *  day that is none counts from the next midnight that begins one. */
export const WORKING_DAY_MS = 86_400_000;

/** More days than any deadline spans, holidays and all. */
const MOST_DAYS = 1_500;

/** The moment when so much working time has passed since `at`. The clock is the one on the wall: a change of clocks moves no deadline. */
export function addWorkingTime(at: Date, ms: number, week: WorkWeek): Date {
  let wall = wallOf(at, week.timeZone);
  let left = ms;
  for (let days = 0; days < MOST_DAYS; days++) {
    const midnight = nextMidnight(wall);
    const counts = isWorkingDay(dayOf(wall), week) ? midnight - wall : 0;
    if (counts > 0 && left <= counts) return momentOf(wall + left, week.timeZone);
    left -= counts;
    wall = midnight;
  }
  throw new Error('a workspace has no working days');
}

/** How much working time lies between two moments; 0 when the second is not later. */
export function workingTimeBetween(from: Date, to: Date, week: WorkWeek): number {
  const end = wallOf(to, week.timeZone);
  let sum = 0;
  for (let wall = wallOf(from, week.timeZone); wall < end; wall = nextMidnight(wall)) {
    if (isWorkingDay(dayOf(wall), week)) sum += Math.min(nextMidnight(wall), end) - wall;
  }
  return sum;
}

/** The local time, as if it were UTC: there every day has 24 hours. */
function wallOf(at: Date, timeZone: string): number {
  const local = new TZDate(at, timeZone);
  const [hours, minutes, seconds, ms] = [local.getHours(), local.getMinutes(), local.getSeconds(), local.getMilliseconds()];
  return Date.UTC(local.getFullYear(), local.getMonth(), local.getDate(), hours, minutes, seconds, ms);
}

function momentOf(wall: number, timeZone: string): Date {
  const at = new Date(wall);
  const [year, month, date] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const [hours, minutes, seconds, ms] = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds(), at.getUTCMilliseconds()];
  return new Date(new TZDate(year, month, date, hours, minutes, seconds, ms, timeZone).getTime());
}

function nextMidnight(wall: number): number {
  return (Math.floor(wall / WORKING_DAY_MS) + 1) * WORKING_DAY_MS;
}

function dayOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}
