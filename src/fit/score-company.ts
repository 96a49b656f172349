import type { PartnerType } from '../programme/partner-type.ts';
import { complementarity } from './complementarity.ts';
import { CRITERION_IDS, type CriterionId, TYPE_WEIGHTS, type Weights } from './criteria.ts';
import { geography, programmeMaturity, reach, reachability, size } from './fact-criteria.ts';
import type { Candidate, Fit, FitProfile } from './fit.ts';
import { type FitTarget, fitTarget } from './fit-target.ts';
import type { Case, Criterion, Judgement } from './judgement.ts';
import { evidenceOf } from './quote.ts';
import { readCompany } from './read-company.ts';
import { icpOverlap, techStack } from './text-criteria.ts';

const JUDGES: Record<CriterionId, Criterion> = {
  'icp-overlap': icpOverlap,
  complementarity,
  reach,
  geography,
  size,
  'tech-stack': techStack,
  'programme-maturity': programmeMaturity,
  reachability,
};

/** The criteria that ask something else of each type; the others are judged once for all types. */
const OF_TYPE: ReadonlySet<CriterionId> = new Set<CriterionId>(['complementarity', 'size']);
type Judged = Map<CriterionId, Judgement | null>;

/** Weights that differ from `TYPE_WEIGHTS`, by type. */
export type CustomWeights = Partial<Record<PartnerType, Weights>>;

/** A score without its words. `exact` is the score before rounding; `known` 0–1. */
export type Standing = { type: PartnerType; exact: number; known: number };

/** How one company fits, with every reason and its evidence. Without a type: the best of those the profile wants.
 *  Gates are not looked at: `gateOf` answers that. */
export function scoreCompany(profile: FitProfile, candidate: Candidate, type?: PartnerType, weights: CustomWeights = {}): Fit {
  return explainFit(fitTarget(profile), candidate, type ? [type] : profile.partnerTypesWanted, weights);
}

/** The best type for the company among `types`, which must not be empty; the first of equals. Numbers only. */
export function bestStanding(target: FitTarget, candidate: Candidate, types: readonly PartnerType[], weights: CustomWeights): Standing {
  const readings = readCompany(target.matcher, candidate);
  const judged: Judged = new Map();
  const standings = types.map((type) => standing({ target, type, candidate, readings }, weightsOf(type, weights), judged));
  return standings.reduce((best, next) => (compareStandings(next, best) < 0 ? next : best));
}

/** Negative when `a` stands before `b`. */
export function compareStandings(a: Standing, b: Standing): number {
  return Number(isJudgeable(b)) - Number(isJudgeable(a)) || b.exact - a.exact || b.known - a.known;
}

/** A score on less than this rests on one or two facts and would put the least-known companies first. */
const ENOUGH_KNOWN = 0.4;

function isJudgeable({ known }: Standing): boolean {
  return known >= ENOUGH_KNOWN;
}

/** The same score as `bestStanding`, in sentences. */
export function explainFit(target: FitTarget, candidate: Candidate, types: readonly PartnerType[], custom: CustomWeights): Fit {
  const { type, exact, known } = bestStanding(target, candidate, types, custom);
  const weights = weightsOf(type, custom);
  const given: Case = { target, type, candidate, readings: readCompany(target.matcher, candidate) };
  const reasons = CRITERION_IDS.flatMap((criterion) => {
    const judgement = JUDGES[criterion](given);
    if (!judgement) return [];
    const max = weights[criterion];
    return [{ criterion, points: pointsOf(judgement, max), max, text: judgement.say(), evidence: evidenceOf(candidate, judgement.proofs) }];
  });
  return { type, score: Math.round(exact), known, reasons };
}

/** Score = points ÷ known weight: what is unknown neither helps nor harms. */
function standing(given: Case, weights: Weights, judged: Judged): Standing {
  // Whole tenths: a sum of decimals can fall on the wrong side of a half.
  let tenths = 0;
  let known = 0;
  let all = 0;
  for (const criterion of CRITERION_IDS) {
    const max = weights[criterion];
    all += max;
    const judgement = judged.get(criterion) ?? JUDGES[criterion](given);
    if (!OF_TYPE.has(criterion)) judged.set(criterion, judgement);
    if (!judgement) continue;
    known += max;
    tenths += Math.round(10 * pointsOf(judgement, max));
  }
  const exact = known === 0 ? 0 : Math.min(100, (10 * tenths) / known);
  return { type: given.type, exact, known: all === 0 ? 0 : Math.round((100 * known) / all) / 100 };
}

/** One decimal, as shown: so whoever adds up the reasons gets the score. */
function pointsOf({ share }: Judgement, max: number): number {
  return Math.round(share * max * 10) / 10;
}

function weightsOf(type: PartnerType, custom: CustomWeights): Weights {
  return custom[type] ?? TYPE_WEIGHTS[type].weights;
}
