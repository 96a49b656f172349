import { expect, test } from 'vitest';
import type { Deal, DealEvent } from '../../../src/manage/deals/deal.ts';
import { decisionTimes } from '../../../src/manage/deals/decision-times.ts';
import { reviewTimes } from '../../../src/manage/deals/review-clock.ts';
import { addWorkingTime, WORKING_DAY_MS, workingTimeBetween } from '../../../src/manage/deals/working-time.ts';

const BERLIN = { timeZone: 'Europe/Berlin', weekdays: [1, 2, 3, 4, 5], holidays: ['2026-12-25'] };
const at = (iso: string) => new Date(iso);

test.each([
  ['Monday', '2026-11-23T09:30:00Z', 1, '2026-11-24T09:30:00Z'],
  ['Friday', '2026-11-27T09:30:00Z', 1, '2026-11-30T09:30:00Z'],
  ['Saturday counts from Monday’s midnight', '2026-11-28T15:00:00Z', 1, '2026-11-30T23:00:00Z'],
  ['the day before a holiday', '2026-12-24T12:00:00Z', 1, '2026-12-28T12:00:00Z'],
  ['over the change of clocks the hour on the wall stays', '2027-03-26T09:00:00Z', 1, '2027-03-29T08:00:00Z'],
  ['three days', '2026-11-26T09:00:00Z', 3, '2026-12-01T09:00:00Z'],
])('%s: so many working days later', (_name, from, days, to) => {
  expect(addWorkingTime(at(from), days * WORKING_DAY_MS, BERLIN)).toEqual(at(to));
  expect(workingTimeBetween(at(from), at(to), BERLIN)).toBe(days * WORKING_DAY_MS);
});

test('the reviewers are told when four fifths of the working time are over', () => {
  const { dueAt, escalateAt } = reviewTimes(at('2026-11-27T20:00:00Z'), 1, BERLIN);
  expect(dueAt).toEqual(at('2026-11-30T20:00:00Z'));
  expect(workingTimeBetween(at('2026-11-27T20:00:00Z'), escalateAt, BERLIN)).toBe(0.8 * WORKING_DAY_MS);
  expect(() => addWorkingTime(at('2026-11-27T20:00:00Z'), 1, { ...BERLIN, weekdays: [] })).toThrow('no working days');
});

const NOW = at('2026-11-27T12:00:00Z');
const HOUR = 3_600_000;
const decided = (
  hours: number,
  { by = 'U0MILO', submitted = '2026-11-23T08:00:00Z', move = 'approve' } = {},
): Pick<Deal, 'submittedAt' | 'history'> => ({
  submittedAt: at(submitted),
  // only what the figures read of an event
  history: [{ move, by, at: new Date(Date.parse(submitted) + hours * HOUR) }] as DealEvent[],
});

test('half and nine of ten: figures that were really measured, of people alone, of the last 90 days', () => {
  const ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 30].map((hours) => decided(hours));
  const others = [decided(0, { by: 'rule' }), decided(500, { submitted: '2026-06-01T08:00:00Z' }), decided(3, { move: 'ask' })];
  expect(decisionTimes([...ten, ...others], BERLIN, NOW)).toEqual({ count: 10, known: { medianMs: 5 * HOUR, p90Ms: 9 * HOUR } });
});

test('the first decision counts, not the one after an appeal', () => {
  const [one] = [decided(2)];
  const again = { ...one, history: [...(one?.history ?? []), ...decided(60).history], submittedAt: at('2026-11-23T08:00:00Z') };
  const { known } = decisionTimes([again, ...[2, 2, 2, 2].map((hours) => decided(hours))], BERLIN, NOW);
  expect(known).toEqual({ medianMs: 2 * HOUR, p90Ms: 2 * HOUR });
});

test('with fewer than five it says so, and a weekend costs nothing', () => {
  expect(
    decisionTimes(
      [1, 2, 3, 4].map((hours) => decided(hours)),
      BERLIN,
      NOW,
    ),
  ).toEqual({ count: 4, known: null });
  const friday = [1, 2, 3, 4, 5].map(() => decided(72, { submitted: '2026-11-20T08:00:00Z' }));
  expect(decisionTimes(friday, BERLIN, NOW).known).toEqual({ medianMs: 24 * HOUR, p90Ms: 24 * HOUR });
});
