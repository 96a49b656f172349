import { MONTH, PAST_DAY, PAST_START, SKIPPED, WEEKDAY } from './calendar-words.ts';

/** A day that a text names, and where in its words; `at` is the blank before it. */
export type Found = { at: number; date: Date };

const BETWEEN = `(?: (?:${SKIPPED}|${WEEKDAY}))*`;
/** “To” ends a span only after the day it begins on: a talk is also moved to a day. */
const AFTER = new RegExp(` (?:${PAST_DAY}|(?:\\d{1,2}|20\\d\\d|${MONTH}|${WEEKDAY})(?: ,)? (?:to|zum|au|al))${BETWEEN}$`, 'u');
const BEHIND = new RegExp(` (?:${PAST_START})${BETWEEN}$`, 'u');

/** True where the words before say “until” or “after”: then the day that follows is meant. */
export function isDayAfter(words: string, at: number): boolean {
  return AFTER.test(before(words, at));
}

/** True where the words before say “since”. */
export function isBehind(words: string, at: number): boolean {
  return BEHIND.test(before(words, at));
}

function before(words: string, at: number): string {
  return words.slice(Math.max(0, at - 60), at);
}

export function isOneOf(names: string, word: string): boolean {
  return names.split('|').includes(word);
}

/** `month` from 0, and beyond 11 into the next year. */
export function utc(year: number, month: number, day: number): Date {
  return new Date(Date.UTC(year, month, day));
}
