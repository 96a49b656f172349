import { addDays, addMilliseconds } from 'date-fns';
import { expect, test } from 'vitest';
import { companyDetails } from '../../../blocks/discover/company-details.ts';
import { ageWords } from '../../../blocks/words.ts';
import { FRESH_DAYS, isStale } from '../../../src/programme/companies/company.ts';
import { AT, aCompany } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();

test('a fact is fresh up to the limit and stale after it', () => {
  expect(isStale({ at: AT }, addDays(AT, FRESH_DAYS))).toBe(false);
  expect(isStale({ at: AT }, addMilliseconds(addDays(AT, FRESH_DAYS), 1))).toBe(true);
  // A clock that runs ahead makes nothing stale.
  expect(isStale({ at: addDays(AT, 1) }, AT)).toBe(false);
});

test.each([
  [-1, 'today'],
  [0, 'today'],
  [1, '1 day old'],
  [59, '59 days old'],
  [60, '1 month old'],
  [200, '6 months old'],
  [729, '23 months old'],
  [731, '2 years old'],
])('after %i days it is %s', (days, words) => expect(ageWords(AT, addDays(AT, days))).toBe(words));

test('the card says how old each piece of evidence is and marks what counts only half; a page is a link', async () => {
  const company = await aCompany();
  const evidence = [
    { field: 'oneLiner', value: 'Booking', source: 'https://peatworks.example/a|b?x=1&y=<2>', at: addDays(AT, -12) },
    { field: 'industries', value: 'Healthcare', source: 'partners.csv:2', at: addDays(AT, -200) },
  ];
  const reasons = [
    { criterion: 'reach', points: 1, max: 2, finding: { code: 'as-written' as const, sentence: 'Reaches people.' }, asOf: null, evidence },
  ];
  const shown = JSON.stringify(companyDetails(company, { type: 'technology', score: 50, known: 0.5, reasons }, null, AT));
  expect(shown).toContain('<https://peatworks.example/a%7Cb?x=1&amp;y=%3C2%3E|peatworks.example/a¦b>, 2026-11-11 (12 days old)');
  expect(shown).toContain('your file partners.csv, line 2, 2026-05-07 (:hourglass: 6 months old, counts half as known)');
});
