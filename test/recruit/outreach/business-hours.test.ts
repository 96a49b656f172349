import { TZDate } from '@date-fns/tz';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextBusinessTime, zonesOf } from '../../../src/recruit/outreach/business-hours.ts';
import { COUNTRIES } from '../../../src/recruit/policy/countries.ts';

const next = (country: string, at: string, locations: string[] = []) =>
  nextBusinessTime(zonesOf(country, locations), new Date(at)).toISOString();

test.each<[string, string, string, string]>([
  ['in the middle of the day, at once', 'GB', '2026-11-23T11:20:00Z', '2026-11-23T11:20:00.000Z'],
  ['before nine, at nine', 'GB', '2026-11-23T06:01:00Z', '2026-11-23T09:00:00.000Z'],
  ['at five, tomorrow at nine', 'GB', '2026-11-23T17:00:00Z', '2026-11-24T09:00:00.000Z'],
  ['on Friday evening, on Monday', 'DE', '2026-11-27T16:30:00Z', '2026-11-30T08:00:00.000Z'],
  ['on Saturday, on Monday', 'FR', '2026-11-28T12:00:00Z', '2026-11-30T08:00:00.000Z'],
  ['over the end of summer time', 'GB', '2026-10-23T20:00:00Z', '2026-10-26T09:00:00.000Z'],
  ['over the beginning of summer time', 'GB', '2026-03-27T20:00:00Z', '2026-03-30T08:00:00.000Z'],
])('%s', (_name, country, at, expected) => {
  expect(next(country, at)).toBe(expected);
});

test('a country of many clocks: business time in all of them, or in the state that is known', () => {
  // Nine in Honolulu is two in the afternoon in New York.
  expect(next('US', '2026-11-23T13:00:00Z')).toBe('2026-11-23T19:00:00.000Z');
  expect(next('US', '2026-11-23T14:00:00Z', ['Boston, MA, USA'])).toBe('2026-11-23T14:00:00.000Z');
  expect(next('US', '2026-11-23T14:00:00Z', ['San Francisco, CA, USA'])).toBe('2026-11-23T17:00:00.000Z');
  expect(next('CA', '2026-11-23T14:00:00Z', ['Toronto, ON, Canada'])).toBe('2026-11-23T14:00:00.000Z');
  // Two states known are none known.
  expect(zonesOf('US', ['Boston, MA', 'Austin, TX']).length).toBeGreaterThan(5);
  // A state of the same letters elsewhere means nothing.
  expect(zonesOf('DE', ['Koblenz, MA'])).toContain('Europe/Berlin');
});

test.each<[string, string, string[], string[] | 'all of it']>([
  ['the country’s own letters are no state of another', 'CA', ['Toronto, CA'], 'all of it'],
  ['those of another country are no state', 'US', ['Amsterdam, NL'], 'all of it'],
  ['a state of another country is none here', 'CA', ['Boston, MA'], 'all of it'],
  ['a state with its country', 'CA', ['St. John’s, NL, Canada'], ['America/St_Johns']],
  ['a state with its country’s letters', 'CA', ['Toronto, ON, CA'], ['America/Toronto']],
  ['a state with a postal code', 'US', ['1 Main St, Austin, TX 78701, USA'], ['America/Chicago']],
  ['the letters of a state that are a country’s too', 'US', ['San Diego, CA'], ['America/Los_Angeles']],
  ['a state behind which another country is named', 'US', ['Berlin, DE, Germany'], 'all of it'],
  ['a state behind which another country has its letters', 'US', ['Perth, WA, AU'], 'all of it'],
  ['a state of the neighbour, whose letters are a state here', 'US', ['Toronto, ON, CA'], 'all of it'],
  ['a state of the neighbour by name', 'CA', ['San Diego, CA, USA'], 'all of it'],
  ['two states in one line', 'US', ['Boston, MA / Austin, TX'], 'all of it'],
  ['an office abroad beside one at home', 'US', ['Berlin, Germany', 'Austin, TX'], ['America/Chicago']],
])('where somebody is: %s', (_name, country, locations, expected) => {
  expect(zonesOf(country, locations)).toEqual(expected === 'all of it' ? zonesOf(country, []) : expected);
});

test('an evening in Halifax is none for a mail to Canada', () => {
  expect(next('CA', '2026-12-01T00:30:00Z', ['Halifax, CA'])).toBe('2026-12-01T17:00:00.000Z');
});

test('whatever the country and the moment: a moment within a week, never at night nor on a Sunday where they are', () => {
  const codes = COUNTRIES.map(({ code }) => code);
  const when = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...codes), when, (country, at) => {
      const zones = zonesOf(country, []);
      const moment = nextBusinessTime(zones, at);
      expect(moment >= at).toBe(true);
      expect(moment.getTime() - at.getTime()).toBeLessThan(7 * 24 * 3600_000);
      const locals = zones.map((zone) => new TZDate(moment, zone));
      const isDay = (local: TZDate) => local.getHours() >= 8 && local.getHours() < 20 && local.getDay() > 0 && local.getDay() < 6;
      // Where no hour is day everywhere, the first zone decides.
      expect(locals.every(isDay) || (zones.length > 8 && isDay(locals[0] as TZDate))).toBe(true);
    }),
    { numRuns: 150 },
  );
});
