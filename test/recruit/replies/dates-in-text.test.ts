import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dateInText } from '../../../src/recruit/replies/dates-in-text.ts';

/** A Monday. */
const now = new Date('2026-11-23T09:00:00Z');
const day = (text: string, mode: 'later' | 'back' = 'later') => dateInText(text, { now }, mode)?.toISOString().slice(0, 10) ?? null;

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
        const found = dateInText(words, { now: at }, mode);
        if (!found) return;
        expect(found > at && found.getTime() - at.getTime() < 2 * 366 * 86_400_000).toBe(true);
        expect(found.getTime() % 86_400_000).toBe(0);
      },
    ),
  );
});

describe('written on a Friday', () => {
  const friday = new Date('2026-11-27T09:00:00Z');
  type Case = [text: string, mode: 'later' | 'back', date: string | null, country?: 'US' | 'GB'];
  const spans: Case[] = [
    ['I am out of office Dec 21 - Jan 4.', 'back', '2027-01-05'],
    ['OOO Dec 21-23', 'back', '2026-12-24'],
    ['Away 21 – 23 December 2026', 'back', '2026-12-24'],
    ['OOO until Mon, Jan 4th', 'back', '2027-01-05'],
    ['Out of office from 2026-12-21 to 2027-01-04', 'back', '2027-01-05'],
    ['I am away between December 21 and January 4', 'back', '2027-01-05'],
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
    ['until the end of the year', 'back', '2027-01-01'],
    ['bis Jahresende', 'back', '2027-01-01'],
    ['bis Ende des Monats', 'back', '2026-12-01'],
    ['bis Ende Januar', 'back', '2027-02-01'],
    ['jusqu’à la fin de l’année', 'back', '2027-01-01'],
    ['hasta finales de año', 'back', '2027-01-01'],
    ['Ask again at the end of next month', 'later', '2027-01-01'],
    ['in einem halben Jahr', 'later', '2027-05-27'],
    ['in half a year', 'later', '2027-05-27'],
    ['Could you reach out in early 2027?', 'later', '2027-01-07'],
    ['Melden Sie sich Mitte 2027', 'later', '2027-07-01'],
    ['fin 2027', 'later', '2027-12-01'],
    ['on leave until the end of 2026', 'back', '2027-01-01'],
    ['in 2-3 weeks', 'later', '2026-12-18'],
  ];
  const weekdays: Case[] = [
    ['Please reach out again on Monday, December 14.', 'later', '2026-12-14'],
    ['am Montag, den 11. Januar', 'later', '2027-01-11'],
    ['am Montag, 7.12., wieder da', 'back', '2026-12-07'],
    ['le mardi 12 janvier', 'later', '2027-01-12'],
    ['Back on Monday the 14th', 'back', '2026-12-14'],
    ['I am out until the 7th and back on the 9th.', 'back', '2026-12-09'],
    ['out until the 7th', 'back', '2026-12-08'],
    ['we agree on the 2 points', 'later', null],
    ['I will be back Monday', 'back', '2026-11-30'],
    ['am kommenden Montag', 'back', '2026-11-30'],
    ['I am out on Friday, November 27 and will return Monday', 'back', '2026-11-30'],
    ['We close on Friday, December 25, reopening on Monday the 28th', 'back', '2026-12-28'],
    ['de retour lundi', 'back', '2026-11-30'],
    ['lundi prochain', 'later', '2026-11-30'],
    ['out until Monday', 'back', '2026-12-01'],
    ['morgen wieder', 'back', '2026-11-28'],
    ['Übermorgen bin ich zurück', 'back', '2026-11-29'],
    ['de retour demain', 'back', '2026-11-28'],
    ['mañana', 'back', '2026-11-28'],
    ['Every Monday we meet, call again in March', 'later', '2027-03-01'],
    ['Guten Morgen, melden Sie sich im März', 'later', '2027-03-01'],
    ['Morgen!', 'later', null],
  ];
  const numbers: Case[] = [
    ['I will be back on 01/04/2027.', 'back', '2027-01-04', 'US'],
    ['I will be back on 01/04/2027.', 'back', '2027-04-01', 'GB'],
    ['I will be back on 13/01/2027.', 'back', '2027-01-13', 'US'],
    ['circle back on 01/12/2027', 'later', '2027-01-12', 'US'],
    ['ab dem 07.01.2027', 'later', '2027-01-07', 'US'],
    ['I will be back on 3/12.', 'back', '2026-12-03', 'GB'],
    ['I will be back on 3/12.', 'back', '2027-03-12', 'US'],
    ['out until 12/4', 'back', '2026-12-05', 'US'],
    ['OOO 12/21-1/4', 'back', '2027-01-05', 'US'],
    ['between 12/21 and 1/4', 'back', '2027-01-05', 'US'],
    ['ab dem 07.01. wieder erreichbar', 'back', '2027-01-07'],
    ['We are on version 1.2. Our share is 3/4, we work 24/7.', 'later', null],
    ['We grew from 10.1.4 to 10.1.5, by 2.5 million, from 10.12 Uhr', 'later', null],
  ];
  const clauses: Case[] = [
    ['Since March 2 we use X; try again in two weeks', 'later', '2026-12-11'],
    ['In January we move, please reach out again on Friday, March 5', 'later', '2027-03-05'],
    ['I am back on 4 January, but we move on 20 January', 'back', '2027-01-04'],
    ['I am away until 4 January and will get back to you within 2 days.', 'back', '2027-01-05'],
    ['Since January we use X', 'later', null],
    ['the end of an era', 'later', null],
    ['fin de mes congés', 'later', null],
  ];
  const cases = [...spans, ...weekdays, ...numbers, ...clauses].map(([text, mode, date, country]) => ({ text, mode, date, country }));
  test.each(cases)('$text, $mode → $date $country', ({ text, mode, date, country }) =>
    expect(dateInText(text, { now: friday, country }, mode)?.toISOString().slice(0, 10) ?? null).toBe(date),
  );
});
