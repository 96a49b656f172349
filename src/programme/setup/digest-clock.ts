import { TZDate } from '@date-fns/tz';
import { addDays, format, getISODay, startOfDay, subHours } from 'date-fns';
import type { DigestSettings } from './programme.ts';

/** The calendar day `YYYY-MM-DD` at that instant in that zone. */
export function localDay(at: Date, timeZone: string): string {
  return format(new TZDate(at, timeZone), 'yyyy-MM-dd');
}

/** The first instant of a calendar day `YYYY-MM-DD` in that zone. */
export function startOfLocalDay(day: string, timeZone: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(new TZDate(year, month - 1, date, timeZone).getTime());
}

/** Noon of a calendar day `YYYY-MM-DD` in that zone: the instant of what knows no more than its day. */
export function noonOfLocalDay(day: string, timeZone: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(new TZDate(year, month - 1, date, 12, timeZone).getTime());
}

/** The day a digest is due for at `now`, or null. Due from the chosen hour until midnight of a working day, so that a missed
 *  hour is caught up the same day and never the next. An hour that daylight saving skips is due at the first instant after it. */
export function digestDueDay(settings: DigestSettings, now: Date): string | null {
  const local = new TZDate(now, settings.timeZone);
  if (!settings.weekdays.includes(getISODay(local))) return null;
  return now >= hourOf(local, settings.hour) ? localDay(now, settings.timeZone) : null;
}

/** The first instant after `after` at which a digest falls due. */
export function nextDigestAt(settings: DigestSettings, after: Date): Date {
  const today = new TZDate(after, settings.timeZone);
  for (let days = 0; days <= 8; days++) {
    const day = addDays(today, days);
    const due = hourOf(day, settings.hour);
    if (settings.weekdays.includes(getISODay(day)) && due > after) return due;
  }
  throw new Error('no weekday is chosen');
}

/** The instant a local hour begins. Of an hour that daylight saving repeats, the first. */
function hourOf(local: TZDate, hour: number): Date {
  const day = startOfDay(local);
  const at = new TZDate(day.getFullYear(), day.getMonth(), day.getDate(), hour, local.timeZone ?? 'UTC');
  const hourBefore = subHours(at, 1);
  return new Date((hourBefore.getHours() === hour ? hourBefore : at).getTime());
}
