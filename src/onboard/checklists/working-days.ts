import { localDay } from '../../programme/setup/digest-clock.ts';
import type { Programme } from '../../programme/setup/programme.ts';

/** When a workspace works: its zone, ISO weekdays (1 is Monday), and the days, `YYYY-MM-DD`, on which nobody works all the same. */
export type WorkWeek = { timeZone: string; weekdays: readonly number[]; holidays?: readonly string[] };

/** As the digest's settings have it; Monday to Friday in UTC where there are none. */
export function workWeekOf({ digest }: Pick<Programme, 'digest'>, holidays: readonly string[] = []): WorkWeek {
  const { timeZone, weekdays } = digest ?? { timeZone: 'UTC', weekdays: [1, 2, 3, 4, 5] };
  return { timeZone, weekdays, ...(holidays.length > 0 ? { holidays } : {}) };
}

const DAY_MS = 86_400_000;

/** Days are `YYYY-MM-DD` and counted in UTC, where each has 24 hours: no change of clocks moves one. */
function nextDay(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

export function isWorkingDay(day: string, { weekdays, holidays = [] }: Omit<WorkWeek, 'timeZone'>): boolean {
  return weekdays.includes(new Date(Date.parse(day)).getUTCDay() || 7) && !holidays.includes(day);
}

/** The local day that is `count` working days after the one of `at`. */
export function addWorkingDays(at: Date, count: number, week: WorkWeek): string {
  let day = localDay(at, week.timeZone);
  for (let left = count; left > 0; ) {
    day = nextDay(day);
    if (isWorkingDay(day, week)) left--;
  }
  return day;
}

/** How many working days `today` is past a due day; 0 on it and before. */
export function workingDaysLate(dueOn: string, today: string, week: Omit<WorkWeek, 'timeZone'>): number {
  let late = 0;
  for (let day = dueOn; day < today; ) {
    day = nextDay(day);
    if (isWorkingDay(day, week)) late++;
  }
  return late;
}
