import type { PartnerType } from '../programme/partner-type.ts';
import type { Candidate, Fit, FitProfile } from './fit.ts';
import { fitTarget } from './fit-target.ts';
import { gateKeeper } from './gates.ts';
import { bestStanding, type CustomWeights, compareStandings, explainFit, type Standing } from './score-company.ts';
import { topList } from './top-list.ts';

export type RankedCompany = { id: string; domain: string | null; name: string } & Fit;

/** `type`: only this one, else each company counts with its best among those wanted. `top`: how many to explain and return. */
export type RankOptions = { type?: PartnerType; top: number; weights?: CustomWeights };

/** A ranking that takes companies one by one, so that a caller can feed it in slices; it keeps the best `top` and nothing of the rest. */
export type Ranking = { add(candidate: Candidate): void; result(): RankResult };

/** `candidates` counts every company offered, `gated` those of them that a gate keeps out. */
export type RankResult = { candidates: number; gated: number; ranked: RankedCompany[] };

type Placed = { candidate: Candidate; standing: Standing };

export function createRanking(profile: FitProfile, { type, top, weights = {} }: RankOptions): Ranking {
  const target = fitTarget(profile);
  const gate = gateKeeper(profile);
  const types = type ? [type] : profile.partnerTypesWanted;
  const best = topList<Placed>(top, comparePlaced);
  let candidates = 0;
  let gated = 0;
  return {
    add(candidate) {
      candidates++;
      if (gate(candidate)) {
        gated++;
        return;
      }
      best.offer({ candidate, standing: bestStanding(target, candidate, types, weights) });
    },
    result: () => ({
      candidates,
      gated,
      ranked: best.sorted().map(({ candidate, standing }) => ({
        id: candidate.id,
        domain: candidate.domain,
        name: candidate.name,
        ...explainFit(target, candidate, [standing.type], weights),
      })),
    }),
  };
}

export function rankCompanies(profile: FitProfile, candidates: Iterable<Candidate>, options: RankOptions): RankResult {
  const ranking = createRanking(profile, options);
  for (const candidate of candidates) ranking.add(candidate);
  return ranking.result();
}

/** A total order: the order in which companies arrive never matters. */
function comparePlaced(a: Placed, b: Placed): number {
  return (
    compareStandings(a.standing, b.standing) ||
    compareText(a.candidate.domain ?? '', b.candidate.domain ?? '') ||
    compareText(a.candidate.id, b.candidate.id)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
