import { inSlices } from '../../platform/slices.ts';
import type { Company } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { explainPlaced, type RankedCompany } from '../fit/rank-companies.ts';
import { customWeights } from '../learning/weights-repository.ts';
import { type KeptRanking, type OnFile, withRanking } from './kept-ranking.ts';

export type { OnFile } from './kept-ranking.ts';

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
  }: { top: number; include?: (company: OnFile, isGated: boolean) => boolean; isLast?: (id: string) => boolean; now: Date },
): Promise<{ candidates: number; ranked: RankedCompany[] }> {
  const scales = { weights: await customWeights(workspaceId), now };
  return await withRanking(workspaceId, async (kept) => {
    const asked = await askedOf(kept, include);
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
  return await withRanking(workspaceId, async (kept) => {
    const asked = await askedOf(kept, (company) => isOpen(company) || of.includes(company.id));
    const { candidates, gated, places } = await inSlices(kept.ranking.best({ top: 0, weights, now, include: (id) => asked.has(id), of }));
    return { candidates: candidates - gated, places };
  });
}

/** One company's fit among the others, with who names it. Refuses `setup-incomplete`. */
export async function fitAmongOthers(workspaceId: string, company: Company, now: Date): Promise<RankedCompany> {
  const weights = await customWeights(workspaceId);
  return await withRanking(workspaceId, async (kept) => {
    const namers = await listCompaniesByIds(workspaceId, await inSlices(kept.ranking.namersOfId(company.id)));
    return kept.ranking.explain(company, namers, { weights, now });
  });
}

/** The ids of the companies that are asked for. */
async function askedOf({ companies, ranking }: KeptRanking, isAsked: (company: OnFile, isGated: boolean) => boolean): Promise<Set<string>> {
  const asked = new Set<string>();
  function* ask() {
    let seen = 0;
    for (const company of companies.values()) {
      if (++seen % STEP === 0) yield;
      if (isAsked(company, ranking.isGated(company.id))) asked.add(company.id);
    }
  }
  await inSlices(ask());
  return asked;
}

const STEP = 200;

function isOpen({ decision }: Pick<Company, 'decision'> | OnFile): boolean {
  return decision?.kind !== 'not-fit';
}
