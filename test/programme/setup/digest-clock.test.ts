import { TZDate } from '@date-fns/tz';
import { getISODay } from 'date-fns';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestDueDay, localDay, nextDigestAt } from '../../../src/programme/setup/digest-clock.ts';
import type { DigestSettings } from '../../../src/programme/setup/programme.ts';

const settings = (timeZone: string, hour: number, weekdays = [1, 2, 3, 4, 5, 6, 7]): DigestSettings => ({
  channel: 'C1',
  timeZone,
  hour,
  weekdays,
  count: 5,
});

describe('the next digest', () => {
  test.each([
    ['Berlin, the day before summer time', 'Europe/Berlin', 8, '2026-03-28T07:00:00Z', '2026-03-29T06:00:00Z'],
    ['Berlin, the day before winter time', 'Europe/Berlin', 8, '2026-10-24T06:00:00Z', '2026-10-25T07:00:00Z'],
    ['Berlin, an hour that does not exist: the first instant after it', 'Europe/Berlin', 2, '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z'],
    ['Berlin, an hour that comes twice: the first', 'Europe/Berlin', 2, '2026-10-24T12:00:00Z', '2026-10-25T00:00:00Z'],
    ['Berlin, within the repeated hour: the next day', 'Europe/Berlin', 2, '2026-10-25T01:30:00Z', '2026-10-26T01:00:00Z'],
    ['New York, an hour that does not exist', 'America/New_York', 2, '2026-03-07T12:00:00Z', '2026-03-08T07:00:00Z'],
    ['New York, an hour that comes twice', 'America/New_York', 1, '2026-10-31T12:00:00Z', '2026-11-01T05:00:00Z'],
    ['Lord Howe moves by half an hour: before', 'Australia/Lord_Howe', 8, '2026-10-02T22:00:00Z', '2026-10-03T21:00:00Z'],
    ['Lord Howe: the half hour that does not exist', 'Australia/Lord_Howe', 2, '2026-10-03T00:00:00Z', '2026-10-03T15:30:00Z'],
    ['Samoa, ahead of everybody', 'Pacific/Apia', 0, '2026-06-01T11:00:00Z', '2026-06-02T11:00:00Z'],
    ['Kiritimati, UTC+14', 'Pacific/Kiritimati', 23, '2026-06-01T09:00:00Z', '2026-06-02T09:00:00Z'],
    ['Niue, UTC-11', 'Pacific/Niue', 23, '2026-06-01T09:00:00Z', '2026-06-01T10:00:00Z'],
    ['Kathmandu, 5 h 45', 'Asia/Kathmandu', 9, '2026-06-01T00:00:00Z', '2026-06-01T03:15:00Z'],
    ['Cairo, where midnight itself does not exist', 'Africa/Cairo', 0, '2026-04-23T12:00:00Z', '2026-04-23T22:00:00Z'],
  ])('%s', (_name, zone, hour, after, due) => {
    expect(nextDigestAt(settings(zone, hour), new Date(after)).toISOString()).toBe(due.replace('Z', '.000Z'));
  });

  test('falls on a chosen weekday of that zone, not of ours', () => {
    // Sunday evening in UTC is Monday morning in Auckland.
    expect(nextDigestAt(settings('Pacific/Auckland', 8, [1]), new Date('2026-06-07T12:00:00Z'))).toEqual(new Date('2026-06-07T20:00:00Z'));
  });
});

describe('a digest is due', () => {
  const berlin = settings('Europe/Berlin', 8, [1, 2, 3, 4, 5]);
  test.each([
    ['not a second before the hour', '2026-11-23T06:59:59Z', null],
    ['at the hour', '2026-11-23T07:00:00Z', '2026-11-23'],
    ['late the same day: a missed hour is caught up', '2026-11-23T22:59:59Z', '2026-11-23'],
    ['not on the next day', '2026-11-23T23:00:00Z', null],
    ['not on a Saturday', '2026-11-28T12:00:00Z', null],
  ])('%s', (_name, now, day) => {
    expect(digestDueDay(berlin, new Date(now))).toBe(day);
  });

  test('in an hour that comes twice, one day and not two', () => {
    const repeated = settings('Europe/Berlin', 2);
    const days = ['2026-10-25T00:00:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((at) => digestDueDay(repeated, new Date(at)));
    expect(new Set(days)).toEqual(new Set(['2026-10-25']));
  });
});

const ZONES = Intl.supportedValuesOf('timeZone').concat('UTC');
const anySettings = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  hour: fc.integer({ min: 0, max: 23 }),
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
});
const anyTime = fc.date({ min: new Date('2020-01-01'), max: new Date('2037-12-31'), noInvalidDate: true });

test('whatever the zone, hour and days: after now, on a chosen day, due at that instant, and not before', () => {
  fc.assert(
    fc.property(anySettings, anyTime, ({ timeZone, hour, weekdays }, now) => {
      const chosen = settings(timeZone, hour, weekdays);
      const next = nextDigestAt(chosen, now);
      expect(next.getTime()).toBeGreaterThan(now.getTime());
      expect(weekdays).toContain(getISODay(new TZDate(next, timeZone)));
      expect(digestDueDay(chosen, next)).toBe(localDay(next, timeZone));
      expect(digestDueDay(chosen, new Date(next.getTime() - 1))).not.toBe(localDay(next, timeZone));
      expect(next.getTime() - now.getTime()).toBeLessThanOrEqual(8 * 24 * 3_600_000 + 3_600_000);
    }),
    { numRuns: 400 },
  );
});

test('following the clock for a year posts once on every chosen local day', () => {
  fc.assert(
    fc.property(anySettings, ({ timeZone, hour, weekdays }) => {
      const chosen = settings(timeZone, hour, weekdays);
      const days: string[] = [];
      for (let at = new Date('2026-01-01T00:00:00Z'); at < new Date('2027-01-01'); ) {
        at = nextDigestAt(chosen, at);
        days.push(localDay(at, timeZone));
      }
      expect(new Set(days).size).toBe(days.length);
      expect(days.length).toBeGreaterThanOrEqual(52 * weekdays.length);
      expect(days.length).toBeLessThanOrEqual(53 * weekdays.length + 1);
    }),
    { numRuns: 20 },
  );
});
