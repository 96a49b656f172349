import { shareReads } from '../../platform/shared-reads.ts';
import { listPartners } from '../../programme/companies/company-repository.ts';
import type { Programme } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { listGatedHashes } from '../../programme/suppression/suppression-repository.ts';
import { listKeptOut } from '../reviews/review-repository.ts';
import type { AreaId } from './areas.ts';
import { Correction, type FitProfile } from './fit.ts';
import { type Understanding, understandProfile } from './fit-target.ts';
import { namesPlaces } from './places.ts';
import { type Relation, relationOf } from './relation.ts';
import type { SegmentId } from './segments.ts';

/** What the fit score reads of the settings; null until the company part of set-up is done. `suppressed` are the hashes of companies and
 *  domains under silence, `partners` names and domains of those who became partners here, `keptOut` domains of those the team keeps out. */
export function fitProfile(
  { workspaceId, company, leaveOut, corrected }: Programme,
  suppressed: string[],
  partners: string[] = [],
  keptOut: string[] = [],
): FitProfile | null {
  if (!company) return null;
  const correction = readCorrection(corrected);
  return {
    name: company.name,
    sells: company.sells,
    customers: company.customers,
    geography: company.regions,
    partnerTypesWanted: company.partnerTypes,
    competitors: [...leaveOut.competitors, ...keptOut],
    ...(keptOut.length > 0 ? { keptOut } : {}),
    existing: [...leaveOut.existing, company.website, ...partners],
    leaveOut: leaveOut.customers,
    ...(leaveOut.largest ? { largest: leaveOut.largest } : {}),
    ...(suppressed.length > 0 ? { suppressed: { workspaceId, hashes: suppressed } } : {}),
    ...(correction ? { corrected: correction } : {}),
  };
}

/** One that names a field the vocabulary has no more counts as none. */
function readCorrection(stored: Programme['corrected']): Correction | null {
  return Correction.nullable().catch(null).parse(stored);
}

export const getFitProfile = shareReads(async (workspaceId): Promise<FitProfile | null> => {
  const [programme, suppressed, partners, keptOut] = await Promise.all([
    getProgramme(workspaceId),
    listGatedHashes(workspaceId),
    listPartners(workspaceId),
    listKeptOut(workspaceId),
  ]);
  return fitProfile(programme, suppressed, partners, keptOut);
});

/** What the set-up texts are understood to say, as people see it and may correct it. `areas`, the clearest first, and `relations`, one
 *  or more for the wanted types, are those the ranking uses now; `asRead` is what they are without a correction. */
export type OwnReading = {
  areas: AreaId[];
  relations: Relation[];
  customers: SegmentId[];
  /** Where it sells names no place that is known. */
  noPlaces: boolean;
  corrected: Correction | null;
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
    noPlaces: profile.geography.trim() !== '' && !namesPlaces(profile.geography),
    corrected: readCorrection(programme.corrected),
    asRead: { areas: clearestFirst(asRead), relation: asRead.relation },
  };
}

function clearestFirst({ areas }: Understanding): AreaId[] {
  return [...areas].sort(([, a], [, b]) => b - a).map(([id]) => id);
}
