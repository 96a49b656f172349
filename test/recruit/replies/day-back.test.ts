import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayBack } from '../../../src/recruit/replies/day-back.ts';

/** A Monday. */
const now = new Date('2026-11-23T09:00:00Z');
const friday = new Date('2026-11-27T09:00:00Z');
const day = (text: string, at = now, country?: string) => dayBack(text, { now: at, country })?.toISOString().slice(0, 10) ?? null;

test.each([
  ['back on 5 December', '2026-12-05'],
  ['until 5 December', '2026-12-06'],
  ['until Friday, 5 December', '2026-12-06'],
  ['from 20 November to 5 December 2026', '2026-12-06'],
  ['vom 20.11.2026 bis zum 05.12.2026', '2026-12-06'],
  ['wieder am 7. Dezember', '2026-12-07'],
  ['jusqu’au 4 décembre', '2026-12-05'],
  ['hasta el 4 de diciembre', '2026-12-05'],
  ['back on 20 November', null],
  ['back on Monday', '2026-11-30'],
  ['back in two weeks', '2026-12-07'],
  ['I am away until January', '2027-02-01'],
  ['I will be back on 7 December. Our office moves on 15 January.', '2026-12-07'],
  ['Away since 2 March, back on 5 December', '2026-12-05'],
  ['Away since 2 March', null],
])('%j → %s', (text, date) => expect(day(text)).toBe(date));

type Case = [text: string, mode: 'back', date: string | null, country?: 'US' | 'GB'];
const cases: Case[] = [
  ['I am out of office Dec 21 - Jan 4.', 'back', '2027-01-05'],
  ['OOO Dec 21-23', 'back', '2026-12-24'],
  ['Away 21 – 23 December 2026', 'back', '2026-12-24'],
  ['OOO until Mon, Jan 4th', 'back', '2027-01-05'],
  ['Out of office from 2026-12-21 to 2027-01-04', 'back', '2027-01-05'],
  ['out from Monday to Wednesday', 'back', '2026-12-03'],
  ['Ich bin vom 24.12. bis 06.01. nicht im Büro', 'back', '2027-01-07'],
  ['24.12.-06.01. abwesend', 'back', '2027-01-07'],
  ['vom 24.12 bis 06.01 nicht da', 'back', '2027-01-07'],
  ['Ich bin bis einschließlich 31.12. im Urlaub', 'back', '2027-01-01'],
  ['bis 31.12.', 'back', '2027-01-01'],
  ['vom 21. bis 23. Dezember', 'back', '2026-12-24'],
  ['du 21 décembre au 4 janvier', 'back', '2027-01-05'],
  ['Je suis absent du 21/12 au 04/01 inclus', 'back', '2027-01-05'],
  ['del 21 de diciembre al 4 de enero', 'back', '2027-01-05'],
  ['am Montag, 7.12., wieder da', 'back', '2026-12-07'],
  ['I will be back Monday', 'back', '2026-11-30'],
  ['am kommenden Montag', 'back', '2026-11-30'],
  ['I am out on Friday, November 27 and will return Monday', 'back', '2026-11-30'],
  ['de retour lundi', 'back', '2026-11-30'],
  ['out until Monday', 'back', '2026-12-01'],
  ['morgen wieder', 'back', '2026-11-28'],
  ['Übermorgen bin ich zurück', 'back', '2026-11-29'],
  ['de retour demain', 'back', '2026-11-28'],
  ['mañana', 'back', '2026-11-28'],
  ['I will be back on 01/04/2027.', 'back', '2027-01-04', 'US'],
  ['I will be back on 01/04/2027.', 'back', '2027-04-01', 'GB'],
  ['I will be back on 13/01/2027.', 'back', '2027-01-13', 'US'],
  ['I will be back on 3/12.', 'back', '2026-12-03', 'GB'],
  ['I will be back on 3/12.', 'back', '2027-03-12', 'US'],
  ['out until 12/4', 'back', '2026-12-05', 'US'],
  ['OOO 12/21-1/4', 'back', '2027-01-05', 'US'],
  ['ab dem 07.01. wieder erreichbar', 'back', '2027-01-07'],
  ['I am away until 4 January and will get back to you within 2 days.', 'back', '2027-01-05'],
];
test.each(cases.map(([text, , date, country]) => ({ text, date, country })))(
  'written on a Friday: $text → $date $country',
  ({ text, date, country }) => expect(day(text, friday, country)).toBe(date),
);

test.each([
  '',
  'no date',
  'on 31 February 2027',
  'in 1999',
  'in January 2035',
  'version 1.2.3',
  'in 500 years',
  'Q5',
  '99/99/2027',
  'we work 24/7',
  'the year',
  'at 10 am',
])('no day: %j', (text) => expect(day(text)).toBeNull());

test('any text: a day ahead of us, within two years, or none', () => {
  const words = fc.constantFrom(
    'in',
    'until',
    'after',
    'January',
    '5',
    'next',
    'week',
    'März',
    '2027',
    'de',
    'two',
    '31.12.2026',
    '1/2',
    'fin',
    'Monday',
    ',',
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(text, fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (said, at) => {
      const found = dayBack(said, { now: at });
      if (!found) return;
      expect(found > at && found.getTime() - at.getTime() <= 2 * 366 * 86_400_000).toBe(true);
      expect(found.getTime() % 86_400_000).toBe(0);
    }),
  );
});
