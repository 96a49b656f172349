import { sumOf } from '../commissions/exact.ts';

/** What one payout comes to, in one currency. `carriedOutMinor` is for the next one; below zero it is a debt. */
export type NetPayout = { netMinor: number; payoutMinor: number; carriedOutMinor: number };

/** Carried in and all lines together are paid in full when they are above zero and at least the minimum; else nothing is, and all of it is carried. */
export function netPayout(linesMinor: readonly number[], minimumMinor: number, carriedInMinor = 0): NetPayout {
  const netMinor = carriedInMinor + sumOf(linesMinor);
  const isPaid = netMinor > 0 && netMinor >= minimumMinor;
  return { netMinor, payoutMinor: isPaid ? netMinor : 0, carriedOutMinor: isPaid ? 0 : netMinor };
}
