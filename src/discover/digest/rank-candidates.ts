import { inSlices } from '../../platform/slices.ts';
import type { Company } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import type { Among } from '../fit/among.ts';
import { explainPlaced, type Placed, type RankedCompany } from '../fit/rank-companies.ts';
import type { Scales } from '../fit/score-company.ts';
import { customWeights } from '../learning/weights-repository.ts';
import { type KeptRanking, type OnFile, withRanking } from './kept-ranking.ts';

export type { OnFile } from './kept-ranking.ts';

/** Ranks the workspace's companies that pass `include`, by default all that were not turned down. It may answer with a number from 1 to
 *  `LAST`: those with a smaller one stand before all with a larger one.
 *  Evidence that is stale at `now` counts half as known. `candidates` counts those that were ranked: gated companies are not among
 *  them; `found` those of them that `among` asks for. Refuses `setup-incomplete`. */
export async function rankCandidates(
  workspaceId: string,
  {
    top,
    include = isOpen,
    among,
    type,
    now,
  }: {
    top: number;
    include?: (company: OnFile, isGated: boolean) => boolean | number;
    among?: Among;
    type?: PartnerType;
    now: Date;
  },
): Promise<{ candidates: number; found: number; ranked: RankedCompany[] }> {
  const weights = await customWeights(workspaceId);
  return await withRanking(workspaceId, async (kept) => {
    const scales = { weights, now, likeness: kept.likeness };
    const asked = await askedOf(kept, include);
    const { ranking } = kept;
    const placed: Placed[] = [];
    let [candidates, found] = [0, 0];
    for (let tier = 1; tier <= LAST; tier++) {
      if (tier > 1 && !asked.includes(tier)) continue;
      const isAsked = (place: number) => asked[place] === tier;
      const best = await inSlices(ranking.best({ top: top - placed.length, type, among, ...scales, include: isAsked }));
      placed.push(...best.placed);
      candidates += best.candidates - best.gated;
      found += best.found;
    }
    const ids = new Set(placed.flatMap((company) => [company.id, ...ranking.namersOf(company)]));
    const byId = new Map((await listCompaniesByIds(workspaceId, [...ids])).map((company) => [company.id, company]));
    return { candidates, found, ranked: explainPlaced(ranking, placed, byId, scales) };
  });
}

/** The ids of those that are the best of a type by the rules alone, whatever the second reader says, and that nobody has turned down, taken up or put off. Refuses
 *  `setup-incomplete`. */
export async function bestByRules(
  workspaceId: string,
  { type, top, now }: { type: PartnerType; top: number; now: Date },
): Promise<string[]> {
  const weights = await customWeights(workspaceId);
  return await withRanking(workspaceId, async (kept) => {
    const scales = { weights, now, likeness: kept.likeness };
    const asked = await askedOf(kept, ({ decision }) => !decision || decision.kind === 'later');
    const include = (place: number) => asked[place] === 1;
    const { placed } = await inSlices(kept.ranking.best({ top, type, among: 'by-rules', ...scales, include }));
    return placed.map(({ id }) => id);
  });
}

/** A company's place in the whole list, 1 being the first, and its fit among the others. */
export type AmongOthers = { place: number; fit: RankedCompany };

/** Where companies stand among all, also those turned down; of how many. One that a gate keeps out has no place. Refuses `setup-incomplete`. */
export async function placesAmongOthers(
  workspaceId: string,
  of: readonly Company[],
  now: Date,
): Promise<{ candidates: number; standing: Map<string, AmongOthers> }> {
  const weights = await customWeights(workspaceId);
  return await withRanking(workspaceId, async (kept) => {
    const scales = { weights, now, likeness: kept.likeness };
    const ids = of.map(({ id }) => id);
    const asked = await askedOf(kept, (company) => isOpen(company) || ids.includes(company.id));
    const include = (place: number) => asked[place] === 1;
    const { candidates, gated, places } = await inSlices(kept.ranking.best({ top: 0, ...scales, include, of: ids }));
    const standing = new Map<string, AmongOthers>();
    for (const company of of) {
      const place = places.get(company.id);
      if (place !== undefined) standing.set(company.id, { place, fit: await fitIn(kept, company, scales) });
    }
    return { candidates: candidates - gated, standing };
  });
}

/** One company's fit among the others, with who names it. Refuses `setup-incomplete`. */
export async function fitAmongOthers(workspaceId: string, company: Company, now: Date): Promise<RankedCompany> {
  const weights = await customWeights(workspaceId);
  return await withRanking(workspaceId, (kept) => fitIn(kept, company, { weights, now, likeness: kept.likeness }));
}

async function fitIn({ ranking }: KeptRanking, company: Company, scales: Scales): Promise<RankedCompany> {
  const standing = await inSlices(ranking.standingOf(company.id, scales));
  const namers = standing ? await listCompaniesByIds(company.workspaceId, ranking.namersOf(standing)) : [];
  return ranking.explain(company, namers, { ...(standing && { type: standing.type, held: standing.held }), ...scales });
}

export const LAST = 3;

/** What `ask` says of each company, row by row. */
async function askedOf({ rows, ranking }: KeptRanking, ask: (company: OnFile, isGated: boolean) => boolean | number): Promise<Uint8Array> {
  const asked = new Uint8Array(rows.length);
  function* askAll() {
    for (const [place, company] of rows.entries()) {
      if (place % STEP === STEP - 1) yield;
      asked[place] = Number(ask(company, ranking.isGated(place)));
    }
  }
  await inSlices(askAll());
  return asked;
}

const STEP = 200;

function isOpen({ decision }: Pick<Company, 'decision'> | OnFile): boolean {
  return decision?.kind !== 'not-fit';
}
