import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysBetween, readPeriod, shiftDay } from '../../../src/measure/revenue/period.ts';
import { localDay } from '../../../src/programme/setup/digest-clock.ts';

const on = (today: string, fiscalYearStart = 1) => ({ today, fiscalYearStart });
const spans = (words: string, calendar = on('2026-11-29')) => {
  const period = readPeriod(words, calendar);
  return period && [period.from, period.to, period.before.from, period.before.to];
};

test.each([
  ['last quarter', '2026-07-01', '2026-10-01', '2026-04-01', '2026-07-01'],
  ['last month', '2026-10-01', '2026-11-01', '2026-09-01', '2026-10-01'],
  ['this month', '2026-11-01', '2026-11-30', '2026-10-01', '2026-10-30'],
  ['this quarter', '2026-10-01', '2026-11-30', '2026-07-01', '2026-08-30'],
  ['year to date', '2026-01-01', '2026-11-30', '2025-01-01', '2025-11-30'],
  ['ytd', '2026-01-01', '2026-11-30', '2025-01-01', '2025-11-30'],
  ['last year', '2025-01-01', '2026-01-01', '2024-01-01', '2025-01-01'],
  ['2025', '2025-01-01', '2026-01-01', '2024-01-01', '2025-01-01'],
  ['2026', '2026-01-01', '2026-11-30', '2025-01-01', '2025-11-30'],
  ['2027', '2027-01-01', '2028-01-01', '2026-01-01', '2027-01-01'],
  ['2026-q3', '2026-07-01', '2026-10-01', '2026-04-01', '2026-07-01'],
  ['q3 2026', '2026-07-01', '2026-10-01', '2026-04-01', '2026-07-01'],
  ['third quarter of 2026', '2026-07-01', '2026-10-01', '2026-04-01', '2026-07-01'],
  ['1st quarter', '2026-01-01', '2026-04-01', '2025-10-01', '2026-01-01'],
  ['q1', '2026-01-01', '2026-04-01', '2025-10-01', '2026-01-01'],
  ['2026-03', '2026-03-01', '2026-04-01', '2026-02-01', '2026-03-01'],
  ['march 2026', '2026-03-01', '2026-04-01', '2026-02-01', '2026-03-01'],
  ['december', '2025-12-01', '2026-01-01', '2025-11-01', '2025-12-01'],
  ['fiscal year', '2026-01-01', '2026-11-30', '2025-01-01', '2025-11-30'],
  ['last 12 months', '2025-11-30', '2026-11-30', '2024-11-30', '2025-11-30'],
  ['last 30 days', '2026-10-31', '2026-11-30', '2026-10-01', '2026-10-31'],
  ['last week', '2026-11-16', '2026-11-23', '2026-11-09', '2026-11-16'],
  ['yesterday', '2026-11-28', '2026-11-29', '2026-11-27', '2026-11-28'],
  ['2026-01-15 to 2026-03', '2026-01-15', '2026-04-01', '2025-10-31', '2026-01-15'],
])('%s', (words, ...days) => {
  expect(spans(words)).toEqual(days);
});

test('a year of accounts that begins in April has its own quarters, and says which months they are', () => {
  const calendar = on('2026-11-29', 4);
  expect(spans('last quarter', calendar)).toEqual(['2026-07-01', '2026-10-01', '2026-04-01', '2026-07-01']);
  expect(spans('2026-q4', calendar)).toEqual(['2027-01-01', '2027-04-01', '2026-10-01', '2027-01-01']);
  expect(spans('q4', calendar)).toEqual(['2026-01-01', '2026-04-01', '2025-10-01', '2026-01-01']);
  expect(spans('last year', calendar)).toEqual(['2025-04-01', '2026-04-01', '2024-04-01', '2025-04-01']);
  expect(spans('fy2025/26', calendar)).toEqual(['2025-04-01', '2026-04-01', '2024-04-01', '2025-04-01']);
  expect(spans('2025', calendar)).toEqual(['2025-01-01', '2026-01-01', '2024-01-01', '2025-01-01']);
  expect(readPeriod('last quarter', calendar)?.name).toBe('Q2 of 2026/27 (Jul 2026 – Sep 2026)');
  expect(spans('fiscal year', on('2027-02-10', 4))?.slice(0, 2)).toEqual(['2026-04-01', '2027-02-11']);
});

