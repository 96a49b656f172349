import { expect, test } from 'vitest';
import { addWorkingDays, workingDaysLate, workWeekOf } from '../../../src/onboard/checklists/working-days.ts';

const WEEK = { timeZone: 'Europe/London', weekdays: [1, 2, 3, 4, 5] };

test.each([
  ['a Monday and the next day', '2026-11-23T09:00:00Z', 1, WEEK, '2026-11-24'],
  ['over a weekend', '2026-11-27T09:00:00Z', 1, WEEK, '2026-11-30'],
  ['from a Saturday', '2026-11-28T09:00:00Z', 2, WEEK, '2026-12-01'],
  ['over the night clocks go back', '2026-10-23T09:00:00Z', 5, WEEK, '2026-10-30'],
  ['over the night clocks go forward', '2026-03-27T23:30:00Z', 1, WEEK, '2026-03-30'],
  ['the day is the one in the zone', '2026-11-23T23:30:00Z', 1, { ...WEEK, timeZone: 'Asia/Tokyo' }, '2026-11-25'],
  ['a week of Sunday to Thursday', '2026-11-26T09:00:00Z', 1, { ...WEEK, weekdays: [7, 1, 2, 3, 4] }, '2026-11-29'],
  ['one day a week', '2026-11-23T09:00:00Z', 3, { ...WEEK, weekdays: [3] }, '2026-12-09'],
])('working days: %s', (_name, at, count, week, day) => {
  expect(addWorkingDays(new Date(at), count, week)).toBe(day);
});

test.each([
  ['2026-11-27', '2026-11-27', 0],
  ['2026-11-27', '2026-11-26', 0],
  ['2026-11-27', '2026-11-29', 0],
  ['2026-11-27', '2026-11-30', 1],
  ['2026-10-23', '2026-10-30', 5],
])('what was due on %s is on %s so many working days late: %i', (dueOn, today, late) => {
  expect(workingDaysLate(dueOn, today, WEEK)).toBe(late);
});

test('without set-up, Monday to Friday in UTC', () => {
  expect(workWeekOf({ digest: null })).toEqual({ timeZone: 'UTC', weekdays: [1, 2, 3, 4, 5] });
});
