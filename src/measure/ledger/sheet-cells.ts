import { minorDigits, readMoney } from '../../platform/money.ts';

/** The text of a cell; empty for what is neither text nor a number. */
export function cellText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** A sum as text. A number of a spreadsheet or of JSON has as many digits as it likes, and its point is one: it is rounded to the digits of its unit, which is
 *  a currency as people write it. A text stays as it is, because its separators may mean several things. */
export function sumText(value: unknown, unit: string): string {
  const currency = readMoney(`1 ${unit}`)?.currency;
  if (typeof value !== 'number' || !currency) return cellText(value);
  const digits = minorDigits(currency);
  // By its decimal digits: 1.005 is 1.01, which multiplying it does not give.
  const minor = Math.round(Number(`${value}e${digits}`));
  return Number.isSafeInteger(minor) ? String(Number(`${minor}e-${digits}`)) : cellText(value);
}

/** The first day that is the same in Excel as in the calendar, and the last it knows: it counts a 29 February 1900. */
const DAYS = { from: 61, to: 2_958_465 };

/** A day as text. A number is a day as Excel keeps it, counted from 1900; the time behind the point is left out. */
export function dayText(value: unknown): string {
  if (typeof value !== 'number' || value < DAYS.from || value >= DAYS.to + 1) return cellText(value);
  return new Date(Date.UTC(1899, 11, 30 + Math.floor(value))).toISOString().slice(0, 10);
}
