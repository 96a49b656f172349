import { minorDigits } from '../../platform/money.ts';

/** Basis points of a whole: 1500 are 15 %. */
export const WHOLE_BP = 10_000;

/** `amount × numerator ÷ denominator`, rounded to a whole unit, halves away from zero. Exact however large the product is. */
export function proportionOf(amount: number, numerator: bigint | number, denominator: bigint | number): number {
  const product = BigInt(amount) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const size = product < 0n ? -product : product;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return safe(product < 0n ? -rounded : rounded);
}

/** A percentage of an amount in minor units, by its rate in basis points. */
export function percentOf(amountMinor: number, rateBp: number): number {
  return proportionOf(amountMinor, rateBp, WHOLE_BP);
}

/** The parts of a whole in proportion to `shares`, in their order: each gets the floor of its exact share, the units that are left go one each to the
 *  largest remainders, of equal ones to the one named first. A negative amount is split as its positive twin. Parts equal the whole. Shares that are
 *  all nothing are taken for equal ones. */
export function splitInParts(amount: number, shares: readonly number[]): number[] {
  if (shares.length === 0) return [];
  if (amount < 0) return splitInParts(-amount, shares).map((part) => -part || 0);
  const isNothing = shares.every((share) => share === 0);
  const sizes = shares.map((share) => BigInt(isNothing ? 1 : share));
  const whole = sizes.reduce((sum, size) => sum + size, 0n);
  const exact = sizes.map((size) => BigInt(amount) * size);
  const parts = exact.map((share) => safe(share / whole));
  const left = amount - sumOf(parts);
  const byRemainder = exact
    .map((share, place) => ({ place, remainder: share % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder > b.remainder ? -1 : 1));
  const luckier = new Set(byRemainder.slice(0, left).map(({ place }) => place));
  return parts.map((part, place) => part + (luckier.has(place) ? 1 : 0));
}

/** A rate as it is published, `1.1894`: units of one currency for a whole unit of another. */
const RATE = /^\d{1,12}(?:\.\d{1,12})?$/;
export function isRate(text: string): boolean {
  return RATE.test(text) && /[1-9]/.test(text);
}

/** Minor units of another currency at this rate, halves away from zero. Throws on a rate that is none. */
export function converted(amountMinor: number, { from, to, rate }: { from: string; to: string; rate: string }): number {
  if (!isRate(rate)) throw new Error('a rate is a number above zero');
  const [whole = '', fraction = ''] = rate.split('.');
  const numerator = BigInt(whole + fraction) * 10n ** BigInt(minorDigits(to));
  return proportionOf(amountMinor, numerator, 10n ** BigInt(fraction.length + minorDigits(from)));
}

export function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

/** No sum of money is larger than what a number holds exactly: 90 trillion with two digits behind the point. */
function safe(amount: bigint): number {
  const number = Number(amount);
  if (!Number.isSafeInteger(number)) throw new RangeError('the sum is too large to be exact');
  return number;
}
