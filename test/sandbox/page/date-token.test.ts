import { expect, test } from 'vitest';
import { formatMoment, prettyDay } from './date-token.ts';

const now = new Date(2026, 10, 23, 9, 5);

test.each([
  ['{date_num}', '2026-11-24'],
  ['{date_short_pretty} at {time}', 'tomorrow at 14:30'],
  ['{date}', '24 November 2026'],
  ['{ago}', 'tomorrow'],
  ['{unknown} {constructor}', '{unknown} {constructor}'],
])('%s', (format, shown) => {
  expect(formatMoment(new Date(2026, 10, 24, 14, 30), format, now)).toBe(shown);
});

test('the last minute of yesterday is yesterday, two days ago is a date', () => {
  expect(prettyDay(new Date(2026, 10, 22, 23, 59), now)).toBe('yesterday');
  expect(prettyDay(new Date(2026, 10, 21, 23, 59), now)).toBeNull();
});
