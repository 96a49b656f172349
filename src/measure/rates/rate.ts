import { z } from 'zod';
import { isCurrency } from '../../platform/money.ts';
import { isRate } from '../commissions/exact.ts';

/** What one euro was worth on a day, as the European Central Bank publishes it on working days: units of each currency, as written. */
export const DayRates = z.object({
  workspaceId: z.string(),
  day: z.iso.date(),
  perEuro: z.record(z.string().refine(isCurrency), z.string().refine(isRate)),
  /** Of those that a person typed: who, when, and where they have it from. */
  typed: z.record(z.string(), z.object({ by: z.string(), at: z.date(), from: z.string() })).optional(),
});
export type DayRates = z.infer<typeof DayRates>;

/** Digits behind the point of a rate between two currencies that are no euros. */
const FINE = 10;

/** Units of `to` for one of `from`, written with ten digits behind the point at most; null where the day has no rate of one of them. Between two currencies it
 *  goes through the euro. */
export function crossRate({ perEuro }: Pick<DayRates, 'perEuro'>, from: string, to: string): string | null {
  if (from === to) return '1';
  const [of, into] = [from, to].map((currency) => (currency === 'EUR' ? '1' : (perEuro[currency] ?? null)));
  if (!of || !into) return null;
  if (of === '1') return into;
  const [numerator, denominator] = [scaled(into), scaled(of)];
  const digits = (2n * numerator * 10n ** BigInt(FINE) + denominator) / (2n * denominator);
  const text = String(digits).padStart(FINE + 1, '0');
  const rate = `${text.slice(0, -FINE)}.${text.slice(-FINE)}`.replace(/\.?0+$/, '');
  return isRate(rate) ? rate : null;
}

/** As a whole number of billionths of billionths: rates have at most twelve digits behind the point. */
function scaled(rate: string): bigint {
  const [whole = '', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.padEnd(18, '0'));
}
