import type { PartnerType } from '../../programme/setup/programme.ts';

/** What a fit score looks at, in the order people read it. Source: the criteria that published partner scorecards share. */
export const CRITERION_IDS = [
  'complementarity',
  'named-by-others',
  'shared-words',
  'icp-overlap',
  'size',
  'reach',
  'geography',
  'programme-maturity',
] as const;
export type CriterionId = (typeof CRITERION_IDS)[number];

/** How much each criterion counts for one partner type; the eight sum to 100. */
export type Weights = Record<CriterionId, number>;

/** Above each type, what makes it differ from the others. */
export const TYPE_WEIGHTS: Record<PartnerType, Weights> = {
  // A reseller must already sell or run such products, in your markets, with people enough to support them.
  reseller: weights(50, 5, 10, 5, 10, 5, 10, 5),
  // An affiliate lives from its audience; its own size and technology hardly matter.
  affiliate: weights(35, 10, 5, 15, 5, 20, 5, 5),
  // A referral partner is worth the trust it has with your customers; it needs no technical skill.
  referral: weights(35, 10, 10, 20, 5, 5, 10, 5),
  // An integration pays when the products complete each other and many already use the other one.
  technology: weights(35, 25, 10, 5, 10, 5, 5, 5),
  // An agency works close to the customer: the right craft, same customers, a language in common.
  agency: weights(50, 5, 15, 5, 5, 5, 10, 5),
  // A consultant must offer the service and know what your customers run.
  consultant: weights(50, 5, 15, 5, 10, 5, 5, 5),
  // Co-marketing works when both stand in the same subject and each is known to others.
  'co-marketing': weights(30, 20, 10, 10, 15, 5, 5, 5),
};

function weights(
  complementarity: number,
  namedByOthers: number,
  sharedWords: number,
  icpOverlap: number,
  size: number,
  reach: number,
  geography: number,
  programmeMaturity: number,
): Weights {
  return {
    complementarity,
    'named-by-others': namedByOthers,
    'shared-words': sharedWords,
    'icp-overlap': icpOverlap,
    size,
    reach,
    geography,
    'programme-maturity': programmeMaturity,
  };
}
