import type { Origin } from './company.ts';

/** Evidence older than this says what was, not what is. */
export const FRESH_DAYS = 180;
const DAY_MS = 86_400_000;

/** Whether a fact is too old to be counted as known. */
export function isStale({ at }: Pick<Origin, 'at'>, now: Date): boolean {
  return now.getTime() - at.getTime() > FRESH_DAYS * DAY_MS;
}

/** How old evidence is, as people say it: `today`, `12 days old`, `7 months old`, `2 years old`. */
export function ageWords(at: Date, now: Date): string {
  const days = Math.floor((now.getTime() - at.getTime()) / DAY_MS);
  if (days < 1) return 'today';
  if (days < 60) return old(days, 'day');
  return days < 730 ? old(Math.floor(days / 30.44), 'month') : old(Math.floor(days / 365.25), 'year');
}

function old(n: number, unit: string): string {
  return `${n} ${n === 1 ? unit : `${unit}s`} old`;
}
