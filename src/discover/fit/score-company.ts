import type { PartnerType } from '../../programme/setup/programme.ts';
import { complementarity } from './complementarity.ts';
import { CRITERION_IDS, type CriterionId, TYPE_WEIGHTS, type Weights } from './criteria.ts';
import { AGELESS, readAt, STALE_PART, staleBefore } from './evidence-age.ts';
import type { Candidate, Fit, FitProfile, Reason } from './fit.ts';
import { type FitTarget, fitTarget } from './fit-target.ts';
import { geography } from './geography.ts';
import type { Case, Judgement } from './judgement.ts';
import { LIKE, LIKE_MOST, type Likeness, likeGain } from './like-examples.ts';
import { type Naming, namedByOthers, namingEvidence } from './mentions.ts';
import { evidenceOf } from './quote.ts';
import { readCompany } from './read-company.ts';
import { role } from './role-evidence.ts';
import { icpOverlap, sharedWords } from './text-criteria.ts';

/** What the other companies add to the judgement of one; `wordWeights` by the number of the profile's words. */
export type PeerSignals = { naming: Naming; wordWeights: ArrayLike<number> };

/** Weights that differ from `TYPE_WEIGHTS`, by type. */
export type CustomWeights = Partial<Record<PartnerType, Weights>>;

/** A score without its words. `exact` is the score before rounding; `known` 0–1. */
export type Standing = { type: PartnerType; exact: number; known: number };

/** One for each criterion in order: its share, NaN for what is unknown, and the second in which its evidence was read. `alike`: how like the good
 *  examples it is, NaN where there are none. */
export type Judged = { shares: ArrayLike<number>; read: ArrayLike<number>; alike: number };

/** How one company fits, with every reason and its evidence. Without a type: the best of those the profile wants. Alone, without other
 *  companies around it, nobody knows who names it, and its evidence is taken for fresh. Gates are not looked at: `gateOf` answers that. */
export function scoreCompany(profile: FitProfile, candidate: Candidate, type?: PartnerType, weights: CustomWeights = {}): Fit {
  return explainFit(fitTarget(profile), candidate, type ? [type] : profile.partnerTypesWanted, { weights }, null);
}

/** How to weigh. Without `weights`, those of the types; without `now`, no evidence is stale; without `likeness`, there are no examples. */
export type Scales = { weights?: CustomWeights | undefined; now?: Date | undefined; likeness?: Likeness | undefined };

/** The best type for the company among `types`, which must not be empty, in sentences; the first of equals. */
export function explainFit(
  target: FitTarget,
  candidate: Candidate,
  types: readonly PartnerType[],
  { weights: custom = {}, now, likeness }: Scales,
  peers: PeerSignals | null,
): Fit {
  const stale = staleBefore(now);
  const readings = readCompany(target.ownWords, candidate);
  const fits = types.map((type) => {
    const judgements = judge({ target, type, candidate, readings }, peers);
    const weights = weightsOf(type, custom);
    const shares = CRITERION_IDS.map((id) => shareOf(judgements[id]));
    const read = CRITERION_IDS.map((id) => (id === 'named-by-others' ? AGELESS : readAt(candidate, judgements[id]?.proofs ?? [])));
    const alike = likeness?.judge(type, candidate, readings) ?? null;
    return {
      judgements,
      weights,
      read,
      alike,
      ...standing(type, weights, { shares, read, alike: shareOf(alike?.judgement ?? null) }, stale),
    };
  });
  const { type, exact, known, gained, judgements, weights, read, alike } = fits.reduce((best, next) =>
    compareStandings(next, best) < 0 ? next : best,
  );
  const reasons: Reason[] = CRITERION_IDS.flatMap((criterion, index) => {
    const judgement = judgements[criterion];
    if (!judgement) return [];
    const evidence = evidenceOf(candidate, judgement.proofs);
    if (criterion === 'named-by-others' && peers) evidence.push(...namingEvidence(candidate, peers.naming));
    const max = weights[criterion];
    const second = read[index] ?? AGELESS;
    const asOf = second < stale ? new Date(second * 1_000) : null;
    return [{ criterion, points: pointsOf(shareOf(judgement), max), max, finding: judgement.find(), asOf, evidence }];
  });
  if (alike && gained > 0) {
    const evidence = [...evidenceOf(candidate, alike.judgement.proofs), ...alike.evidence];
    reasons.push({ criterion: LIKE, points: gained, max: LIKE_MOST, finding: alike.judgement.find(), asOf: null, evidence });
  }
  return { type, score: Math.round(exact), known, reasons };
}

/** Score = points ÷ judged weight: what is unknown neither helps nor harms, unless it is asked for (`MISSING`), and age changes only how
 *  much counts as known. What was read before the second `stale` is stale. `gained`: what likeness adds, in points of the score. */
export function standing(
  type: PartnerType,
  weights: Weights,
  { shares, read, alike }: Judged,
  stale: number,
): Standing & { gained: number } {
  // Whole tenths: a sum of decimals can fall on the wrong side of a half.
  let tenths = 0;
  let judgedWeight = 0;
  let known = 0;
  let all = 0;
  for (let index = 0; index < CRITERION_IDS.length; index++) {
    const id = CRITERION_IDS[index] as CriterionId; // the loop stays inside
    const max = weights[id];
    all += max;
    const value = shares[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    judgedWeight += max;
    if (value === MISSING) continue;
    known += stale > 0 && (read[index] ?? AGELESS) < stale ? max * STALE_PART : max;
    tenths += Math.round(10 * pointsOf(value, max));
  }
  const byRules = judgedWeight === 0 ? 0 : Math.min(100, (10 * tenths) / judgedWeight);
  const gained = likeGain(type, byRules, alike);
  const exact = gained === 0 ? byRules : Math.min(100, (100 * tenths + Math.round(10 * gained) * judgedWeight) / (10 * judgedWeight));
  return { type, exact, known: all === 0 ? 0 : Math.round((100 * known) / all) / 100, gained };
}

/** Negative when `a` stands before `b`. */
function compareStandings(a: Standing, b: Standing): number {
  return Number(isJudgeable(b)) - Number(isJudgeable(a)) || b.exact - a.exact || b.known - a.known;
}

/** In place of the share of what is not known and counts all the same. */
const MISSING = -1;

/** 32 bits, as shares are kept of many companies: so that the score is the same whichever way it is worked out. */
export function shareOf(judgement: Judgement | null): number {
  if (judgement?.isMissing) return MISSING;
  return judgement ? Math.fround(judgement.share) : Number.NaN;
}

export function weightsOf(type: PartnerType, custom: CustomWeights): Weights {
  return custom[type] ?? TYPE_WEIGHTS[type];
}

function judge(given: Case, peers: PeerSignals | null): Record<CriterionId, Judgement | null> {
  return {
    role: role(given),
    complementarity: complementarity(given),
    'named-by-others': namedByOthers(peers?.naming ?? null),
    'shared-words': sharedWords(given, peers?.wordWeights ?? null),
    'icp-overlap': icpOverlap(given),
    geography: geography(given),
  };
}

/** A score on less than this rests on one or two facts and would put the least-known companies first. */
export const ENOUGH_KNOWN = 0.4;

export function isJudgeable({ known }: Pick<Standing, 'known'>): boolean {
  return known >= ENOUGH_KNOWN;
}

/** One decimal, as shown: so whoever adds up the reasons gets the score. */
function pointsOf(share: number, max: number): number {
  return Math.round(Math.max(0, share) * max * 10) / 10;
}
