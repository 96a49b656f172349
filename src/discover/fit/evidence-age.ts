import { type FactName, FRESH_DAYS, type Origin } from '../../programme/companies/company.ts';
import type { Candidate } from './fit.ts';

/** Stale evidence still says something: this part of its criterion counts as known. The points stay as they are. */
export const STALE_PART = 0.5;
/** What the whole list says is as old as the list, not as one of its companies. */
export const AGELESS = 0xffffffff;

type Read = Pick<Candidate, 'origin' | 'origins'>;

/** In whole seconds since 1970. */
export function secondOf({ at }: Origin): number {
  return Math.max(0, Math.floor(at.getTime() / 1_000));
}

/** When the newest of the facts was read: one fresh fact keeps a criterion known. */
export function readAt({ origin, origins }: Read, facts: Iterable<{ field: FactName }>): number {
  let newest = 0;
  for (const { field } of facts) newest = Math.max(newest, secondOf(origins[field] ?? origin));
  return newest;
}

/** None of its facts was read before. */
export function oldestOf({ origin, origins }: Read): number {
  let oldest = secondOf(origin);
  for (const own of Object.values(origins)) oldest = Math.min(oldest, secondOf(own));
  return oldest;
}

/** Whether some of its facts were read at another time than the rest. */
export function hasOwnOrigins({ origins }: Read): boolean {
  for (const _field in origins) return true;
  return false;
}

/** What was read before this second is stale, as `isStale` has it; without `now` nothing is. */
export function staleBefore(now: Date | undefined): number {
  return now ? Math.floor(now.getTime() / 1_000) - FRESH_DAYS * 86_400 : 0;
}
