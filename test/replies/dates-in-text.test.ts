import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dateInText } from '../../src/replies/dates-in-text.ts';

/** A Monday. */
const now = new Date('2026-11-23T09:00:00Z');
const day = (text: string, mode: 'later' | 'back' = 'later') => dateInText(text, now, mode)?.toISOString().slice(0, 10) ?? null;

test.each([
  ['in January', '2027-01-01'],
  ['Ask me again in March 2027', '2027-03-01'],
  ['early February', '2027-02-01'],
  ['mid-March', '2027-03-15'],
  ['at the end of January', '2027-01-25'],
  ['after January', '2027-02-01'],
  ['next quarter', '2027-01-01'],
  ['next week', '2026-11-30'],
  ['next month', '2026-12-01'],
  ['next year', '2027-01-07'],
  ['in Q2', '2027-04-01'],
  ['Q3 2027', '2027-07-01'],
  ['in the second quarter of 2027', '2027-04-01'],
  ['in two weeks', '2026-12-07'],
  ['in 3 months', '2027-02-23'],
  ['in a couple of weeks', '2026-12-07'],
  ['after 15 January 2027', '2027-01-16'],
  ['on January 15th, 2027', '2027-01-15'],
  ['on 2027-01-15', '2027-01-15'],
  ['on 15/01/2027', '2027-01-15'],
  ['on 01/15/2027', '2027-01-15'],
  ['on Monday', '2026-11-30'],
  ['on Wednesday', '2026-11-25'],
  ['after the summer', '2027-09-01'],
  ['in the new year', '2027-01-07'],
  ['Anfang März', '2027-03-01'],
  ['Mitte Januar', '2027-01-15'],
  ['Ende Februar 2027', '2027-02-25'],
  ['im Dezember', '2026-12-01'],
  ['in zwei Wochen', '2026-12-07'],
  ['nächstes Jahr', '2027-01-07'],
  ['im nächsten Quartal', '2027-01-01'],
  ['nach dem 15. Januar 2027', '2027-01-16'],
  ['am 15.01.2027', '2027-01-15'],
  ['nach dem Sommer', '2027-09-01'],
  ['en janvier', '2027-01-01'],
  ['début février', '2027-02-01'],
  ['mi-mars', '2027-03-15'],
  ['fin janvier', '2027-01-25'],
  ['dans deux semaines', '2026-12-07'],
  ['la semaine prochaine', '2026-11-30'],
  ['l’année prochaine', '2027-01-07'],
  ['au prochain trimestre', '2027-01-01'],
  ['après le 1er février', '2027-02-02'],
  ['en enero', '2027-01-01'],
  ['a principios de marzo', '2027-03-01'],
  ['a finales de enero de 2027', '2027-01-25'],
  ['en dos semanas', '2026-12-07'],
  ['el próximo trimestre', '2027-01-01'],
  ['después del 15 de enero', '2027-01-16'],
  ['la próxima semana', '2026-11-30'],
])('%j → %s', (text, date) => expect(day(text)).toBe(date));

test.each([
  ['back on 5 December', '2026-12-05'],
  ['until 5 December', '2026-12-06'],
  ['until Friday, 5 December', '2026-12-06'],
  ['from 20 November to 5 December 2026', '2026-12-06'],
  ['vom 20.11.2026 bis zum 05.12.2026', '2026-12-06'],
  ['wieder am 7. Dezember', '2026-12-07'],
  ['jusqu’au 4 décembre', '2026-12-05'],
  ['hasta el 4 de diciembre', '2026-12-05'],
  // An old notice: that day has gone by.
  ['back on 20 November', null],
])('back: %j → %s', (text, date) => expect(day(text, 'back')).toBe(date));

test.each([
  '',
  'no date',
  'on 31 February 2027',
  'in 1999',
  'in January 2035',
  'version 1.2.3',
  'in 500 years',
  'we may march on',
  'Q5',
  '99/99/2027',
])('no date: %j', (text) => expect(day(text)).toBeNull());

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
    'Q1',
    '31.12.2026',
    'fin',
    'Monday',
    ',',
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(words, { maxLength: 12 }).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(
      text,
      fc.constantFrom('later', 'back'),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      (words, mode, at) => {
        const found = dateInText(words, at, mode);
        if (!found) return;
        expect(found > at && found.getTime() - at.getTime() < 2 * 366 * 86_400_000).toBe(true);
        expect(found.getTime() % 86_400_000).toBe(0);
      },
    ),
  );
});
