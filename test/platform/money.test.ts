import { expect, test } from 'vitest';
import { moneyWords, readMoney } from '../../src/platform/money.ts';

test.each([
  ['12,000 EUR', 1_200_000, 'EUR', '12,000 EUR'],
  ['EUR 12.000,50', 1_200_050, 'EUR', '12,000.50 EUR'],
  ['12 000.5 eur', 1_200_050, 'EUR', '12,000.50 EUR'],
  ['1,234,567 usd', 123_456_700, 'USD', '1,234,567 USD'],
  ['12.000 GBP', 1_200_000, 'GBP', '12,000 GBP'],
  ["12'000 CHF", 1_200_000, 'CHF', '12,000 CHF'],
  ['5000 JPY', 5000, 'JPY', '5,000 JPY'],
  ['12.5 KWD', 12_500, 'KWD', '12.500 KWD'],
  ['0.99USD', 99, 'USD', '0.99 USD'],
])('%s', (typed, minor, currency, words) => {
  expect(readMoney(typed)).toEqual({ minor, currency });
  expect(moneyWords({ minor, currency })).toBe(words);
});

test.each([
  '',
  '12000',
  'EUR',
  '12,00,0 EUR',
  '1,2345 EUR',
  '12.345 KWD',
  '5.5 JPY',
  'EUR 5 EUR',
  '-5 EUR',
  '5 XYZ',
  '9999999999999999 EUR',
  `1${' '.repeat(100_000)}EUR`,
])('%s is no sum, or could be two', (typed) => {
  expect(readMoney(typed)).toBeNull();
});
