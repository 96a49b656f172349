import * as currencies from 'dinero.js/currencies';

/** Digits behind the point by code: 2 for EUR, 0 for JPY. Source: ISO 4217, which is what banks count in; browsers' tables leave out what people no
 *  longer pay in coins. */
const DIGITS: ReadonlyMap<string, number> = new Map(
  // Ariary and ouguiya have fifths for coins; accounts count in hundredths.
  Object.values(currencies).map(({ code, base, exponent }) => [code, base === 10 ? exponent : 2]),
);

/** A sum in the currency's smallest unit: 12,000 euros are 1,200,000. */
export type Money = { minor: number; currency: string };

/** An ISO 4217 code, as `EUR`. */
export function isCurrency(code: string): boolean {
  return DIGITS.has(code);
}

/** Digits behind the point: 2 for EUR, 0 for JPY. Throws on a code that is none. */
export function minorDigits(currency: string): number {
  const digits = DIGITS.get(currency);
  if (digits === undefined) throw new RangeError('no currency of ISO 4217');
  return digits;
}

/** Longer texts hold more than a sum. */
const LONGEST = 60;

/** The signs and names of a currency that no other one has, in English: €, £, euro. Dollars, pesos and kronor are several countries'. Source: CLDR. */
const SIGNS: ReadonlyMap<string, string> = readSigns();

function readSigns(): Map<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'currency' });
  const signs = new Map<string, string | null>([['euros', 'EUR']]);
  const note = (sign: string, code: string) => signs.set(sign, signs.has(sign) ? null : code);
  for (const code of DIGITS.keys()) {
    const parts = new Intl.NumberFormat('en', { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' }).formatToParts(1);
    const sign = parts.find(({ type }) => type === 'currency')?.value ?? code;
    if (sign !== code) note(sign.toLowerCase(), code);
    note((names.of(code) ?? code).toLowerCase(), code);
  }
  // The pound of today is sterling where people write its sign.
  signs.set('£', 'GBP');
  return new Map([...signs].flatMap(([sign, code]) => (code === null ? [] : [[sign, code]])));
}

function currencyOf(typed: string): string | null {
  const code = typed.toUpperCase();
  return isCurrency(code) ? code : (SIGNS.get(typed.toLowerCase()) ?? null);
}

/** Reads a sum with its currency before or behind it, such as `12,000 EUR`, `€12.000,50` or `12000.5 euro`. Null for everything else, also where a
 *  separator or a sign could mean several: it is asked again rather than guessed. */
export function readMoney(typed: string): Money | null {
  if (typed.length > LONGEST) return null;
  const [, before = '', number = '', behind = ''] =
    /^([^\d\s.,'’]+)?\s*(\d[\d., '’\u00a0\u202f]*?)\s*([^\d.,'’]+)?$/u.exec(typed.trim()) ?? [];
  const currency = before && behind ? null : currencyOf((before || behind).trim());
  if (!currency) return null;
  const digits = minorDigits(currency);
  const minor = minorOf(number.replace(/[\s'’\u00a0\u202f]+/g, ''), digits);
  return minor === null ? null : { minor, currency };
}

/** More is no sum that a form means; all below is exact. */
const MOST_DIGITS = 15;

/** The last separator is the point when fewer than three digits follow it, all others stand between groups of three. */
function minorOf(number: string, digits: number): number | null {
  const [, whole = '', fraction = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(number) ?? [];
  // Three digits behind a single separator are a group, unless the currency itself has three behind the point.
  if (digits > 2 && /[.,]\d{3}$/.test(number)) return null;
  const isGrouped = /^\d{1,3}(?:,\d{3})*$/.test(whole) || /^\d{1,3}(?:\.\d{3})*$/.test(whole) || /^\d+$/.test(whole);
  if (!isGrouped || fraction.length > digits) return null;
  const all = `${whole.replace(/\D/g, '')}${fraction.padEnd(digits, '0')}`;
  return all.length > MOST_DIGITS ? null : Number(all);
}

/** The sum alone, for programs: `12000` or `12000.5`. `readMoney` with the currency behind it gives the same sum. */
export function amountText({ minor, currency }: Money): string {
  return String(minor / 10 ** minorDigits(currency));
}

/** As people read it, such as `12,000 EUR`; with the digits behind the point only where they are not all zero. */
export function moneyWords({ minor, currency }: Money): string {
  const digits = minorDigits(currency);
  const isWhole = minor % 10 ** digits === 0;
  const number = new Intl.NumberFormat('en', { minimumFractionDigits: isWhole ? 0 : digits, maximumFractionDigits: digits });
  return `${number.format(minor / 10 ** digits)} ${currency}`;
}