test('on the last and the first day of a year the period is that of the day where the workspace is', () => {
  const newYear = new Date('2026-12-31T23:30:00Z');
  expect(spans('this quarter', on(localDay(newYear, 'UTC')))?.slice(0, 2)).toEqual(['2026-10-01', '2027-01-01']);
  expect(spans('this quarter', on(localDay(newYear, 'Europe/Berlin')))?.slice(0, 2)).toEqual(['2027-01-01', '2027-01-02']);
  expect(spans('this year', on(localDay(new Date('2027-01-01T04:59:00Z'), 'America/New_York')))?.slice(0, 2)).toEqual([
    '2026-01-01',
    '2027-01-01',
  ]);
  expect(readPeriod('this year', on('2026-12-31'))?.name).toBe('2026');
});

test('days on which clocks change are days like others', () => {
  // Clocks go forward at 1:00 UTC on 29 March 2026 and back on 25 October; Santiago has no midnight on 6 September.
  for (const at of ['2026-03-28T23:30:00Z', '2026-03-29T21:30:00Z']) expect(localDay(new Date(at), 'Europe/Berlin')).toBe('2026-03-29');
  for (const at of ['2026-10-24T22:30:00Z', '2026-10-25T22:30:00Z']) expect(localDay(new Date(at), 'Europe/Berlin')).toBe('2026-10-25');
  expect(spans('yesterday', on('2026-03-30'))).toEqual(['2026-03-29', '2026-03-30', '2026-03-28', '2026-03-29']);
  expect(spans('last week', on(localDay(new Date('2026-09-06T04:00:00Z'), 'America/Santiago')))?.slice(0, 2)).toEqual([
    '2026-08-24',
    '2026-08-31',
  ]);
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
});

test('months without a 31st, and the 29th of February', () => {
  expect(spans('last 1 month', on('2026-03-30'))).toEqual(['2026-02-28', '2026-03-31', '2026-01-28', '2026-02-28']);
  expect(spans('last 1 year', on('2028-02-28'))?.[0]).toBe('2027-02-28');
  expect(spans('2028-02-29')?.slice(0, 2)).toEqual(['2028-02-29', '2028-03-01']);
});

test.each([
  '',
  'quarterly',
  '2026-13',
  '2026-02-30',
  'last 0 days',
  'last 99999 days',
  '2026-03 to 2026-01',
  'q5',
  '20266',
  'to',
  'next month',
])('“%s” is no period', (words) => {
  expect(readPeriod(words, on('2026-11-29'))).toBeNull();
});

test('whatever day it is, a period and the one before it touch or overlap nowhere, and today is in what is current', () => {
  const days = fc.integer({ min: 0, max: 20_000 }).map((count) => shiftDay('2000-01-01', count));
  const words = ['week', 'month', 'quarter', 'year'].flatMap((unit) => [`this ${unit}`, `last ${unit}`, `last 3 ${unit}s`]);
  fc.assert(
    fc.property(days, fc.constantFrom(...words), fc.integer({ min: 1, max: 12 }), (today, typed, fiscalYearStart) => {
      const period = readPeriod(typed, { today, fiscalYearStart });
      if (!period) throw new Error(typed);
      expect(period.from < period.to && period.before.from < period.before.to && period.before.to <= period.from).toBe(true);
      if (typed.startsWith('this')) expect(period.from <= today && period.to === shiftDay(today, 1)).toBe(true);
      if (/^last [a-z]/.test(typed)) expect(period.before.to).toBe(period.from);
    }),
  );
});
