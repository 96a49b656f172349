import { addDays, addMonths, format, isValid, parse } from 'date-fns';
import { proportionOf, WHOLE_BP } from './exact.ts';

/** A step of a plan: from this volume on, a border included, another rate holds. */
export type RateTier = { fromMinor: number; rateBp: number };

/** What one more sale earns when each part of it earns the rate of the tier in which it lies, counted from the volume before. The parts are added
 *  exactly and rounded once. */
export function marginalCommission(
  tiers: readonly RateTier[],
  { volumeBeforeMinor, saleMinor }: { volumeBeforeMinor: number; saleMinor: number },
): number {
  if (saleMinor < 0) return -marginalCommission(tiers, { volumeBeforeMinor: volumeBeforeMinor + saleMinor, saleMinor: -saleMinor }) || 0;
  const sorted = inOrder(tiers);
  const end = volumeBeforeMinor + saleMinor;
  const earned = sorted.reduce((sum, { fromMinor, rateBp }, place) => {
    const to = Math.min(end, sorted[place + 1]?.fromMinor ?? end);
    const part = Math.max(0, to - Math.max(volumeBeforeMinor, fromMinor));
    return sum + BigInt(part) * BigInt(rateBp);
  }, 0n);
  return proportionOf(1, earned, WHOLE_BP);
}

/** The rate that a volume reaches, for all of it; nothing below the first tier. */
export function rateReached(tiers: readonly RateTier[], volumeMinor: number): number {
  return inOrder(tiers).findLast(({ fromMinor }) => fromMinor <= volumeMinor)?.rateBp ?? 0;
}

/** The first day on which an invoice earns nothing any more; null without end. `months` are counted from the first invoice, to the end of a shorter month;
 *  0 is the first invoice only. Days are `YYYY-MM-DD`. */
export function firstDayWithout(firstInvoice: string, months: number | null): string | null {
  if (months === null) return null;
  const first = dayOf(firstInvoice);
  return format(months === 0 ? addDays(first, 1) : addMonths(first, months), 'yyyy-MM-dd');
}

/** Whether an invoice of this day is inside the time in which a customer earns a commission. */
export function isWithin(day: string, { firstInvoice, months }: { firstInvoice: string; months: number | null }): boolean {
  const end = firstDayWithout(firstInvoice, months);
  return end === null || day < end;
}

function dayOf(text: string): Date {
  const day = parse(text, 'yyyy-MM-dd', new Date(0));
  if (!isValid(day)) throw new Error('a day is YYYY-MM-DD');
  return day;
}

function inOrder(tiers: readonly RateTier[]): RateTier[] {
  return [...tiers].sort((a, b) => a.fromMinor - b.fromMinor);
}
