import { addDays } from 'date-fns';
import { zipSync } from 'fflate';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { TypedRate, typeRate } from '../../../src/measure/rates/bring-rates.ts';
import { crossRate } from '../../../src/measure/rates/rate.ts';
import { findRate, keepRates, lastRateDay } from '../../../src/measure/rates/rate-repository.ts';
import { readEcbFile } from '../../../src/measure/rates/read-ecb-file.ts';
import { AT, HOME } from '../../support/builders.ts';
import { useMongo } from '../../support/mongo.ts';

useMongo();
const FRIDAY = { day: '2026-11-27', perEuro: { USD: '1.1024', JPY: '161.37', GBP: '0.84075' } };

test.each([
  ['EUR', 'USD', '1.1024'],
  ['USD', 'EUR', '0.9071117562'],
  ['GBP', 'JPY', '191.9357716325'],
  ['USD', 'USD', '1'],
  ['USD', 'CHF', null],
])('%s in %s', (from, to, rate) => expect(crossRate(FRIDAY, from, to)).toBe(rate));

test('a day without a rate takes the last one before it, at most a week back, once a later day says that it has none; what is on file stays', async () => {
  expect(await keepRates(HOME, [FRIDAY])).toBe(1);
  expect(await keepRates(HOME, [{ ...FRIDAY, perEuro: { USD: '2' } }])).toBe(0);
  expect(await findRate(HOME, 'EUR', 'USD', '2026-11-29')).toBeNull();
  await keepRates(HOME, [{ day: '2026-12-06', perEuro: { AED: '4.1' } }]);
  expect(await findRate(HOME, 'EUR', 'USD', '2026-11-29')).toBeNull();
  const typed = { GBP: { by: 'U1', at: AT, from: 'A paper' } };
  await keepRates(HOME, [{ day: '2026-12-06', perEuro: { USD: '1.1', GBP: '0.9' }, typed }]);
  expect(await findRate(HOME, 'GBP', 'USD', '2026-11-29')).toBeNull();
  const found = { rate: '1.1024', rateDay: '2026-11-27' };
  for (const day of ['2026-11-27', '2026-11-29', '2026-12-04']) expect(await findRate(HOME, 'EUR', 'USD', day)).toEqual(found);
  for (const day of ['2026-11-26', '2026-12-05']) expect(await findRate(HOME, 'EUR', 'USD', day)).toBeNull();
});

test('currencies of a day come from several files, also at once, and the first of each stays; one that was typed says from where', async () => {
  const { day } = FRIDAY;
  const dirhams = (rate: string) => ({ day, perEuro: { AED: rate } });
  const added = await Promise.all([
    keepRates(HOME, [dirhams('4.05')]),
    keepRates(HOME, [FRIDAY]),
    keepRates(HOME, [dirhams('4.06'), FRIDAY]),
  ]);
  expect(added.some((days) => days === 0)).toBe(true);
  const rate = (await findRate(HOME, 'EUR', 'AED', day))?.rate;
  expect(['4.05', '4.06']).toContain(rate);
  expect(await findRate(HOME, 'GBP', 'JPY', day)).toMatchObject({ rate: '191.9357716325' });
  const ON = addDays(AT, 10);
  const typed = TypedRate.parse({ day, currency: 'kwd', rate: '0,3401', from: 'Central Bank of Kuwait' });
  const typing = () => typeRate(HOME, typed, { by: 'U1', at: ON });
  await typing();
  await expect(typing()).rejects.toMatchObject({ code: 'rate-known' });
  expect(await findRate(HOME, 'EUR', 'KWD', day)).toMatchObject({ rate: '0.3401' });
  const kept = await mongoose.connection.collection('rates').findOne({ workspaceId: HOME, day });
  expect(kept?.typed).toEqual({ KWD: { by: 'U1', at: ON, from: 'Central Bank of Kuwait' } });
});

test('what a person types is of a day that is here, and no currency that the bank publishes; it is no day of the bank', async () => {
  const type = (day: string, currency: string) =>
    typeRate(HOME, TypedRate.parse({ day, currency, rate: '9', from: 'A paper' }), { by: 'U1', at: ON });
  const ON = new Date('2026-12-04T12:00:00Z');
  await type('2026-12-03', 'AED');
  expect(await lastRateDay(HOME)).toBeNull();
  await keepRates(HOME, [FRIDAY]);
  await expect(type('2026-12-05', 'AED')).rejects.toMatchObject({ code: 'rate-to-come' });
  for (const day of ['2026-11-20', '2026-12-04']) await expect(type(day, 'USD')).rejects.toMatchObject({ code: 'rate-published' });
  await type('2026-12-04', 'AED');
  expect(await lastRateDay(HOME)).toBe(FRIDAY.day);
  expect(await findRate(HOME, 'EUR', 'USD', '2026-11-29')).toBeNull();
});

test('a file of the bank is read as a table, packed, and as XML; what is no currency of today is left out and named', () => {
  const table = 'Date,USD,JPY,CYP,\n2026-11-27,1.1024,161.37,N/A,\n2007-12-31,1.4721,N/A,0.585274,\n';
  const read = {
    days: [
      { day: '2026-11-27', perEuro: { USD: '1.1024', JPY: '161.37' } },
      { day: '2007-12-31', perEuro: { USD: '1.4721' } },
    ],
    unknown: ['CYP'],
  };
  expect(readEcbFile(Buffer.from(table))).toEqual(read);
  expect(readEcbFile(zipSync({ 'eurofxref-hist.csv': Buffer.from(table) }))).toEqual(read);
  const xml = `<?xml version="1.0"?><gesmes:Envelope><Cube><Cube time='2026-11-27'><Cube currency='USD' rate='1.1024'/><Cube currency='JPY' rate='161.37'/></Cube></Cube></gesmes:Envelope>`;
  expect(readEcbFile(Buffer.from(xml))).toEqual({ days: read.days.slice(0, 1), unknown: [] });
  expect(readEcbFile(Buffer.from('Date, USD, JPY, \n27 November 2026, 1.1024, 161.37, \n')).days).toEqual(read.days.slice(0, 1));
  for (const wrong of ['', 'name,domain\nAcme,acme.example', 'PK\u0003\u0004broken', 'Date,USD\nsoon,1.1'])
    expect(() => readEcbFile(Buffer.from(wrong))).toThrow('file-unreadable');
});
