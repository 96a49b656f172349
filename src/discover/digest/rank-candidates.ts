import { Refusal } from '../../errors.ts';
import { inSlices } from '../../platform/slices.ts';
import type { Company } from '../../programme/companies/company.ts';
import { eachCompany, listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import type { FitProfile } from '../fit/fit.ts';
import { getFitProfile } from '../fit/fit-profile.ts';
import { createRanking, explainPlaced, type RankedCompany, type Ranking } from '../fit/rank-companies.ts';
import { customWeights } from '../learning/weights-repository.ts';

/** Ranks the workspace's companies that pass `include`, by default all that were not turned down; those of `isLast` after all others.
 *  Evidence that is stale at `now` counts half as known. `candidates` counts those that were ranked: gated companies are not among
 *  them. Refuses `setup-incomplete`. */
export async function rankCandidates(
  workspaceId: string,
  {
    top,
    include = isOpen,
    isLast = () => false,
    now,
  }: { top: number; include?: (company: Company) => boolean; isLast?: (id: string) => boolean; now: Date },
): Promise<{ candidates: number; ranked: RankedCompany[] }> {
  const scales = { weights: await customWeights(workspaceId), now };
  return await withRanking(workspaceId, await profileOf(workspaceId), async (kept) => {
    const asked = await readChanges(workspaceId, kept, include);
    const { ranking } = kept;
    const first = await inSlices(ranking.best({ top, ...scales, include: (id) => asked.has(id) && !isLast(id) }));
    const last = await inSlices(ranking.best({ top: top - first.placed.length, ...scales, include: (id) => asked.has(id) && isLast(id) }));
    const placed = [...first.placed, ...last.placed];
    const ids = new Set(placed.flatMap((company) => [company.id, ...ranking.namersOf(company)]));
    const byId = new Map((await listCompaniesByIds(workspaceId, [...ids])).map((company) => [company.id, company]));
    const candidates = first.candidates - first.gated + last.candidates - last.gated;
    return { candidates, ranked: explainPlaced(ranking, placed, byId, scales) };
  });
}

/** Where companies stand in the whole list, 1 being the first, also those turned down; of how many. One that a gate keeps out has no place. */
export async function placesAmongOthers(
  workspaceId: string,
  of: readonly string[],
  now: Date,
): Promise<{ candidates: number; places: Map<string, number> }> {
  const weights = await customWeights(workspaceId);
  return await withRanking(workspaceId, await profileOf(workspaceId), async (kept) => {
    const asked = await readChanges(workspaceId, kept, (company) => isOpen(company) || of.includes(company.id));
    const { candidates, gated, places } = await inSlices(kept.ranking.best({ top: 0, weights, now, include: (id) => asked.has(id), of }));
    return { candidates: candidates - gated, places };
  });
}

/** One company's fit as the last `rankCandidates` saw it, with who names it; all are read anew when it did not see this one. Refuses
 *  `setup-incomplete`. */
export async function fitAmongOthers(workspaceId: string, company: Company, now: Date): Promise<RankedCompany> {
  const weights = await customWeights(workspaceId);
  return await withRanking(workspaceId, await profileOf(workspaceId), async (kept) => {
    if (!kept.versions.has(company.id)) await readChanges(workspaceId, kept, () => false);
    const namers = await listCompaniesByIds(workspaceId, await inSlices(kept.ranking.namersOfId(company.id)));
    return kept.ranking.explain(company, namers, { weights, now });
  });
}

/** Reads what is new or changed since the last time; the ids of the companies that are asked for. */
async function readChanges(workspaceId: string, { ranking, versions }: KeptRanking, isAsked: (company: Company) => boolean) {
  const asked = new Set<string>();
  const seen = new Set<string>();
  function* readBatch(batch: readonly Company[]) {
    for (const company of batch) {
      const version = versionOf(company);
      seen.add(company.id);
      if (isAsked(company)) asked.add(company.id);
      yield;
      if (versions.get(company.id) === version) continue;
      ranking.add(company);
      versions.set(company.id, version);
      yield;
    }
  }
  for await (const batch of eachCompany(workspaceId)) await inSlices(readBatch(batch));
  if (versions.size > seen.size) {
    ranking.drop((id) => !seen.has(id));
    for (const id of versions.keys()) if (!seen.has(id)) versions.delete(id);
  }
  return asked;
}

/** Changes with the facts, also when two changes bear the same time, and when one was only read again. */
function versionOf({ updatedAt, origin, origins, teamSize, sizeBand, ...facts }: Company): string {
  const { name, oneLiner, description, industries, tags, locations, integrations = [] } = facts;
  const sizes = [name, oneLiner, description, ...[industries, tags, locations, integrations].map((list) => list.join())].map(
    ({ length }) => length,
  );
  const read = [origin, ...Object.values(origins)].map(({ at }) => at.getTime());
  return [updatedAt.getTime(), ...sizes, teamSize, sizeBand, ...read].join();
}

async function profileOf(workspaceId: string) {
  const profile = await getFitProfile(workspaceId);
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  return profile;
}

function isOpen({ decision }: Company): boolean {
  return decision?.kind !== 'not-fit';
}

/** What was read of a workspace's companies for its profile; `versions` tells by id in which state each
 *  was read. */
export type KeptRanking = { ranking: Ranking; versions: Map<string, string> };

type Kept = KeptRanking & { profile: string; busy: Promise<unknown> };

/** Of the workspaces asked for last: some hundred bytes a company each. A restart loses nothing but the time to read them again. */
const MOST_KEPT = 4;
const kept = new Map<string, Kept>();

/** Calls `work` with what was read before for the same profile, or with nothing read yet; one call at a time for each workspace. */
export async function withRanking<Result>(
  workspaceId: string,
  profile: FitProfile,
  work: (kept: KeptRanking) => Promise<Result>,
): Promise<Result> {
  const key = JSON.stringify(profile);
  const known = kept.get(workspaceId);
  const entry: Kept =
    known?.profile === key ? known : { ranking: createRanking(profile), versions: new Map(), profile: key, busy: Promise.resolve() };
  kept.delete(workspaceId);
  kept.set(workspaceId, entry);
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest);
  const done = entry.busy.then(() => work(entry));
  // Whoever comes next waits for the end of this, however it ends.
  entry.busy = done.catch(() => {});
  return await done;
}
