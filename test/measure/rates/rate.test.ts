import { expect, test } from '@jest/globals';
import { crossRate } from '../../../src/measure/rates/rate.ts';
import { findRate, keepRates } from '../../../src/measure/rates/rate-repository.ts';
import { HOME } from '../../support/builders.ts';
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

test('a day without a rate takes the last one before it, at most a week back, and what is on file stays', async () => {
  expect(await keepRates(HOME, [FRIDAY])).toBe(1);
  expect(await keepRates(HOME, [{ ...FRIDAY, perEuro: { USD: '2' } }])).toBe(0);
  const found = { rate: '1.1024', rateDay: '2026-11-27' };
  for (const day of ['2026-11-27', '2026-11-29', '2026-12-04']) expect(await findRate(HOME, 'EUR', 'USD', day)).toEqual(found);
  for (const day of ['2026-11-26', '2026-12-05']) expect(await findRate(HOME, 'EUR', 'USD', day)).toBeNull();
});
