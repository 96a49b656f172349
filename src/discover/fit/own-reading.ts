import type { Programme } from '../../programme/setup/programme.ts';
import type { AreaId } from './areas.ts';
import { fitProfile } from './fit-profile.ts';
import { type Understanding, understandProfile } from './fit-target.ts';
import { type Relation, relationOf } from './relation.ts';
import type { SegmentId } from './segments.ts';

/** What the set-up texts are understood to say, as people see it and may correct it. `areas`, the clearest first, and `relations`, one
 *  or more for the wanted types, are those the ranking uses now; `asRead` is what they are without a correction. */
export type OwnReading = {
  areas: AreaId[];
  relations: Relation[];
  customers: SegmentId[];
  corrected: Programme['corrected'];
  asRead: { areas: AreaId[]; relation: Relation };
};

/** A person may choose so many: with more, nearly everything goes with the offer, and the score says nothing. */
export const MOST_AREAS = 8;

/** Those a form can begin with. */
export function offeredAreas(areas: readonly AreaId[]): AreaId[] {
  return areas.slice(0, MOST_AREAS);
}

/** Null until the company part of set-up is done. */
export function ownReading(programme: Programme): OwnReading | null {
  const profile = fitProfile(programme, []);
  if (!profile) return null;
  const now = understandProfile(profile);
  const asRead = understandProfile({ ...profile, corrected: undefined });
  return {
    areas: clearestFirst(now),
    relations: [...new Set(profile.partnerTypesWanted.map((type) => relationOf(type, now.relation)))],
    customers: [...now.customers],
    corrected: programme.corrected,
    asRead: { areas: clearestFirst(asRead), relation: asRead.relation },
  };
}

function clearestFirst({ areas }: Understanding): AreaId[] {
  return [...areas].sort(([, a], [, b]) => b - a).map(([id]) => id);
}
